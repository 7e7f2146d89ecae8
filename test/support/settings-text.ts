/** Writes settings files as people and programs leave them: comments, odd indents, trailing commas. */
import fc from 'fast-check';

/** How a generated file is laid out. */
interface Style {
  readonly eol: string;
  readonly unit: string;
  readonly isMinified: boolean;
  readonly isSpaced: boolean;
  readonly hasTrailingCommas: boolean;
  readonly hasComments: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  eol: fc.constantFrom('\n', '\r\n', '\r'),
  unit: fc.constantFrom('  ', '    ', '\t', ' ', ''),
  isMinified: fc.boolean(),
  isSpaced: fc.boolean(),
  hasTrailingCommas: fc.boolean(),
  hasComments: fc.boolean(),
});

const foreignHandler = fc.record(
  {
    type: fc.constantFrom('command', 'http', 'prompt'),
    command: fc.oneof(
      fc.string(),
      fc.constantFrom('python3 ~/.claude/hooks/sqlite-hook.py Bash', 'echo "hookline-hook"'),
    ),
    timeout: fc.nat(100),
    args: fc.array(fc.string(), { maxLength: 2 }),
  },
  { requiredKeys: ['type'] },
);

const foreignGroup = fc.record(
  {
    matcher: fc.constantFrom('*', 'Bash', 'Write|Edit', ''),
    hooks: fc.array(foreignHandler, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['hooks'] },
);

const eventName = fc.constantFrom(
  'PreToolUse',
  'PostToolUse',
  'Stop',
  'SessionStart',
  'SessionEnd',
  'PreCompact',
  'WorktreeCreate',
);

const anyValue = fc.jsonValue({ maxDepth: 2 });

const hooksValue = fc.oneof(
  fc.dictionary(eventName, fc.array(foreignGroup, { maxLength: 3 }), { maxKeys: 5 }),
  fc.constant({}),
  fc.record({ _note: fc.string(), Stop: fc.array(foreignGroup, { maxLength: 1 }) }),
);

/** The value of a settings file: any keys, often with other tools' hooks. */
export const settingsValue: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.dictionary(
      fc.string().filter((key) => key !== 'hooks' && key !== '__proto__'),
      anyValue,
      { maxKeys: 4 },
    ),
    fc.option(hooksValue, { nil: undefined }),
    fc.boolean(),
  )
  .map(([rest, hooks, isFirst]) => {
    if (hooks === undefined) return rest;
    return isFirst ? { hooks, ...rest } : { ...rest, hooks };
  });

/** A way to print a value: any style, comments at any place. */
export const settingsPrinter: fc.Arbitrary<(value: unknown) => Buffer> = fc
  .tuple(style, fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }))
  .map(
    ([style, seeds]) =>
      (value: unknown) =>
        Buffer.from(new Writer(style, seeds).write(value)),
  );

/** A settings file as bytes, with the value that it holds. */
export const settingsFile = fc
  .record({
    value: settingsValue,
    style,
    hasBom: fc.boolean(),
    hasFinalNewline: fc.boolean(),
    seeds: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
  })
  .map(({ value, style, hasBom, hasFinalNewline, seeds }) => {
    const text = new Writer(style, seeds).write(value);
    const end = hasFinalNewline ? style.eol : '';
    return { value, bytes: Buffer.from((hasBom ? '\uFEFF' : '') + text + end, 'utf8') };
  });

/** Prints a value in a style; the seeds decide where comments and blanks go. */
class Writer {
  readonly #style: Style;
  readonly #seeds: readonly number[];
  #at = 0;

  constructor(style: Style, seeds: readonly number[]) {
    this.#style = style;
    this.#seeds = seeds;
  }

  write(value: unknown): string {
    return this.#filler('') + this.#value(value, '');
  }

  #value(value: unknown, indent: string): string {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#value(item, indent + this.#style.unit));
      return this.#container(['[', ']'], items, indent);
    }
    if (typeof value === 'object' && value !== null) {
      const colon = this.#style.isSpaced ? ': ' : ':';
      const items = Object.entries(value).map(
        ([key, item]) => JSON.stringify(key) + colon + this.#value(item, indent + this.#style.unit),
      );
      return this.#container(['{', '}'], items, indent);
    }
    return JSON.stringify(value);
  }

  #container([open, close]: readonly [string, string], items: readonly string[], indent: string) {
    const { eol, unit, isMinified, hasTrailingCommas } = this.#style;
    const isOneLine = isMinified || this.#chance(5);
    const newline = (to: string) => (isOneLine ? this.#blank() : eol + to);
    const body = items.map((item, i) => {
      const isLast = i === items.length - 1;
      const comma = isLast && !hasTrailingCommas ? '' : ',';
      const inner = indent + unit;
      return newline(inner) + this.#filler(inner) + item + this.#inline() + comma + this.#inline();
    });
    const ending = items.length > 0 || this.#chance(4) ? newline(indent) : '';
    return open + body.join('') + this.#inline() + ending + close;
  }

  /** A comment before an item. */
  #filler(indent: string): string {
    if (!this.#style.hasComments || !this.#chance(3)) return '';
    return this.#chance(2)
      ? `/* "hooks": {}, [ */ `
      : `// hookline? }, ${this.#style.eol}${indent}`;
  }

  /** A comment behind an item or a comma. */
  #inline(): string {
    if (!this.#style.hasComments || !this.#chance(4)) return '';
    return this.#chance(2) ? ' /* ]}, */' : ` // "x": [${this.#style.eol}`;
  }

  #blank(): string {
    return this.#style.isSpaced ? ' ' : '';
  }

  #chance(oneIn: number): boolean {
    const seed = this.#seeds[this.#at++ % this.#seeds.length] ?? 0;
    return (seed + this.#at * 7) % oneIn === 0;
  }
}
