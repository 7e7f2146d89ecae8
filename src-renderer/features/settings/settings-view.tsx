import type { ReactNode } from 'react';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { AppFields, IconFields, NoticeFields, RecordingFields } from './groups.tsx';
import styles from './settings.module.css';
import type { SettingsProps } from './settings-props.ts';
import { text } from './text.ts';

/** All choices, each in force as soon as it is made. */
export function SettingsView(props: SettingsProps) {
  const { view } = props;
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{text.title}</h1>
      {view.problems.length > 0 && (
        <Banner
          tone="wrong"
          title={text.problemsTitle}
          text={view.problems
            .map(({ name, message }) =>
              name === null
                ? text.problemWhole(view.path, message)
                : text.problemField(name, message),
            )
            .join(' ')}
          actions={null}
        />
      )}
      <Group title={text.groups.recording}>
        <RecordingFields {...props} />
      </Group>
      <Group title={text.groups.icon}>
        <IconFields {...props} />
      </Group>
      <Group title={text.groups.notices}>
        <NoticeFields {...props} />
      </Group>
      <Group title={text.groups.app}>
        <AppFields {...props} />
      </Group>
      <p className={styles.file}>{text.file(view.path)}</p>
    </main>
  );
}

/** What stands in place of the settings while they cannot be shown. */
export function NoSettings(props: {
  readonly failure: string | null;
  readonly onTryAgain: () => void;
}) {
  return (
    <main className={styles.page} aria-busy={props.failure === null}>
      <h1 className={styles.title}>{text.title}</h1>
      {props.failure === null ? (
        <p className={styles.note}>{text.reading}</p>
      ) : (
        <Banner
          tone="wrong"
          title={text.cannotRead(props.failure)}
          text=""
          actions={<Button onPress={props.onTryAgain}>{text.tryAgain}</Button>}
        />
      )}
    </main>
  );
}

function Group(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card title={props.title} isFlush>
      {props.children}
    </Card>
  );
}
