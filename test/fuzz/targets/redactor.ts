import { TEST_REDACTOR } from '../../support/capture-text.ts';
import { HOOK_FIXTURES, hookPayload } from '../../support/claude-fixtures.ts';
import { plantedSecret, SECRET_KINDS } from '../../support/planted-secrets.ts';
import type { FuzzTarget } from '../target.ts';

/** The redactor: doing it twice changes nothing more. */
export const redactorTarget: FuzzTarget = {
  name: 'redactor',
  corpus: [
    ...SECRET_KINDS.map((kind) => Buffer.from(`run ${plantedSecret(kind, 1).text} && echo done`)),
    ...HOOK_FIXTURES.slice(0, 20).map((name) => Buffer.from(hookPayload(name))),
  ],
  runs: 2000,
  check: (bytes) => {
    const text = bytes.toString('utf8').slice(0, 20_000);
    const once = TEST_REDACTOR.redact(text);
    if (TEST_REDACTOR.redact(once) !== once) throw new Error('a second pass finds more');
  },
};
