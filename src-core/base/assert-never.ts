/**
 * Marks a branch that the types say is never reached.
 * @throws always, naming the value that came nevertheless
 */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
