import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', 'src-renderer');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((file) =>
  join(ROOT, file),
);
const IMPORT = /import (\w+) from '(\.[^']+\.module\.css)'/g;

/** The classes of each sheet that components name, and the sheets whose classes are looked up by key. */
function usedClasses() {
  const used = new Map<string, Set<string>>();
  const keyed = new Set<string>();
  for (const file of files.filter((each) => each.endsWith('.tsx'))) {
    const text = readFileSync(file, 'utf8');
    const source = text.replaceAll(IMPORT, '');
    for (const [, name = '', path = ''] of text.matchAll(IMPORT)) {
      const sheet = join(dirname(file), path);
      const classes = used.get(sheet) ?? new Set();
      used.set(sheet, classes);
      for (const [, each = ''] of source.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) {
        classes.add(each);
      }
      if (new RegExp(`\\b${name}\\[`).test(source)) keyed.add(sheet);
    }
  }
  return { used, keyed };
}

function definedClasses(sheet: string): Set<string> {
  const css = readFileSync(sheet, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const selectors = css.split(/[{}]/).filter((part) => !part.includes(';') && part.includes('.'));
  return new Set(
    selectors.flatMap((part) => [...part.matchAll(/\.([a-zA-Z]\w*)/g)].map((m) => m[1] ?? '')),
  );
}

describe('class names', () => {
  const { used, keyed } = usedClasses();

  it.each([...used.keys()])('that components use of %s are defined there', (sheet) => {
    const defined = definedClasses(sheet);
    expect([...(used.get(sheet) ?? [])].filter((name) => !defined.has(name))).toEqual([]);
  });

  it('that sheets define are used', () => {
    const unused = files
      .filter((file) => file.endsWith('.module.css') && !keyed.has(file))
      .flatMap((sheet) =>
        [...definedClasses(sheet)]
          .filter((name) => !used.get(sheet)?.has(name))
          .map((name) => `${sheet}: ${name}`),
      );
    expect(unused).toEqual([]);
  });
});
