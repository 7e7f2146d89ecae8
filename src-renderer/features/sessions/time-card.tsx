import clsx from 'clsx';
import { Proportion } from '../../charts/proportion.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import textStyles from '../../ui/text.module.css';
import { useWidth } from '../../ui/use-width.ts';
import { type Session, splitOf } from './select.ts';
import styles from './sessions.module.css';
import { text } from './text.ts';

const TONES = { claude: 'fine', tools: 'soft', waiting: 'yours', quiet: 'unknown' } as const;

/** Where a session's time went, and the calls that took longest. */
export function TimeCard(props: {
  readonly session: Session;
  readonly endsAt: number;
  readonly className?: string | undefined;
}) {
  const format = useFormat();
  const { session } = props;
  const parts = splitOf(session, props.endsAt);
  const total = Math.max(
    1,
    parts.reduce((sum, { ms }) => sum + ms, 0),
  );
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <Card title={text.where} className={props.className}>
      <div ref={ref}>
        <Proportion
          width={width}
          parts={parts.map(({ key, ms }) => ({ key, value: ms, tone: TONES[key] }))}
          label={parts.map(({ key, ms }) => `${text.split[key]} ${format.roughly(ms)}`).join(', ')}
        />
      </div>
      <ul className={styles.parts}>
        {parts.map(({ key, ms }) => (
          <li key={key} className={styles.part}>
            <span className={clsx(styles.swatch, styles[key])} />
            {text.split[key]}
            <span className={textStyles.number}>{format.roughly(ms)}</span>
            <span className={styles.partShare}>{format.percent(ms / total)}</span>
          </li>
        ))}
      </ul>
      <h3 className={styles.subTitle}>{text.slowest}</h3>
      {session.slowest.length === 0 && <p className={styles.factNote}>{text.noTimes}</p>}
      <ul>
        {session.slowest.map((event) => (
          <li key={event.id} className={styles.slow}>
            <span>{event.name}</span>
            <code className={textStyles.truncate}>{event.detail}</code>
            <span className={textStyles.number}>{format.duration(event.durationMs)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
