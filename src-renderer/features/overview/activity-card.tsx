import { useMemo } from 'react';
import type { OverviewView } from '../../../src-core/contract/views.ts';
import { ActivityChart } from '../../charts/activity-chart.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import { activityOf } from './activity-points.ts';
import type { CardProps } from './card-props.ts';
import { rangeWords } from './select.ts';
import { text } from './text.ts';

const words = { calls: text.calls, errors: text.errors, filledIn: text.filledIn };

/** Calls and errors over the range. */
export function ActivityCard(
  props: CardProps & {
    readonly activity: OverviewView['activity'];
    readonly isStale: boolean;
    readonly onShowMore: () => void;
  },
) {
  const format = useFormat();
  const { view } = props;
  // The chart is told of new points only when main sent different ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the view changes with every reading.
  const activity = useMemo(() => activityOf(view, format), [props.activity, format]);
  const { calls, errors } = view.kpis;
  const range = rangeWords(view, format);
  return (
    <Card
      title={text.activity}
      note={text.activityNotes[activity.unit]}
      end={props.provenance}
      className={props.className}
    >
      {calls.value === 0 ? (
        <Message
          title={text.noCalls}
          actions={
            view.range.days === 1 || view.range.days === 7 ? (
              <Button onPress={props.onShowMore}>{text.showRange}</Button>
            ) : undefined
          }
        >
          {text.noCallsText}
        </Message>
      ) : (
        <ActivityChart
          points={activity.points}
          ticks={activity.ticks}
          isEndUnknown={props.isStale}
          label={text.activityLabel(format.count(calls.value), range)}
          errorsLabel={text.errorsLabel(format.count(errors.value), range)}
          formatCount={format.count}
          words={words}
        />
      )}
    </Card>
  );
}
