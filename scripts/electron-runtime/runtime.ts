/** A found Electron, ready to start. */
export interface Runtime {
  readonly source: RuntimeSource;
  /** The folder that holds the executable. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
  /** What must be in the environment of the app started with it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Where a runtime came from, in the order in which they are tried. */
export type RuntimeSource = 'override' | 'installed' | 'downloaded' | 'fallback';

/** A search's outcome; `reason` is one sentence for a person, with the command that helps if any. */
export type RuntimeSearch =
  | { readonly kind: 'found'; readonly runtime: Runtime }
  | { readonly kind: 'missing'; readonly reason: string };

/** The sentence that says which runtime is used and why. */
export function describeRuntime({ source, version, folder }: Runtime): string {
  const origin = {
    override: 'from ELECTRON_OVERRIDE_DIST_PATH',
    installed: 'the installed one',
    downloaded: 'just downloaded',
    fallback: 'rebuilt from npm, as the official download is out of reach',
  }[source];
  return `Electron ${version}, ${origin}: ${folder}`;
}
