/** Packs the built app once for all tests of this ring. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Packed, packageApp } from '../../../scripts/package.ts';

const HANDED_ON = 'HOOKLINE_PACKED_APP';

/** Packs it in a form that a test may steer; returns what removes it. */
export async function setup(): Promise<() => void> {
  const output = mkdtempSync(join(tmpdir(), 'hookline-packed-'));
  const packed = await packageApp({ targets: ['dir', 'tar.gz'], isTestBuild: true, output });
  process.env[HANDED_ON] = JSON.stringify(packed);
  return () => rmSync(output, { recursive: true, force: true });
}

/** What was packed, for a test. */
export function packedApp(): Packed {
  return JSON.parse(process.env[HANDED_ON] ?? '') as Packed;
}
