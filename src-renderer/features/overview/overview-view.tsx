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
import { Page } from '../../ui/page.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ActivityCard } from './activity-card.tsx';
import { HeatCard } from './heat-card.tsx';
import { KpiStrip } from './kpi-strip.tsx';
import { OutcomesCard } from './outcomes-card.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { RecentCard } from './recent-card.tsx';
import { RecordStrip } from './record-strip.tsx';
import { provenanceOf, rangeWords } from './select.ts';
import { text } from './text.ts';
import { ToolsCard } from './tools-card.tsx';

const RANGES: readonly RangeDays[] = [1, 7, 30, 90, 0];

/** What the overview shows and what it can ask for. */
export interface OverviewProps {
  readonly view: View | undefined;
  readonly days: RangeDays;
  /** The figures take their time, so bars stand in for them. */
  readonly isLate: boolean;
  /** What stands in place of figures that could not be read. */
  readonly failure: ReactNode;
  readonly banner: ReactNode;
  readonly actions: ReactNode;
  readonly onDays: (days: RangeDays) => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** The range at a glance: record, figures, activity, outcomes, hours, tools, newest events. */
export function OverviewView(props: OverviewProps) {
  const { view } = props;
  const isEmpty = view !== undefined && view.record.total === 0 && view.health.lastEventAt === null;
  const format = view === undefined ? null : formatFor(view.timeZone);
  return (
    <FormatContext value={format}>
      <Page
        title={text.title}
        sub={
          view === undefined || format === null
            ? undefined
            : isEmpty
              ? text.nothingYet
              : rangeWords(view, format)
        }
        banner={props.banner}
        isBusy={props.isLate}
        actions={
          <>
            {!isEmpty && (
              <Segmented
                label={text.rangeLabel}
                options={RANGES.map((days) => ({ value: days, label: text.ranges[days] }))}
                value={props.days}
                onChange={props.onDays}
              />
            )}
            {props.actions}
          </>
        }
      >
        <Content {...props} isEmpty={isEmpty} />
      </Page>
    </FormatContext>
  );
}

function Content(props: OverviewProps & { readonly isEmpty: boolean }) {
  const { view } = props;
  if (view === undefined && props.failure !== null) return props.failure;
  if (props.isLate) return <OverviewSkeleton />;
  if (view === undefined) return null;
  if (!props.isEmpty) return <Figures {...props} view={view} />;
  if (view.health.state === 'not-installed') {
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
      <KpiStrip view={view} />
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
