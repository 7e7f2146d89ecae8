import type { RankedBy } from '../../../src-core/contract/work.ts';
import { isNarrow, NO_FILTER } from '../../data/address.ts';
import { useFilterChoices, useRanks } from '../../data/queries.ts';
import { RanksView } from '../../features/ranks/ranks-view.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { filterer, opener, type PageProps, useReading } from '../page-props.ts';

function RanksPage(props: PageProps & { readonly by: RankedBy }) {
  const { by } = props;
  const { filter, chosen } = props.address;
  const shown = useRanks({ by, filter, chosen });
  return (
    <RanksView
      by={by}
      reading={useReading(props, shown)}
      isInstalled={props.isInstalled}
      isNarrow={isNarrow(filter)}
      filter={
        <FilterBar
          filter={filter}
          choices={useFilterChoices(filter).data}
          hasRange
          onChange={filterer(props)}
        />
      }
      onChoose={(name) => props.go({ chosen: name })}
      onShowEvents={(pick) => props.go({ page: 'events', pick })}
      onShowAll={() => props.go({ filter: { ...NO_FILTER, days: 0 } })}
      onOpen={opener(props)}
    />
  );
}

/** Tools by their calls. */
export function ToolsPage(props: PageProps) {
  return <RanksPage {...props} by="tool" />;
}

/** Errors by their class. */
export function ErrorsPage(props: PageProps) {
  return <RanksPage {...props} by="error" />;
}

/** Commands by the program that they are about. */
export function CommandsPage(props: PageProps) {
  return <RanksPage {...props} by="program" />;
}
