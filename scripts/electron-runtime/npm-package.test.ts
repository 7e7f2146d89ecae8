import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readIntegrity } from './npm-package.ts';

it('a file’s checksum has the registry’s form', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'hookline-tarball-')), 'a.tgz');
  writeFileSync(file, 'abc');
  // SHA-512 of "abc" as FIPS 180-2 gives it, in base64.
  expect(await readIntegrity(file)).toBe(
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
  );
});
