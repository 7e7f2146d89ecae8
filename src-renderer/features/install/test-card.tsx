import type { EventRow } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { eventName, SOURCES } from '../../data/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './install.module.css';
import { text } from './text.ts';

/** The test of what was installed. */
export interface TestProps {
  readonly isBusy: boolean;
  readonly result: {
    readonly isStored: boolean;
    readonly message: string;
    readonly event: EventRow | null;
  } | null;
  readonly run: () => void;
}

/** One event through the real launcher, and whether the record has it. */
export function TestCard(props: TestProps) {
  const { isBusy, result } = props;
  return (
    <Card title={text.testTitle}>
      <div className={styles.test}>
        <div className={styles.testWords} role="status">
          {!isBusy && result !== null && (
            <p className={styles.testVerdict}>
              <Shape name={result.isStored ? 'pass' : 'failed'} size={14} />
              {result.isStored ? text.testWorks : text.testFailed}
            </p>
          )}
          <p className={styles.testDetail}>
            {isBusy ? text.testRunning : (result?.message ?? text.testNotYet)}
          </p>
          {!isBusy && result?.event != null && <Arrived event={result.event} />}
        </div>
        <Button isDisabled={isBusy} onPress={props.run}>
          {result === null ? text.test : text.testAgain}
        </Button>
      </div>
    </Card>
  );
}

function Arrived(props: { readonly event: EventRow }) {
  const format = useFormat();
  const { event } = props;
  const time = format.clockExact(event.at);
  return (
    <p className={styles.testDetail}>
      <code>
        {time.seconds}
        {time.fraction}
      </code>{' '}
      {eventName(event)}, {SOURCES[event.source].long}
    </p>
  );
}
