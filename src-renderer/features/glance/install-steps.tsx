import { Button } from '../../ui/button.tsx';
import { Steps } from '../../ui/steps.tsx';
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
      <div className={styles.steps}>
        <Steps steps={text.installSteps} />
      </div>
      <Button isPrimary isRow onPress={props.onInstall}>
        {text.reviewAndInstall}
      </Button>
    </section>
  );
}
