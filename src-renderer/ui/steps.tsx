import styles from './steps.module.css';

/** A few numbered steps, each with a title and what it takes. */
export function Steps(props: {
  readonly steps: readonly { readonly title: string; readonly detail: string }[];
}) {
  return (
    <ol className={styles.steps}>
      {props.steps.map((step, index) => (
        <li key={step.title} className={styles.step}>
          <span className={styles.number} aria-hidden="true">
            {index + 1}
          </span>
          <span>
            <strong className={styles.title}>{step.title}</strong>
            {step.detail}
          </span>
        </li>
      ))}
    </ol>
  );
}
