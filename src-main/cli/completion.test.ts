import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionFor } from './completion.ts';
import { VERBS } from './verbs.ts';

/** What bash offers for a line that ends where the cursor is. */
function offered(line: string): readonly string[] {
  const words = line.split(' ');
  const script = `${completionFor('bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_hookline
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  it('offers the verbs, and what may follow each', () => {
    expect(offered('hookline ').slice(0, VERBS.length)).toEqual(VERBS.map(({ name }) => name));
    expect(offered('hookline do')).toEqual(['doctor']);
    expect(offered('hookline install --r')).toEqual(['--retire-old']);
    expect(offered('hookline completion ')).toEqual(
      expect.arrayContaining(['bash', 'zsh', 'fish']),
    );
    expect(offered('hookline settings launch')).toEqual(['launchAtLogin']);
  });

  it.each(['bash', 'zsh', 'fish'])('knows every verb and option in %s', (shell) => {
    const text = completionFor(shell) ?? '';
    for (const { name, options } of VERBS) {
      expect(text).toContain(name);
      for (const option of options)
        expect(text).toContain(shell === 'fish' ? `-l ${option}` : `--${option}`);
    }
  });

  it('knows no other shell', () => {
    expect(completionFor('tcsh')).toBeNull();
  });
});
