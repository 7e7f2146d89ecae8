/** Tables of numbers that hold a million rows in little memory: one growing array a column. */

/** A column of numbers. */
export class Column {
  #values: Float64Array | Uint8Array | Int32Array;
  #length = 0;

  constructor(kind: 'number' | 'byte' | 'index') {
    const size = 1024;
    this.#values =
      kind === 'number'
        ? new Float64Array(size)
        : kind === 'byte'
          ? new Uint8Array(size)
          : new Int32Array(size);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  /** The value in a row that exists. */
  at(row: number): number {
    return this.#values[row] as number;
  }

  set(row: number, value: number): void {
    this.#values[row] = value;
  }

  #grow(): void {
    const Kind = this.#values.constructor as
      | Float64ArrayConstructor
      | Uint8ArrayConstructor
      | Int32ArrayConstructor;
    const grown = new Kind(this.#values.length * 2);
    grown.set(this.#values as Float64Array);
    this.#values = grown;
  }
}

/** The columns of those names. */
export type Columns<N extends string> = Readonly<Record<N, Column>>;

/** Makes empty columns. */
export function makeColumns<N extends string>(
  kinds: Readonly<Record<N, 'number' | 'byte' | 'index'>>,
): Columns<N> {
  return Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      new Column(kind as 'number' | 'byte' | 'index'),
    ]),
  ) as Columns<N>;
}
