import type { ReactNode } from 'react';
import type { OverviewView } from '../../../src-core/contract/views.ts';

/** What every card of the overview is given. */
export interface CardProps {
  readonly view: OverviewView;
  /** Where the figures come from and how old they are; stands in the card's head. */
  readonly provenance: ReactNode;
  readonly className?: string | undefined;
}
