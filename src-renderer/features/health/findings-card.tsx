import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { Finding } from '../../../src-core/contract/views.ts';
import { useNow } from '../../data/clock.ts';
import { useFormat } from '../../data/format-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './health.module.css';
import { text } from './text.ts';

/** What was found, what it means, since when, and the step that helps; absent when all is well. */
export function FindingsCard(props: {
  readonly findings: readonly Finding[];
  readonly isRefreshing: boolean;
  readonly onRefresh: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}) {
  const format = useFormat();
  const now = useNow();
  if (props.findings.length === 0) return null;
  const urgent = props.findings.filter((finding) => finding.severity === 'attention').length;
  const notes = props.findings.length - urgent;
  const summary = [urgent > 0 && text.needsYou(urgent), notes > 0 && text.toNote(notes)];
  return (
    <Card title={text.findings} note={summary.filter((part) => part !== false).join(', ')} isFlush>
      <ul>
        {props.findings.map((finding) => (
          <li key={finding.code + finding.title} className={styles.finding}>
            <Shape
              name={finding.severity === 'attention' ? 'failed' : 'note'}
              className={styles.findingShape}
            />
            <div>
              <h3 className={styles.findingTitle}>{finding.title}</h3>
              <p className={styles.findingDetail}>{finding.detail}</p>
            </div>
            <div className={styles.findingEnd}>
              {finding.sinceAt !== null && (
                <span className={styles.since}>
                  {text.since(format.moment(finding.sinceAt, now))}
                </span>
              )}
              {finding.action === 'install' && (
                <Button size="small" onPress={() => props.onOpen('install')}>
                  {text.actions.install}
                </Button>
              )}
              {finding.action === 'refresh' && (
                <Button size="small" isDisabled={props.isRefreshing} onPress={props.onRefresh}>
                  {text.actions.refresh}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
