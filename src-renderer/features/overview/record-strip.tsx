import type { OverviewView } from '../../../src-core/contract/views.ts';
import { RecordLine } from '../../charts/record-line.tsx';
import { SourceMark } from '../../charts/source-mark.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Shape } from '../../ui/shape.tsx';
import { useWidth } from '../../ui/use-width.ts';
import styles from './overview.module.css';
import { rangeWords, recordHeading, recordLegend, recordStretches } from './select.ts';
import { text } from './text.ts';

/** How complete the range's record is: a headline, the line itself, and where events came from. */
export function RecordStrip(props: { readonly view: OverviewView; readonly isStale: boolean }) {
  const format = useFormat();
  const { view, isStale } = props;
  const heading = recordHeading(view, { isStale, format });
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <section className={styles.strip} aria-labelledby="record">
      <div>
        <h2 id="record" className={styles.stripTitle}>
          <Shape name={heading.shape} />
          {heading.title}
        </h2>
        <p className={styles.stripDetail}>{heading.detail}</p>
      </div>
      <div ref={ref}>
        <RecordLine
          width={width}
          height={30}
          stretches={recordStretches(view)}
          ticks={view.record.ticks}
          bead={isStale ? null : 1}
          label={text.recordLine(heading.title, rangeWords(view, format))}
        />
      </div>
      <ul className={styles.legend}>
        {recordLegend(view, format).map((entry) => (
          <li key={entry.name}>
            <SourceMark name={entry.mark} />
            {entry.name}
            <b>{entry.value}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
