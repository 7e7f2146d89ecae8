import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { RangeDays, OverviewView as View } from '../../../src-core/contract/views.ts';
import { useIsOlder } from '../../data/clock.ts';
import { FormatContext, formatFor } from '../../data/format-context.ts';
import { STALE_AFTER_MS } from '../../data/status.ts';
import { Button } from '../../ui/button.tsx';
import columns from '../../ui/columns.module.css';
import { EmptyView } from '../../ui/empty-view.tsx';
import { KpiStrip } from '../../ui/kpi-strip.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { ActivityCard } from './activity-card.tsx';
import { HeatCard } from './heat-card.tsx';
import { OutcomesCard } from './outcomes-card.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { RecentCard } from './recent-card.tsx';
import { RecordStrip } from './record-strip.tsx';
import { kpisOf, provenanceOf, rangeWords } from './select.ts';
import { text } from './text.ts';
import { ToolsCard } from './tools-card.tsx';

/** What the overview shows and what it can ask for. */
export interface OverviewProps {
  readonly reading: Reading<View>;
  /** The range's control. */
  readonly filter: ReactNode;
  readonly onDays: (days: RangeDays) => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** The range at a glance: record, figures, activity, outcomes, hours, tools, newest events. */
export function OverviewView(props: OverviewProps) {
  const { view } = props.reading;
  const isEmpty = view !== undefined && view.record.total === 0 && view.health.lastEventAt === null;
  const format = view === undefined ? null : formatFor(view.timeZone);
  const range = view === undefined || format === null ? undefined : rangeWords(view, format);
  return (
    <FormatContext value={format}>
      <ReadingPage
        title={text.title}
        sub={isEmpty ? text.nothingYet : range}
        reading={props.reading}
        tools={!isEmpty && props.filter}
        skeleton={<OverviewSkeleton />}
      >
        {(shown) =>
          isEmpty ? <Empty {...props} view={shown} /> : <Figures {...props} view={shown} />
        }
      </ReadingPage>
    </FormatContext>
  );
}

function Empty(props: OverviewProps & { readonly view: View }) {
  if (props.view.health.state === 'not-installed') {
    return (
      <EmptyView
        glyph="idle"
        title={text.empty.title}
        lead={text.empty.lead}
        steps={text.empty.steps}
        actions={
          <Button isPrimary size="large" onPress={() => props.onOpen('install')}>
            {text.empty.action}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyView
      glyph="capturing"
      title={text.fresh.title}
      lead={text.fresh.lead}
      actions={
        <Button size="large" onPress={() => props.onOpen('health')}>
          {text.fresh.action}
        </Button>
      }
    />
  );
}

function Figures(props: OverviewProps & { readonly view: View }) {
  const { view } = props;
  const stale = useIsOlder(view.health.dataAt, STALE_AFTER_MS);
  const provenance = (
    <Provenance {...provenanceOf(view, formatFor(view.timeZone))} dataAt={view.health.dataAt} />
  );
  return (
    <>
      <RecordStrip view={view} isStale={stale} />
      <KpiStrip kpis={kpisOf(view, formatFor(view.timeZone))} />
      <div className={columns.columns}>
        <ActivityCard
          view={view}
          activity={view.activity}
          provenance={provenance}
          isStale={stale}
          className={columns.span8}
          onShowMore={() => props.onDays(30)}
        />
        <OutcomesCard view={view} provenance={provenance} className={columns.span4} />
        <HeatCard
          view={view}
          provenance={provenance}
          className={clsx(columns.span5, columns.lastWhenSmall)}
        />
        <ToolsCard view={view} provenance={provenance} className={columns.span4} />
        <RecentCard
          events={view.recent}
          className={columns.span3}
          onShowAll={() => props.onOpen('events')}
        />
      </div>
    </>
  );
}
