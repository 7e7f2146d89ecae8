import clsx from 'clsx';
import type { StreamHealth } from '../../../src-core/contract/views.ts';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import styles from './health.module.css';
import { streamDifference } from './select.ts';
import { text } from './text.ts';

/** Each stream counted in both stores, side by side. */
export function StreamsCard(props: {
  readonly streams: readonly StreamHealth[];
  readonly className?: string | undefined;
}) {
  return (
    <Card title={text.streams} note={text.streamsNote} isFlush className={props.className}>
      {props.streams.length === 0 ? (
        <div className={styles.padded}>
          <Message title={text.noStreams}>{text.noStreamsText}</Message>
        </div>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text.stream}</th>
              <th scope="col">{text.inSqlite}</th>
              <th scope="col">{text.inJsonl}</th>
              <th scope="col">{text.difference}</th>
              <th scope="col">{text.healed}</th>
              <th scope="col">{text.duplicates}</th>
              <th scope="col">{text.quarantined}</th>
            </tr>
          </thead>
          <tbody>
            {props.streams.map((stream) => (
              <tr key={stream.name}>
                <th scope="row">{stream.name}</th>
                <Count value={stream.inSqlite} />
                <Count value={stream.inJsonl} />
                <Count value={streamDifference(stream)} isBadAboveZero />
                <Count value={stream.healed} />
                <Count value={stream.duplicates} />
                <Count value={stream.quarantined} isBadAboveZero />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Count(props: { readonly value: number | null; readonly isBadAboveZero?: boolean }) {
  const isBad = props.isBadAboveZero && props.value !== null && props.value > 0;
  return (
    <td className={clsx(props.value === 0 && styles.zero, isBad && styles.bad)}>
      {useFormat().count(props.value)}
    </td>
  );
}
