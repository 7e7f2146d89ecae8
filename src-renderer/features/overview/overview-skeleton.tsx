import { Card } from '../../ui/card.tsx';
import columns from '../../ui/columns.module.css';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './overview.module.css';
import { text } from './text.ts';

/** The overview's outline, while its figures take their time. */
export function OverviewSkeleton() {
  return (
    <>
      <div className={styles.skeletonStrip}>
        <Skeleton rows={3} />
      </div>
      <div className={columns.columns}>
        <Card title={text.activity} className={columns.span8}>
          <Skeleton rows={5} />
        </Card>
        <Card title={text.outcomes} className={columns.span4}>
          <Skeleton rows={5} />
        </Card>
        <Card title={text.when} className={columns.span5}>
          <Skeleton rows={5} />
        </Card>
        <Card title={text.tools} className={columns.span4}>
          <Skeleton rows={5} />
        </Card>
        <Card title={text.recent} className={columns.span3}>
          <Skeleton rows={5} />
        </Card>
      </div>
    </>
  );
}
