import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import type { WorkKind } from '../../../src-core/contract/work.ts';
import { RecordLine } from '../../charts/record-line.tsx';
import { useFormat } from '../../data/format-context.ts';
import { OUTCOMES } from '../../data/words.ts';
import { Shape } from '../../ui/shape.tsx';
import { type Axis, axisOf, type Session, stackAgents } from './select.ts';
import { text } from './text.ts';
import styles from './timeline.module.css';

const LANE = 22;
const AGENT_ROW = 15;
const TOP = 20;
const BAR = 11;
const LEAST = 1.6;
const HEAD = 104;
/** Room that the name of an agent takes beside its bar. */
const NAME_PX = 80;

const KINDS: Readonly<Record<WorkKind, string | undefined>> = {
  read: styles.read,
  edit: styles.edit,
  run: styles.run,
  web: styles.web,
  agent: styles.agent,
  other: styles.other,
};

/** One session on its time axis, a lane for each kind of thing that happened. */
export const Timeline = memo(function Timeline(props: {
  readonly session: Session;
  readonly width: number;
  /** Where the axis ends; the session's end, or now. */
  readonly endsAt: number;
  /** The chosen turn. */
  readonly turn: number;
  readonly onTurn: (index: number) => void;
}) {
  const { session, width, endsAt } = props;
  const format = useFormat();
  if (width <= HEAD) return null;
  const axis = axisOf({ fromAt: session.fromAt, toAt: endsAt }, HEAD, width - 2);
  const lanes = lanesOf(session, axis);
  let y = TOP;
  const placed = lanes.map((lane) => {
    const top = y;
    y += lane.height;
    return { ...lane, top };
  });
  const height = y + 2;
  return (
    <svg
      className={styles.timeline}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text.timelineLabel(factsOf(session))}
    >
      {session.turns.map((turn, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the card below has buttons for the same.
        <rect
          key={turn.fromAt}
          className={clsx(styles.turn, index === props.turn && styles.chosen)}
          x={axis.x(turn.fromAt)}
          y={TOP - 4}
          width={Math.max(2, axis.x(turn.toAt) - axis.x(turn.fromAt))}
          height={height - TOP + 4}
          rx="3"
          onClick={() => props.onTurn(index)}
        />
      ))}
      {axis.ticks.map((at) => (
        <g key={at}>
          <path className={styles.grid} d={`M${axis.x(at)} ${TOP - 4}V${height}`} />
          <text x={axis.x(at)} y="10" textAnchor="middle">
            {axis.hasSeconds ? format.clockExact(at).seconds : format.clock(at)}
          </text>
        </g>
      ))}
      {placed.map((lane) => (
        <g key={lane.name}>
          <path className={styles.grid} d={`M0 ${lane.top - 0.5}H${width}`} />
          <text className={styles.lane} x="0" y={lane.top + LANE / 2 + 4}>
            {lane.name}
          </text>
          <g transform={`translate(0 ${lane.top})`}>{lane.body}</g>
        </g>
      ))}
      {session.compactions.map((at) => (
        <path key={at} className={styles.compaction} d={`M${axis.x(at)} ${TOP - 4}V${height}`}>
          <title>{text.compaction}</title>
        </path>
      ))}
    </svg>
  );
});

interface Lane {
  readonly name: string;
  readonly height: number;
  readonly body: ReactNode;
}

function lanesOf(session: Session, axis: Axis): readonly Lane[] {
  const agents = stackAgents(session.agents);
  const lane = (name: string, body: ReactNode, height = LANE): Lane => ({ name, height, body });
  return [
    lane(text.lanes.record, <RecordLane session={session} axis={axis} />),
    lane(text.lanes.prompts, <Prompts session={session} axis={axis} />),
    ...session.lanes.map(({ kind, bars }) =>
      lane(
        text.lanes[kind],
        bars.map((bar) => (
          <Bar
            key={bar.fromAt}
            axis={axis}
            span={bar}
            className={KINDS[kind]}
            title={text.barTitle(text.lanes[kind], bar.calls, '')}
          />
        )),
      ),
    ),
    ...(agents.length === 0
      ? []
      : [
          lane(
            text.lanes.agent,
            agents.flatMap((row, index) =>
              row.map((agent, place) => (
                <g
                  key={`${agent.name}${agent.fromAt}`}
                  transform={`translate(0 ${index * AGENT_ROW})`}
                >
                  <Bar axis={axis} span={agent} className={KINDS.agent} title={agent.name} />
                  <AgentName
                    axis={axis}
                    agent={agent}
                    nextAt={row[place + 1]?.fromAt ?? axis.toAt}
                  />
                </g>
              )),
            ),
            Math.max(LANE, agents.length * AGENT_ROW + 7),
          ),
        ]),
    lane(
      text.lanes.waiting,
      session.waits.map((wait) => (
        <Bar key={wait.fromAt} axis={axis} span={wait} className={styles.waiting} title={null} />
      )),
    ),
    lane(text.lanes.errors, <Marks session={session} axis={axis} />),
  ];
}

