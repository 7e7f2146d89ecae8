import type { ReactNode } from 'react';
import type { DashboardPage } from '../../src-core/contract/ipc.ts';
import type { ViewFilter } from '../../src-core/contract/work.ts';
import type { Address } from '../data/address.ts';
import type { Shown } from '../data/queries.ts';
import type { Reading } from '../ui/reading-page.tsx';
import { useLate } from '../ui/use-late.ts';

/** What every page is given by the window. */
export interface PageProps {
  readonly address: Address;
  readonly go: (change: Partial<Address>) => void;
  readonly isInstalled: boolean;
  readonly refresh: { readonly isBusy: boolean; readonly run: () => void };
  /** Controls that every page has. */
  readonly actions: ReactNode;
  /** Builds the banner for the page's own reading. */
  readonly banner: (shown: Shown<unknown>) => ReactNode;
  /** Builds what stands in place of figures, or null when they can be shown. */
  readonly failure: (shown: Shown<unknown>) => ReactNode;
}

/** A reading with all that stands in for it. */
export function useReading<T>(props: PageProps, shown: Shown<T>): Reading<T> {
  const isLate = useLate(shown.isOther || (shown.data === undefined && shown.error === null));
  return {
    view: shown.data,
    isLate,
    failure: props.failure(shown),
    // Without figures the failure itself fills the page; a banner above it would say it twice.
    banner: shown.data === undefined ? null : props.banner(shown),
    actions: props.actions,
  };
}

/** Opens a page and keeps the filter. */
export function opener({ go }: PageProps): (page: DashboardPage) => void {
  return (page) => go({ page });
}

/** Changes the filter and stays. */
export function filterer({ go }: PageProps): (filter: ViewFilter) => void {
  return (filter) => go({ filter });
}
