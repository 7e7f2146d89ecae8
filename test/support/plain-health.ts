import type { HealthLine } from '../../src-core/contract/views.ts';
import { NOON } from './make-event.ts';

/** A health line for views that only carry it along. */
export const PLAIN_HEALTH: HealthLine = {
  state: 'idle',
  lastEventAt: null,
  drift: 0,
  dataAt: NOON,
  checkedAt: NOON,
  findings: [],
};
