import type { ReactNode } from 'react';
import { Page } from './page.tsx';

/** What a page is given of its reading: the value, and what stands in for it while there is none. */
export interface Reading<T> {
  readonly view: T | undefined;
  /** The reading takes its time, so bars stand in for it. */
  readonly isLate: boolean;
  /** What stands in place of figures that could not be read. */
  readonly failure: ReactNode;
  readonly banner: ReactNode;
  readonly actions: ReactNode;
}

/** The frame of a page that shows one reading: its value, else its failure, else still bars. */
export function ReadingPage<T>(props: {
  readonly title: string;
  readonly sub?: string | undefined;
  readonly reading: Reading<T>;
  /** The page's own controls, before those that every page has. */
  readonly tools?: ReactNode;
  readonly skeleton: ReactNode;
  /** The view scrolls by itself and reaches the edges. */
  readonly isBare?: boolean;
  readonly children: (view: T) => ReactNode;
}) {
  const { view, isLate, failure, banner, actions } = props.reading;
  return (
    <Page
      title={props.title}
      sub={props.sub}
      banner={banner}
      isBusy={isLate}
      isBare={props.isBare ?? false}
      actions={
        <>
          {props.tools}
          {actions}
        </>
      }
    >
      {content()}
    </Page>
  );

  function content(): ReactNode {
    if (view === undefined && failure !== null) return failure;
    if (isLate) return props.skeleton;
    return view === undefined ? null : props.children(view);
  }
}
