import clsx from 'clsx';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { HealthView as View } from '../../../src-core/contract/views.ts';
import { Card } from '../../ui/card.tsx';
import columns from '../../ui/columns.module.css';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CostCard } from './cost-card.tsx';
import { EquationCard } from './equation-card.tsx';
import { ChecksCard, PlacesCard, RuntimesCard } from './facts-cards.tsx';
import { FindingsCard } from './findings-card.tsx';
import { StreamsCard } from './streams-card.tsx';
import { text } from './text.ts';

/** What the health page shows and what it can ask for. */
export interface HealthProps {
  readonly reading: Reading<View>;
  readonly isRefreshing: boolean;
  readonly onRefresh: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** Capture, stores and their agreement. */
export function HealthView(props: HealthProps) {
  return (
    <ReadingPage
      title={text.title}
      sub={text.sub}
      reading={props.reading}
      skeleton={
        <Card title={text.streams}>
          <Skeleton rows={5} />
        </Card>
      }
    >
      {(view) => <Figures {...props} view={view} />}
    </ReadingPage>
  );
}

function Figures(props: HealthProps & { readonly view: View }) {
  const { view } = props;
  return (
    <>
      <EquationCard view={view} />
      <FindingsCard
        findings={view.health.findings}
        isRefreshing={props.isRefreshing}
        onRefresh={props.onRefresh}
        onOpen={props.onOpen}
      />
      <div className={columns.columns}>
        <StreamsCard streams={view.streams} className={columns.span8} />
        <ChecksCard view={view} className={columns.span4} />
        <PlacesCard places={view.places} className={clsx(columns.span8, columns.lastWhenSmall)} />
        <RuntimesCard runtimes={view.hook.runtimes} className={columns.span4} />
        <CostCard cost={view.cost} className={columns.span8} />
      </div>
    </>
  );
}
