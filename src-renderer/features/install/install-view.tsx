import clsx from 'clsx';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { InstallPlanView } from '../../../src-core/contract/views.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import type { Reading } from '../../ui/reading-page.tsx';
import { Shape } from '../../ui/shape.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DiffCard } from './diff-card.tsx';
import styles from './install.module.css';
import { diffSize, parseDiff } from './select.ts';
import { TestCard, type TestProps } from './test-card.tsx';
import { text } from './text.ts';

/** What the install page shows and what it can ask for. */
export interface InstallProps {
  readonly reading: Reading<InstallPlanView>;
  readonly place: {
    /** The app runs from where it cannot stay. */
    readonly canMove: boolean;
    readonly isBusy: boolean;
    readonly problem: string | null;
    readonly move: () => void;
  };
  readonly install: {
    readonly isBusy: boolean;
    /** What main said after the last try. */
    readonly result: { readonly installed: boolean; readonly message: string } | null;
    readonly run: () => void;
  };
  readonly test: TestProps;
  readonly onCheckAgain: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** From what would be recorded to the first event: nothing is written before consent. */
export function InstallView(props: InstallProps) {
  const { reading } = props;
  const plan = reading.view;
  const isDone = props.install.result?.installed === true || plan?.alreadyInstalled === true;
  const hasFailed = plan === undefined && reading.failure !== null;
  return (
    <Page
      title={text.title}
      sub={isDone ? text.subInstalled : text.sub}
      banner={
        plan === undefined ? null : (
          <>
            {props.place.canMove && <MoveBanner {...props} />}
            <Outcome {...props} plan={plan} isDone={isDone} />
          </>
        )
      }
      isBusy={reading.isLate}
      foot={
        plan === undefined || isDone || plan.refusal !== null ? undefined : (
          <Foot plan={plan} install={props.install} />
        )
      }
    >
      {hasFailed && reading.failure}
      {!hasFailed && plan === undefined && reading.isLate && (
        <Card title={text.files}>
          <Skeleton rows={5} />
        </Card>
      )}
      {plan !== undefined && (
        <>
          <Stages done={isDone ? (props.test.result?.isStored === true ? 3 : 2) : 0} />
          {isDone && <TestCard {...props.test} />}
          <Plan plan={plan} />
        </>
      )}
    </Page>
  );
}

/** The three steps and which one is at hand. */
function Stages(props: { readonly done: 0 | 2 | 3 }) {
  return (
    <ol className={styles.stages} aria-label={text.stages}>
      {text.stageNames.map((name, index) => {
        const isOver = index < props.done;
        const isNow = index === props.done;
        return (
          <li
            key={name}
            className={clsx(styles.stage, isNow && styles.stageNow)}
            aria-current={isNow ? 'step' : undefined}
          >
            {isOver ? (
              <Shape name="pass" label={text.stageDone} />
            ) : (
              <span className={styles.stageNumber} aria-hidden="true">
                {index + 1}
              </span>
            )}
            {name}
          </li>
        );
      })}
    </ol>
  );
}

function MoveBanner({ place }: InstallProps) {
  return (
    <Banner
      tone="yours"
      title={text.moveTitle}
      text={place.problem ?? text.moveText}
      actions={
        <Button isDisabled={place.isBusy} onPress={place.move}>
          {text.move}
        </Button>
      }
    />
  );
}

function Outcome(
  props: InstallProps & { readonly plan: InstallPlanView; readonly isDone: boolean },
) {
  const { result } = props.install;
  const again = <Button onPress={props.onCheckAgain}>{text.checkAgain}</Button>;
  if (props.isDone) {
    return (
      <Banner
        tone="fine"
        title={result === null ? text.already : text.done}
        text={text.doneNext}
        actions={<Button onPress={() => props.onOpen('live')}>{text.openLive}</Button>}
      />
    );
  }
  if (props.plan.refusal !== null) {
    return <Banner tone="wrong" title={text.refused} text={props.plan.refusal} actions={again} />;
  }
  if (result !== null) {
    return <Banner tone="wrong" title={text.failed} text={result.message} actions={again} />;
  }
  return null;
}

function Plan(props: { readonly plan: InstallPlanView }) {
  const { plan } = props;
  const kinds = (
    <Card title={text.captured} note={text.capturedNote} isFlush>
      <ul>
        {text.kinds.map((kind) => (
          <li key={kind.title} className={styles.kind}>
            <h3 className={styles.kindTitle}>{kind.title}</h3>
            <p className={styles.kindDetail}>{kind.detail}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
  const files = plan.files.length > 0 && (
    <Card title={text.files} note={text.filesNote(plan.files.length)} isFlush>
      <ul>
        {plan.files.map((file) => (
          <li key={file.path} className={styles.kind}>
            <code className={styles.path}>{file.path}</code>
            <p className={styles.kindDetail}>{file.what}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
  if (plan.diff === '') {
    return (
      <div className={styles.columns}>
        {kinds}
        {files}
      </div>
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {kinds}
        {files}
      </div>
      <div className={styles.change}>
        <DiffCard path={plan.settingsPath} diff={plan.diff} />
      </div>
    </div>
  );
}

function Foot(props: {
  readonly plan: InstallPlanView;
  readonly install: InstallProps['install'];
}) {
  const { added, changed } = diffSize(parseDiff(props.plan.diff));
  return (
    <>
      <p className={styles.summary}>
        <strong className={styles.summaryLead}>{text.summary(added, changed)}</strong>{' '}
        {text.canBeUndone}
      </p>
      <Button isPrimary size="large" isDisabled={props.install.isBusy} onPress={props.install.run}>
        {props.install.isBusy ? text.installing : text.install}
      </Button>
    </>
  );
}
