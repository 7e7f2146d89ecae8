import clsx from 'clsx';
import type { Status } from '../../data/status.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './glance.module.css';

const TONES: Readonly<Record<Status['state'], string | undefined>> = {
  capturing: styles.fine,
  idle: styles.calm,
  reading: styles.calm,
  paused: styles.calm,
  'not-installed': styles.calm,
  stale: styles.yours,
  attention: styles.wrong,
  error: styles.wrong,
};

/** The one line before all figures; leads to Health. */
export function HealthHead(props: { readonly status: Status; readonly onOpen: () => void }) {
  const { status } = props;
  const rest = status.rest.map((part) => `· ${part}`).join(' ');
  return (
    <button
      type="button"
      className={clsx(styles.health, TONES[status.state])}
      data-row=""
      onClick={props.onOpen}
    >
      <Glyph name={status.glyph} className={styles.healthGlyph} />
      <strong className={clsx(styles.healthTitle, textStyles.truncate)}>{status.title}</strong>
      <span className={clsx(styles.healthRest, textStyles.truncate)}>{rest}</span>
      <Shape name="next" size={10} className={styles.healthNext} />
    </button>
  );
}
