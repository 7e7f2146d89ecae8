import type { ReactNode } from 'react';
import styles from './empty-view.module.css';
import { Glyph, type GlyphName } from './glyph.tsx';

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
          <ol className={styles.steps}>
            {props.steps.map((step, index) => (
              <li key={step.title} className={styles.step}>
                <span className={styles.number} aria-hidden="true">
                  {index + 1}
                </span>
                <span>
                  <strong className={styles.stepTitle}>{step.title}</strong>
                  {step.detail}
                </span>
              </li>
            ))}
          </ol>
        )}
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </div>
    </div>
  );
}
