import clsx from 'clsx';
import type { EventRow } from '../../../src-core/contract/views.ts';
import { eventName, eventSign } from '../../data/words.ts';
import { Age } from '../../ui/age.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './overview.module.css';
import { text } from './text.ts';

const MOST_SHOWN = 5;

/** The newest events in short; all of them are on the events page. */
export function RecentCard(props: {
  readonly events: readonly EventRow[];
  readonly className?: string | undefined;
  readonly onShowAll: () => void;
}) {
  return (
    <Card
      title={text.recent}
      className={props.className}
      end={
        <Button size="small" onPress={props.onShowAll}>
          {text.showAll}
        </Button>
      }
    >
      {props.events.length === 0 ? (
        <Message title={text.noCalls} />
      ) : (
        <ol>
          {props.events.slice(0, MOST_SHOWN).map((event) => {
            const sign = eventSign(event);
            return (
              <li key={event.id} className={styles.event}>
                <Shape name={sign.shape} label={sign.label} />
                <span className={clsx(styles.eventName, textStyles.truncate)}>
                  {eventName(event)}
                </span>
                <span className={styles.eventAge}>
                  <Age at={event.at} />
                </span>
                <code className={clsx(styles.eventDetail, textStyles.truncate)}>
                  {event.error ?? event.detail ?? event.project}
                </code>
              </li>
            );
          })}
        </ol>
      )}
    </Card>
  );
}
