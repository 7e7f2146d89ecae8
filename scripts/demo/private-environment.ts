import { join } from 'node:path';

/**
 * The environment in which a program finds this home and nothing of the caller's own: neither his
 * Claude configuration nor, through XDG, his settings and caches.
 */
export function privateEnvironment(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('CLAUDE'));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
  };
}
