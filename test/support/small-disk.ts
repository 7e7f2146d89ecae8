/** A disk of our own at a folder, small or read-only: a tmpfs, where this machine lets us mount one. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The disk. */
export interface SmallDisk {
  makeReadOnly(): void;
  makeWritable(): void;
  /** Its size in kilobytes, from now on. */
  resize(kilobytes: number): void;
  unmount(): void;
}

/** Mounts one of so many kilobytes over the folder, which is made. */
export function mountSmallDisk(folder: string, kilobytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0700`, 'none', folder);
  const remount = (options: string) => run('mount', '-o', `remount,${options}`, folder);
  return {
    makeReadOnly: () => remount('ro'),
    makeWritable: () => remount('rw'),
    resize: (size) => remount(`size=${size}k`),
    unmount: () => run('umount', '-l', folder),
  };
}

/** True where a tmpfs can be mounted: as root, outside of a sealed container. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'hookline-mount-'));
  try {
    mountSmallDisk(folder, 64).unmount();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}
