import { Button } from '../../ui/button.tsx';
import styles from './install-steps.module.css';
import { text } from './text.ts';

/** What stands in the glance before the hooks are installed: what it takes, and the way there. */
export function InstallSteps(props: { readonly onInstall: () => void }) {
  return (
    <section className={styles.install} aria-labelledby="install">
      <h2 id="install" className={styles.installTitle}>
        {text.installTitle}
      </h2>
      <p className={styles.installLead}>{text.installNothingChanged}</p>
      <ol className={styles.steps}>
        {text.installSteps.map((step, index) => (
          <li key={step.title} className={styles.step}>
            <span className={styles.stepNumber} aria-hidden="true">
              {index + 1}
            </span>
            <span>
              <strong className={styles.stepTitle}>{step.title}</strong>
              {step.detail}
            </span>
          </li>
        ))}
      </ol>
      <Button isPrimary isRow onPress={props.onInstall}>
        {text.reviewAndInstall}
      </Button>
    </section>
  );
}
