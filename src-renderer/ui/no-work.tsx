import { noWorkWords as words } from '../data/words.ts';
import { Button } from './button.tsx';
import { EmptyView } from './empty-view.tsx';

/** A page without anything to list: not installed, filtered out and nothing there are three texts. */
export function NoWork(props: {
  readonly isInstalled: boolean;
  /** The filter leaves something out besides its range. */
  readonly isNarrow: boolean;
  /** What is true where nothing is left out. */
  readonly empty: { readonly title: string; readonly lead: string };
  /** The page shows a range, beyond which there may be more. */
  readonly hasRange: boolean;
  readonly onInstall: () => void;
  readonly onShowAll: () => void;
}) {
  if (!props.isInstalled) {
    return (
      <EmptyView
        glyph="idle"
        title={words.notInstalled}
        lead={words.notInstalledLead}
        actions={
          <Button isPrimary size="large" onPress={props.onInstall}>
            {words.install}
          </Button>
        }
      />
    );
  }
  const { title, lead } = props.isNarrow ? words.filtered : props.empty;
  const showAll = (
    <Button size="large" onPress={props.onShowAll}>
      {words.showAll}
    </Button>
  );
  return (
    <EmptyView
      glyph={props.isNarrow ? 'idle' : 'capturing'}
      title={title}
      lead={lead}
      actions={props.isNarrow || props.hasRange ? showAll : null}
    />
  );
}
