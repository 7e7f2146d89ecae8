import type { ReactNode } from 'react';
import styles from './empty-view.module.css';
import { Glyph, type GlyphName } from './glyph.tsx';
import { Steps } from './steps.tsx';

/** A whole page without figures: what is true, what it takes, and one action. */
export function EmptyView(props: {
  readonly glyph: GlyphName;
  readonly title: string;
  readonly lead: string;
  readonly steps?: readonly { readonly title: string; readonly detail: string }[];
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.view} data-fills-page="">
      <div className={styles.inner}>
        <Glyph name={props.glyph} size={54} className={styles.glyph} />
        <h2 className={styles.title}>{props.title}</h2>
        <p className={styles.lead}>{props.lead}</p>
        {props.steps !== undefined && (
          <div className={styles.steps}>
            <Steps steps={props.steps} />
          </div>
        )}
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </div>
    </div>
  );
}
