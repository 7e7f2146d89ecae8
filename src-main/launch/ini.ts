/** The format that systemd's units and desktop entries share: sections of `Name=value` lines. Pure. */

/** Sections by name, each with its members in order. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The text of a file with these sections. */
export function buildSections(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, members]) => {
      const lines = Object.entries(members).map(([key, value]) => `${key}=${value}\n`);
      return `[${name}]\n${lines.join('')}`;
    })
    .join('\n');
}

/** Reads such a file; comments and what stands before the first section are left out. */
export function parseSections(text: string): Sections {
  const sections: Record<string, Record<string, string>> = {};
  let members: Record<string, string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) {
      members = {};
      sections[header] = members;
      continue;
    }
    const [, key, value] = /^([A-Za-z][\w-]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (members !== null && key !== undefined) members[key] = value ?? '';
  }
  return sections;
}
