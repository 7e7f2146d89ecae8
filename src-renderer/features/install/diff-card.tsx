import { Card } from '../../ui/card.tsx';
import styles from './install.module.css';
import { type DiffLine, diffSize, fileName, parseDiff } from './select.ts';
import { text } from './text.ts';

const KINDS: Readonly<Record<DiffLine['kind'], string | undefined>> = {
  context: styles.context,
  added: styles.added,
  removed: styles.removed,
  break: styles.break,
};
const SIGNS = { added: '+', removed: '−' } as const;

/** The change to the settings, line by line. */
export function DiffCard(props: { readonly path: string; readonly diff: string }) {
  const lines = parseDiff(props.diff);
  const { added, changed } = diffSize(lines);
  const title = text.diff(fileName(props.path));
  return (
    <Card title={title} note={text.diffNote(added, changed)} isFlush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className={styles.diff} aria-label={title} tabIndex={0}>
        <table className={styles.lines}>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key} className={KINDS[line.kind]}>
                <td className={styles.gutter}>
                  {line.kind === 'added' || line.kind === 'removed'
                    ? SIGNS[line.kind]
                    : (line.number ?? '…')}
                </td>
                <td className={styles.code}>{line.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.diffFoot}>
        <code className={styles.path}>{props.path}</code>
        <br />
        {text.diffFoot}
      </p>
    </Card>
  );
}
