/**
 * `npm run package`: builds the app and packs it with electron-builder, then checks what came out:
 * files, sizes, fuses. See --help.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { getCurrentFuseWire } from '@electron/fuses';
import { build, type Configuration, Platform } from 'electron-builder';
import manifest from '../package.json' with { type: 'json' };
import { findRuntime } from './electron-runtime.ts';
import { electronToPack, type PackedElectron } from './package/electron-to-pack.ts';
import { checkFiles, checkFuses, OVERHEAD_LIMIT_BYTES } from './package/package-rules.ts';
import { bytesBelow, readPackedFiles } from './package/read-package.ts';
import { makeTarGz } from './package/tar-gz.ts';

const ROOT = join(import.meta.dirname, '..');
const CONFIGURATION = join(ROOT, 'build', 'electron-builder.yml');

/** Made here and not by electron-builder, which would download a packer for it. */
const TAR_GZ = 'tar.gz';

const HELP = `Usage: npm run package -- [--target <name>]… [--test-build] [--output <folder>]

Packs Hookline for this system and processor into dist/ and checks the result. Targets: dir (a
folder, no download needed), tar.gz, AppImage, deb on Linux; dir, dmg, zip on macOS. Without any:
dir and tar.gz on Linux, dmg and zip on macOS. AppImage and deb need tools that electron-builder
downloads. Signing and notarizing take their names and keys from the environment (CSC_LINK,
CSC_KEY_PASSWORD, APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER) and are left out without them.

  --test-build   lets a test steer the packed app through --inspect; never give it to people
  --output       another folder than dist`;

/** What to pack. */
export interface PackageOptions {
  readonly targets: readonly string[];
  readonly isTestBuild: boolean;
  readonly output: string;
}

/** What was packed. */
export interface Packed {
  /** The folder with the executable; on macOS the one that holds Hookline.app. */
  readonly folder: string;
  readonly executable: string;
  readonly artifacts: readonly string[];
  /** Sentences; empty where all is as it must be. */
  readonly complaints: readonly string[];
  readonly isFallback: boolean;
}

/**
 * Packs what out/ holds and checks the result.
 * @throws when there is no Electron, or electron-builder fails
 */
export async function packageApp({
  targets,
  isTestBuild,
  output,
}: PackageOptions): Promise<Packed> {
  const electron = electronToPack(await findRuntime());
  try {
    let folder = '';
    const others = targets.filter((target) => target !== TAR_GZ);
    const artifacts = await build({
      targets: Platform.current().createTarget(others.length === 0 ? ['dir'] : others),
      publish: 'never',
      projectDir: ROOT,
      config: {
        extends: CONFIGURATION,
        directories: { output },
        electronDist: electron.folder,
        electronVersion: electron.version,
        // The others come from the file that this extends.
        ...(isTestBuild ? { electronFuses: { enableNodeCliInspectArguments: true } } : {}),
        afterPack: async ({ appOutDir }) => {
          folder = appOutDir;
        },
      } satisfies Configuration,
    });
    const executable = executableIn(folder);
    const name = `Hookline-${manifest.version}-${process.platform}-${process.arch}`;
    if (targets.includes(TAR_GZ)) artifacts.push(makeTarGz(folder, name));
    const complaints = await checkPackage({ folder, executable, electron, isTestBuild });
    return { folder, executable, artifacts, complaints, isFallback: electron.isFallback };
  } finally {
    electron.remove();
  }
}

interface Checked {
  readonly folder: string;
  readonly executable: string;
  readonly electron: PackedElectron;
  readonly isTestBuild: boolean;
}

async function checkPackage(checked: Checked): Promise<string[]> {
  const { folder, executable, electron, isTestBuild } = checked;
  const scratch = mkdtempSync(join(tmpdir(), 'hookline-package-'));
  try {
    const files = readPackedFiles(resourcesIn(folder), scratch);
    const overhead = bytesBelow(folder) - bytesBelow(electron.folder);
    const large =
      overhead > OVERHEAD_LIMIT_BYTES
        ? [`${overhead} bytes beyond Electron, more than ${OVERHEAD_LIMIT_BYTES}`]
        : [];
    const fuses = await getCurrentFuseWire(executable);
    return [
      ...checkFiles(files, `${process.platform}-${process.arch}`),
      ...checkFuses(fuses, { isTestBuild }),
      ...large,
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function executableIn(folder: string): string {
  return process.platform === 'darwin'
    ? join(folder, 'Hookline.app', 'Contents', 'MacOS', 'Hookline')
    : join(folder, 'hookline');
}

function resourcesIn(folder: string): string {
  return process.platform === 'darwin'
    ? join(folder, 'Hookline.app', 'Contents', 'Resources')
    : join(folder, 'resources');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', multiple: true },
      'test-build': { type: 'boolean', default: false },
      output: { type: 'string', default: join(ROOT, 'dist') },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  if (built.status !== 0) return 1;
  const usual = process.platform === 'darwin' ? ['dmg', 'zip'] : ['dir', 'tar.gz'];
  const packed = await packageApp({
    targets: values.target ?? usual,
    isTestBuild: values['test-build'],
    output: values.output,
  });
  for (const artifact of packed.artifacts)
    console.log(`${dirname(artifact)}/${basename(artifact)}`);
  for (const complaint of packed.complaints) console.error(`✗ ${complaint}`);
  if (packed.isFallback) {
    console.log('Packed with the Electron rebuilt from npm: good for tests, not to be given away.');
  }
  if (packed.complaints.length === 0)
    console.log('package: files, sizes and fuses are as they must be');
  return packed.complaints.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
