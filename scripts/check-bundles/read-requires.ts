/** Which modules a built file asks for, read from its syntax tree. */
import { parseSync } from '@swc/core';

/** Stands for a module name that is computed while the program runs. */
export const COMPUTED = '<computed>';

/** The names under which bundlers leave `require` in what they build. */
const REQUIRE_NAMES = ['require', '__require'];

/**
 * The names of all modules that `source` imports or requires, each once, in order.
 * @throws when the source cannot be parsed
 */
export function readRequires(source: string): string[] {
  const found = new Set<string>();
  visit(parseSync(source, { syntax: 'ecmascript', target: 'es2022' }), found);
  return [...found];
}

function visit(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  if (!isRecord(value)) return;
  const name = requestedBy(value);
  if (name !== undefined) found.add(name);
  for (const child of Object.values(value)) visit(child, found);
}

function requestedBy(node: Record<string, unknown>): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return isRecord(node.source) ? textOf(node.source) : undefined;
    case 'CallExpression':
      return isRequire(node.callee) ? textOf(firstArgument(node.arguments)) : undefined;
    default:
      return undefined;
  }
}

function isRequire(callee: unknown): boolean {
  if (!isRecord(callee)) return false;
  if (callee.type === 'Import') return true;
  return callee.type === 'Identifier' && REQUIRE_NAMES.includes(String(callee.value));
}

function firstArgument(list: unknown): unknown {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isRecord(first) ? first.expression : undefined;
}

function textOf(literal: unknown): string {
  if (!isRecord(literal)) return COMPUTED;
  if (literal.type === 'StringLiteral') return String(literal.value);
  const isPlain =
    literal.type === 'TemplateLiteral' &&
    Array.isArray(literal.expressions) &&
    literal.expressions.length === 0;
  const quasi: unknown = isPlain && Array.isArray(literal.quasis) ? literal.quasis[0] : undefined;
  return isRecord(quasi) ? String(quasi.cooked) : COMPUTED;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
