import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { lowerNodeApi } from './sqlite-addon.ts';

it('the installed better-sqlite3 is asked for the experimental Node-API instead of 10', () => {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('better-sqlite3/package.json'));
  const lowered = lowerNodeApi(readFileSync(join(folder, 'binding.gyp'), 'utf8'));
  expect(lowered).toContain("'NAPI_VERSION=2147483647'");
  expect(lowered).not.toContain("'NAPI_VERSION=10'");
});

it('a package that asks for something else is refused, not built as it is', () => {
  expect(() => lowerNodeApi("{ 'defines': ['NAPI_VERSION=11'] }")).toThrow('Node-API 10');
});
