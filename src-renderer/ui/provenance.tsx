import { SourceMark, type SourceMarkName } from '../charts/source-mark.tsx';
import { useNow } from '../data/clock.ts';
import { useFormat } from '../data/format-context.ts';
import { isStale } from '../data/status.ts';
import styles from './provenance.module.css';

/** Where a card's figures come from and how old they are; too old, the age becomes a time of day. */
export function Provenance(props: {
  readonly mark: SourceMarkName;
  readonly dataAt: number;
  /** The whole sentence, for hover and for reading aloud. */
  readonly sentence: string;
}) {
  const format = useFormat();
  const now = useNow();
  const age = isStale(props.dataAt, now)
    ? format.moment(props.dataAt, now)
    : format.age(props.dataAt, now).text;
  return (
    <span className={styles.provenance} title={props.sentence}>
      <SourceMark name={props.mark} label={props.sentence} />
      {age}
    </span>
  );
}
