/** Folders that the user keeps out of the record. */

/** Tells whether a session of this start folder or current folder is kept out. */
export function createExclusion(
  folders: readonly string[],
): (project: string | null, cwd: string | null) => boolean {
  const roots = folders
    .filter((folder) => folder !== '')
    .map((folder) => folder.replace(/\/+$/, ''));
  const isInside = (path: string | null): boolean =>
    path !== null && roots.some((root) => path === root || path.startsWith(`${root}/`));
  return (project, cwd) => isInside(project) || isInside(cwd);
}
