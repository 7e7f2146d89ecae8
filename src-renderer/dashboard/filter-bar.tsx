import clsx from 'clsx';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { RangeDays } from '../../src-core/contract/views.ts';
import type { FilterChoices, ViewFilter } from '../../src-core/contract/work.ts';
import { NO_FILTER } from '../data/address.ts';
import { useFormat } from '../data/format-context.ts';
import { SOURCES } from '../data/words.ts';
import { Button } from '../ui/button.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { useIsSmall } from '../ui/use-is-small.ts';
import styles from './filter-bar.module.css';
import { dayStart, lastDay, nextDay } from './local-day.ts';
import { filterText as text } from './text.ts';

const RANGES: readonly RangeDays[] = [1, 7, 30, 90, 0];
const ALL = '';

/** The range's control, for a page that obeys nothing else of the filter. */
export function RangeControl(props: {
  readonly filter: ViewFilter;
  readonly onChange: (filter: ViewFilter) => void;
  readonly hasCustom: boolean;
}) {
  const { filter, onChange } = props;
  const custom = props.hasCustom ? filter.custom : null;
  return (
    <>
      <Segmented
        label={text.range}
        options={[
          ...RANGES.map((days) => ({ value: String(days), label: text.ranges[days] })),
          ...(custom === null ? [] : [{ value: 'custom', label: text.custom }]),
        ]}
        value={custom === null ? String(filter.days) : 'custom'}
        onChange={(value) => {
          const days = RANGES.find((each) => String(each) === value);
          if (days !== undefined) onChange({ ...filter, days, custom: null });
        }}
      />
      {props.hasCustom && <CustomRange {...props} />}
    </>
  );
}

/** Two days of the user's own; the second one counts whole. */
function CustomRange(props: {
  readonly filter: ViewFilter;
  readonly onChange: (filter: ViewFilter) => void;
}) {
  const { filter, onChange } = props;
  const { timeZone } = useFormat();
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [from, to] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const id = useId();
  const open = (): void => {
    const { custom } = filter;
    if (from.current !== null) from.current.value = lastDay(custom?.fromAt ?? null, timeZone);
    if (to.current !== null)
      to.current.value = lastDay(custom === null ? null : custom.toAt - 1, timeZone);
    setProblem(null);
    dialog.current?.showModal();
  };
  const apply = (): void => {
    const fromAt = dayStart(from.current?.value ?? '', timeZone);
    const toAt = nextDay(to.current?.value ?? '', timeZone);
    const isWhole = fromAt !== null && toAt !== null;
    if (!isWhole || fromAt >= toAt) {
      setProblem(isWhole ? text.customBackwards : text.customIncomplete);
      return;
    }
    onChange({ ...filter, custom: { fromAt, toAt } });
    dialog.current?.close();
  };
  return (
    <>
      <Button label={text.customLabel} onPress={open}>
        …
      </Button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby={id}>
        <h2 id={id} className={styles.dialogTitle}>
          {text.customTitle}
        </h2>
        <label className={styles.field}>
          {text.customFrom}
          <input ref={from} type="date" aria-describedby={`${id}-problem`} />
        </label>
        <label className={styles.field}>
          {text.customTo}
          <input ref={to} type="date" aria-describedby={`${id}-problem`} />
        </label>
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
        <div className={styles.dialogActions}>
          <Button onPress={() => dialog.current?.close()}>{text.cancel}</Button>
          <Button isPrimary onPress={apply}>
            {text.show}
          </Button>
        </div>
      </dialog>
    </>
  );
}

/** The whole filter: range, project, model, source and search; the same on all pages that show it. */
export function FilterBar(props: {
  readonly filter: ViewFilter;
  readonly choices: FilterChoices | undefined;
  readonly hasRange: boolean;
  readonly onChange: (filter: ViewFilter) => void;
}) {
  const { filter, choices, onChange } = props;
  const isFolded = useIsSmall();
  const count = [filter.project, filter.model, filter.source].filter(
    (each) => each !== null,
  ).length;
  const names = (all: string, chosen: string | null, found: readonly [string, string][]) => [
    { value: ALL, label: all },
    // A choice stays visible where the range has nothing of it.
    ...(chosen !== null && !found.some(([value]) => value === chosen)
      ? [{ value: chosen, label: lastPart(chosen) }]
      : []),
    ...found.map(([value, label]) => ({ value, label })),
  ];
  const set = (key: 'project' | 'model' | 'source') => (value: string) =>
    onChange({ ...filter, [key]: value === ALL ? null : value });
  const controls = (
    <>
      <Select
        label={text.project}
        options={names(
          text.allProjects,
          filter.project,
          (choices?.projects ?? []).map(({ folder, name }) => [folder, name]),
        )}
        value={filter.project ?? ALL}
        onChange={set('project')}
        isActive={filter.project !== null}
      />
      <Select
        label={text.model}
        options={names(
          text.allModels,
          filter.model,
          (choices?.models ?? []).map((name) => [name, name]),
        )}
        value={filter.model ?? ALL}
        onChange={set('model')}
        isActive={filter.model !== null}
      />
      <Select
        label={text.source}
        options={names(
          text.allSources,
          filter.source,
          Object.entries(SOURCES).map(([value, { long }]) => [value, long]),
        )}
        value={filter.source ?? ALL}
        onChange={set('source')}
        isActive={filter.source !== null}
      />
      {(filter.project ?? filter.model ?? filter.source) !== null && (
        <Button
          label={text.clear}
          onPress={() => onChange({ ...NO_FILTER, days: filter.days, custom: filter.custom })}
        >
          ✕
        </Button>
      )}
    </>
  );
  return (
    <fieldset className={styles.bar} aria-label={text.filter}>
      {props.hasRange && <RangeControl filter={filter} onChange={onChange} hasCustom />}
      {isFolded ? (
        <Folded label={text.filters} count={count}>
          {controls}
        </Folded>
      ) : (
        controls
      )}
      <SearchField
        label={text.search}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
    </fieldset>
  );
}

/** Controls behind one button, where there is no room for them side by side. */
function Folded(props: {
  readonly label: string;
  /** How many of them leave something out. */
  readonly count: number;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={clsx(styles.fold, props.count > 0 && styles.foldOn)}
      >
        {props.count > 0 ? `${props.label} (${props.count})` : props.label}
      </button>
      <div id={id} popover="auto" className={styles.folded}>
        {props.children}
      </div>
    </>
  );
}

function lastPart(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}
