import clsx from 'clsx';
import type { RankDetail, RankedBy } from '../../../src-core/contract/work.ts';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { eventName, eventSign } from '../../data/words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './ranks.module.css';
import { fateWords } from './select.ts';
import { text } from './text.ts';

/** The newest events of the chosen row and how each ended. */
export function LatestCard(props: {
  readonly by: RankedBy;
  readonly detail: RankDetail;
  readonly onShowAll: () => void;
}) {
  const format = useFormat();
  const { by, detail } = props;
  const all =
    by === 'error' || detail.total === 0
      ? text.showAll(detail.total, format.count(detail.total))
      : text.showCalls;
  return (
    <Card
      title={text.latest[by]}
      isFlush
      end={
        <Button size="small" onPress={props.onShowAll}>
          {detail.total === 0 ? text.showCalls : all}
        </Button>
      }
    >
      {detail.latest.length === 0 ? (
        <div className={styles.nothing}>
          <Message shape="pass" title={text.noFailures}>
            {text.noFailuresText}
          </Message>
        </div>
      ) : (
        <ul>
          {detail.latest.map((entry) => (
            <Latest key={entry.event.id} entry={entry} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Latest(props: { readonly entry: RankDetail['latest'][number] }) {
  const format = useFormat();
  const now = useNow();
  const { event, fate } = props.entry;
  const sign = eventSign(event);
  const end = fateWords(fate, event.at, { now, format });
  return (
    <li className={styles.latest}>
      <span className={styles.time}>{format.moment(event.at, now)}</span>
      <Shape name={sign.shape} label={sign.label} />
      <span className={clsx(styles.tool, textStyles.truncate)}>{eventName(event)}</span>
      <span className={styles.what}>
        <code className={textStyles.truncate}>{event.detail}</code>
        <span className={clsx(styles.error, textStyles.truncate)}>{event.error}</span>
      </span>
      <span className={clsx(styles.fate, end?.isOpen === true && styles.open)}>
        {end !== null && (
          <>
            <Shape name={end.shape} />
            {end.words}
          </>
        )}
      </span>
      <span className={clsx(styles.project, textStyles.truncate)}>{event.project}</span>
    </li>
  );
}