function Bar(props: {
  readonly axis: Axis;
  readonly span: { readonly fromAt: number; readonly toAt: number };
  readonly className: string | undefined;
  readonly title: string | null;
}) {
  const { axis, span } = props;
  const x = axis.x(span.fromAt);
  return (
    <rect
      className={props.className}
      x={x}
      y={(LANE - BAR) / 2}
      width={Math.max(LEAST, axis.x(span.toAt) - x)}
      height={BAR}
      rx="1.2"
    >
      {props.title !== null && <title>{props.title}</title>}
    </rect>
  );
}

function AgentName(props: {
  readonly axis: Axis;
  readonly agent: Session['agents'][number];
  /** When the next one in its row begins. */
  readonly nextAt: number;
}) {
  const { axis, agent } = props;
  const end = axis.x(agent.toAt);
  // Without room its name is told on hover alone.
  if (axis.x(props.nextAt) - end < NAME_PX) return null;
  return (
    <text x={end + 5} y={LANE / 2 + 3.5}>
      {agent.name}
    </text>
  );
}

function RecordLane(props: { readonly session: Session; readonly axis: Axis }) {
  const { session, axis } = props;
  const left = axis.x(axis.fromAt);
  const width = axis.x(axis.toAt) - left;
  const length = Math.max(1, axis.toAt - axis.fromAt);
  return (
    <g transform={`translate(${left} ${(LANE - 12) / 2})`}>
      <RecordLine
        width={width}
        height={12}
        stretches={session.segments.map(({ kind, fromAt, toAt }) => ({
          kind,
          from: Math.max(0, (fromAt - axis.fromAt) / length),
          to: Math.min(1, (toAt - axis.fromAt) / length),
        }))}
        ticks={[]}
        bead={session.end === null ? 1 : null}
        label={text.lanes.record}
      />
    </g>
  );
}

function Prompts(props: { readonly session: Session; readonly axis: Axis }) {
  const { session, axis } = props;
  return session.turns.map((turn, index) => {
    if (!turn.hasPrompt) return null;
    const x = axis.x(turn.fromAt);
    return (
      <g key={turn.fromAt}>
        <path className={styles.chevron} d={`M${x - 1} 7l4 4-4 4`} />
        <text className={styles.number} x={x + 6} y={LANE / 2 + 3.5}>
          {index + 1}
        </text>
      </g>
    );
  });
}

function Marks(props: { readonly session: Session; readonly axis: Axis }) {
  const { session, axis } = props;
  return session.marks.map((mark) => {
    const { shape, label } = OUTCOMES[mark.outcome];
    const x = axis.x(mark.at);
    const isMended = mark.fate?.ending === 'recovered' && mark.fate.endedAt !== null;
    const end = isMended ? Math.max(axis.x(mark.fate?.endedAt ?? mark.at), x + 9) : x;
    return (
      <g key={`${mark.at}${mark.outcome}`}>
        {isMended && (
          <>
            <path className={styles.mend} d={`M${x} ${LANE / 2}H${end}`} />
            <circle className={styles.mended} cx={end} cy={LANE / 2} r="2.1" />
          </>
        )}
        <g transform={`translate(${x - 5.5} ${(LANE - 11) / 2})`}>
          <Shape name={shape} size={11} label={label} />
        </g>
      </g>
    );
  });
}

function factsOf(session: Session): readonly string[] {
  const { timelineFacts: facts } = text;
  return [
    facts.prompts(session.prompts),
    facts.calls(session.calls),
    facts.errors(session.errors),
    facts.agents(session.agents.length),
    facts.waits(session.waits.length),
  ];
}
