import { describe, expect, it } from 'vitest';
import { createPaths, rootFromEnvironment } from '../../src-core/files/paths.ts';
import { privateEnvironment } from './private-environment.ts';

describe('a private environment', () => {
  it('leads every place of the program into the private home', () => {
    const env = privateEnvironment('/tmp/made', {
      HOME: '/home/me',
      CLAUDE_CONFIG_DIR: '/home/me/.claude-work',
      CLAUDE_PROJECT_DIR: '/home/me/project',
      XDG_CONFIG_HOME: '/home/me/.config',
      DISPLAY: ':0',
    });
    expect(JSON.stringify(env)).not.toContain('/home/me');
    expect(createPaths(rootFromEnvironment(env)).claude).toBe('/tmp/made/.claude');
    expect(env.DISPLAY).toBe(':0');
  });
});
