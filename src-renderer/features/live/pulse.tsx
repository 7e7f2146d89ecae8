import type { LiveView } from '../../../src-core/contract/work.ts';
import { RecordLine } from '../../charts/record-line.tsx';
import { useFormat } from '../../data/format-context.ts';
import { useWidth } from '../../ui/use-width.ts';
import styles from './live.module.css';
import { text } from './text.ts';

/** The last ten minutes as one line, and three figures of now. */
export function Pulse(props: { readonly view: LiveView; readonly isStale: boolean }) {
  const format = useFormat();
  const { pulse, inFlight } = props.view;
  const [ref, width] = useWidth<HTMLDivElement>();
  const length = pulse.toAt - pulse.fromAt;
  const place = (at: number): number => Math.min(1, Math.max(0, (at - pulse.fromAt) / length));
  const total = pulse.ticks.reduce((sum, count) => sum + count, 0);
  const figures = [
    [text.lastMinute, pulse.lastMinute],
    [text.sessions, pulse.sessions],
    [text.inFlightCount, inFlight.length],
  ] as const;
  return (
    <section className={styles.pulse} aria-label={text.pulse}>
      <div ref={ref} className={styles.pulseLine}>
        <RecordLine
          width={width}
          height={32}
          stretches={pulse.segments.map(({ fromAt, toAt, kind }) => ({
            kind,
            from: place(fromAt),
            to: place(toAt),
          }))}
          ticks={pulse.ticks}
          bead={props.isStale ? null : 1}
          label={text.pulseLabel(format.count(total))}
        />
        <div className={styles.axis} aria-hidden="true">
          <span>{format.clock(pulse.fromAt)}</span>
          <span>{format.clock(pulse.fromAt + length / 2)}</span>
          <span>{props.isStale ? format.clock(pulse.toAt) : text.now}</span>
        </div>
      </div>
      <dl className={styles.pulseFigures}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{format.count(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
