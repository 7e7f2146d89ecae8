import clsx from 'clsx';
import type { HealthView } from '../../../src-core/contract/views.ts';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import { Shape } from '../../ui/shape.tsx';
import textStyles from '../../ui/text.module.css';
import styles from './health.module.css';
import { checksOf } from './select.ts';
import { text } from './text.ts';

/** Hooks, runtime, spool, quarantine and hook errors, one line each. */
export function ChecksCard(props: {
  readonly view: HealthView;
  readonly className?: string | undefined;
}) {
  const format = useFormat();
  const now = useNow();
  return (
    <Card title={text.checks} note={text.checksNote} isFlush className={props.className}>
      <ul>
        {checksOf(props.view, now, format).map((check) => (
          <li key={check.name} className={styles.check}>
            <Shape name={check.shape} />
            <span className={styles.checkName}>{check.name}</span>
            <span className={styles.checkWords}>{check.words}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The programs that can take events over. */
export function RuntimesCard(props: {
  readonly runtimes: HealthView['hook']['runtimes'];
  readonly className?: string | undefined;
}) {
  return (
    <Card title={text.runtimes} note={text.runtimesNote} isFlush className={props.className}>
      {props.runtimes.length === 0 ? (
        <div className={styles.padded}>
          <Message shape="note" title={text.noRuntime} />
        </div>
      ) : (
        <ul>
          {props.runtimes.map((runtime) => (
            <li key={runtime.path} className={styles.runtime}>
              <Shape
                name={runtime.usable ? 'pass' : 'unknown'}
                label={runtime.usable ? text.usable : text.notUsable}
              />
              <code className={textStyles.truncate} title={runtime.path}>
                {runtime.path}
              </code>
              <span className={styles.runtimeVersion}>
                {runtime.version ?? text.versionUnknown}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Where everything is kept, with its size. */
export function PlacesCard(props: {
  readonly places: HealthView['places'];
  readonly className?: string | undefined;
}) {
  const format = useFormat();
  return (
    <Card title={text.places} note={text.placesNote} isFlush className={props.className}>
      <ul>
        {props.places.map((place) => (
          <li key={place.path} className={styles.place}>
            <span>{place.name}</span>
            <code className={clsx(styles.path, textStyles.truncate)} title={place.path}>
              {place.path}
            </code>
            <span className={styles.size}>{format.bytes(place.bytes)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
