import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { findMissingPrograms, parseMissingLibraries } from './prerequisites.ts';

it('a program is missing unless a folder of the path holds it as an executable', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookline-path-'));
  writeFileSync(join(folder, 'make'), '', { mode: 0o755 });
  writeFileSync(join(folder, 'notes'), '', { mode: 0o644 });
  const path = ['/nowhere', folder].join(delimiter);
  expect(findMissingPrograms(['make', 'gcc-of-nobody'], path)).toEqual(['gcc-of-nobody']);
});

it('reads the libraries that ldd could not find', () => {
  const printed = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibgtk-3.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
\tlibnss3.so => not found
`;
  expect(parseMissingLibraries(printed)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
});
