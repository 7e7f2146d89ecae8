/** What a package may hold, how large it may be, and which fuses it must have. */
import { FuseV1Options } from '@electron/fuses';

/** A file of the app, with its size. */
export interface PackedFile {
  /** Path in the app's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** True for one that lies beside the archive. */
  readonly isUnpacked: boolean;
}

/** The app's own code and pictures. */
export const ARCHIVE_LIMIT_BYTES = 8_000_000;
/** All of the package beyond the Electron that it is made of. */
export const OVERHEAD_LIMIT_BYTES = 15_000_000;

const ALLOWED: readonly RegExp[] = [
  /^package\.json$/,
  /^out\/main\/[\w-]+\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/(?:glance|dashboard|settings)\/index\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2|svg|png)$/,
  /^out\/hook\/hook\.cjs$/,
  /^out\/cli\/hookline\.js$/,
  /^resources\/(?:hookline-hook|icons\/hookline-(?:32|512)\.png|tray\/[\w@]+\.png)$/,
  /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w/-]+\.js)$/,
];
/** Programs that read no archive must find these as files. */
const UNPACKED =
  /^(?:package\.json$|out\/(?:hook|cli)\/|resources\/hookline-hook$|node_modules\/better-sqlite3\/)/;

/** Complaints about the files; `target` is the platform and processor, as in `linux-x64`. */
export function checkFiles(files: readonly PackedFile[], target: string): string[] {
  const addon = `node_modules/better-sqlite3/prebuilds/${target}.node`;
  const foreign = files
    .filter(({ path }) => path !== addon && !ALLOWED.some((pattern) => pattern.test(path)))
    .map(({ path }) => `${path} does not belong into the package`);
  const misplaced = files
    .filter(({ path, isUnpacked }) => isUnpacked !== UNPACKED.test(path))
    .map(({ path, isUnpacked }) =>
      isUnpacked ? `${path} lies outside the archive` : `${path} lies in the archive, unreadable`,
    );
  const missing = [addon, 'out/main/index.js', 'out/hook/hook.cjs', 'resources/hookline-hook']
    .filter((path) => !files.some((file) => file.path === path))
    .map((path) => `${path} is missing`);
  const inArchive = files.filter(({ isUnpacked }) => !isUnpacked);
  const bytes = inArchive.reduce((sum, file) => sum + file.bytes, 0);
  const large =
    bytes > ARCHIVE_LIMIT_BYTES
      ? [`the archive has ${bytes} bytes, more than ${ARCHIVE_LIMIT_BYTES}`]
      : [];
  return [...foreign, ...misplaced, ...missing, ...large];
}

/** Whether a fuse is set, as Electron writes it into its binary. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** The fuses of a released app; docs/security.md says what each is for. */
export const FUSES: ReadonlyMap<FuseV1Options, 'on' | 'off'> = new Map([
  [FuseV1Options.RunAsNode, 'off'],
  [FuseV1Options.EnableCookieEncryption, 'off'],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, 'off'],
  [FuseV1Options.EnableNodeCliInspectArguments, 'off'],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, 'on'],
  [FuseV1Options.OnlyLoadAppFromAsar, 'on'],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, 'off'],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, 'off'],
]);

/** Complaints about the fuses that were read; a test build may be steered through `--inspect`. */
export function checkFuses(
  fuses: Readonly<Record<string, unknown>>,
  { isTestBuild }: { readonly isTestBuild: boolean },
): string[] {
  return [...FUSES].flatMap(([fuse, state]) => {
    const isForTests = isTestBuild && fuse === FuseV1Options.EnableNodeCliInspectArguments;
    const wanted = isForTests ? 'on' : state;
    const found = stateOf(fuses[fuse]);
    return found === wanted ? [] : [`fuse ${FuseV1Options[fuse]} is ${found}, not ${wanted}`];
  });
}

function stateOf(value: unknown): string {
  if (value === ON) return 'on';
  return value === OFF ? 'off' : 'absent';
}
