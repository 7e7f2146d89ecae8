import clsx from 'clsx';
import { RankBar } from '../../charts/proportion.tsx';
import { useFormat } from '../../data/format-context.ts';
import { Card } from '../../ui/card.tsx';
import { Message } from '../../ui/message.tsx';
import textStyles from '../../ui/text.module.css';
import type { CardProps } from './card-props.ts';
import styles from './overview.module.css';
import { text } from './text.ts';

const MOST_SHOWN = 9;

/** The tools by calls, with how often they succeed; the rest in one row. */
export function ToolsCard(props: CardProps) {
  const format = useFormat();
  const { tools, otherTools } = props.view;
  const shown = tools.slice(0, MOST_SHOWN);
  const max = Math.max(1, ...shown.map((tool) => tool.calls));
  const cut = tools.slice(MOST_SHOWN);
  const other = {
    tools: otherTools.tools + cut.length,
    calls: otherTools.calls + cut.reduce((sum, tool) => sum + tool.calls, 0),
    // The rate of tools that main listed cannot be joined with the rate of those it did not.
    successRate: cut.length === 0 ? otherTools.successRate : null,
  };
  return (
    <Card title={text.tools} end={props.provenance} className={props.className}>
      {tools.length === 0 ? (
        <Message title={text.noTools}>{text.noCallsText}</Message>
      ) : (
        <table className={styles.tools}>
          <thead>
            <tr>
              <th scope="col">
                <span className={textStyles.hidden}>{text.tools}</span>
              </th>
              <td aria-hidden="true" />
              <th scope="col" className={styles.number}>
                {text.toolCalls}
              </th>
              <th scope="col" className={styles.number}>
                {text.toolSuccess}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((tool) => (
              <tr key={tool.tool}>
                <th
                  scope="row"
                  className={clsx(styles.toolName, textStyles.truncate)}
                  title={tool.tool}
                >
                  {tool.tool}
                </th>
                <td aria-hidden="true">
                  <RankBar share={tool.calls / max} tone="fine" />
                </td>
                <td className={styles.number}>{format.count(tool.calls)}</td>
                <td className={styles.share}>{format.percent(tool.successRate)}</td>
              </tr>
            ))}
            {other.tools > 0 && (
              <tr className={styles.otherTools}>
                <th scope="row" className={styles.toolName}>
                  {text.otherTools(other.tools)}
                </th>
                <td aria-hidden="true">
                  <RankBar share={Math.min(1, other.calls / max)} tone="soft" />
                </td>
                <td className={styles.number}>{format.count(other.calls)}</td>
                <td className={styles.share}>{format.percent(other.successRate)}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </Card>
  );
}
