import type { ReactNode } from 'react';
import type { DashboardPage } from '../../../src-core/contract/ipc.ts';
import type { EventPick, RankedBy, RanksView as View } from '../../../src-core/contract/work.ts';
import { FormatContext, formatFor } from '../../data/format-context.ts';
import { spanWords } from '../../data/span-words.ts';
import { Card } from '../../ui/card.tsx';
import columns from '../../ui/columns.module.css';
import { KpiStrip } from '../../ui/kpi-strip.tsx';
import { NoWork } from '../../ui/no-work.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { type Reading, ReadingPage } from '../../ui/reading-page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DetailCard } from './detail-card.tsx';
import { LatestCard } from './latest-card.tsx';
import { RankTable } from './rank-table.tsx';
import { kpisOf, provenanceOf } from './select.ts';
import { text } from './text.ts';

/** What a ranked page shows and what it can ask for. */
export interface RanksProps {
  readonly by: RankedBy;
  readonly reading: Reading<View>;
  readonly isInstalled: boolean;
  /** The filter leaves something out besides its range. */
  readonly isNarrow: boolean;
  readonly filter: ReactNode;
  readonly onChoose: (name: string) => void;
  readonly onShowEvents: (pick: EventPick) => void;
  readonly onShowAll: () => void;
  readonly onOpen: (page: DashboardPage) => void;
}

/** Tools, errors or commands: figures, the ranked table, and what is behind the chosen row. */
export function RanksView(props: RanksProps) {
  const { by } = props;
  const { view } = props.reading;
  const format = view === undefined ? null : formatFor(view.timeZone);
  const sub = view === undefined || format === null ? undefined : spanWords(view.range, format);
  return (
    <FormatContext value={format}>
      <ReadingPage
        title={text.titles[by]}
        sub={sub}
        reading={props.reading}
        tools={props.filter}
        skeleton={
          <Card title={text.table[by]}>
            <Skeleton rows={5} />
          </Card>
        }
      >
        {(shown) =>
          shown.detail === null ? (
            <NoWork
              isInstalled={props.isInstalled}
              isNarrow={props.isNarrow}
              empty={text.none[by]}
              hasRange
              onInstall={() => props.onOpen('install')}
              onShowAll={props.onShowAll}
            />
          ) : (
            <Figures {...props} view={shown} />
          )
        }
      </ReadingPage>
    </FormatContext>
  );
}

function Figures(props: RanksProps & { readonly view: View }) {
  const { by, view } = props;
  const { detail } = view;
  const format = formatFor(view.timeZone);
  if (detail === null) return null;
  return (
    <>
      <KpiStrip kpis={kpisOf(view.figures, format)} />
      <div className={columns.columns}>
        <RankTable
          view={view}
          chosen={detail.name}
          className={columns.span8}
          provenance={
            <Provenance {...provenanceOf(view.bySource, format)} dataAt={view.health.dataAt} />
          }
          onChoose={props.onChoose}
        />
        <DetailCard by={by} detail={detail} className={columns.side} />
      </div>
      <LatestCard
        by={by}
        detail={detail}
        onShowAll={() => props.onShowEvents(pickOf(by, detail.name))}
      />
    </>
  );
}

function pickOf(by: RankedBy, name: string): EventPick {
  switch (by) {
    case 'tool':
      return { tool: name };
    case 'error':
      return { errorClass: name };
    case 'program':
      return { program: name };
  }
}
