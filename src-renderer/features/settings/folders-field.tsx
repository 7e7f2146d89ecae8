import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import textStyles from '../../ui/text.module.css';
import { Field } from './field.tsx';
import styles from './settings.module.css';
import { text } from './text.ts';

/** The folders that are left out: chosen in the system's dialog, or typed. */
export function FoldersField(props: {
  readonly folders: readonly string[];
  readonly problem: string | null;
  readonly onChange: (folders: readonly string[]) => void;
  /** Lets the user choose a folder; null when none was chosen. */
  readonly choose: () => Promise<string | null>;
}) {
  const { folders, onChange } = props;
  const words = text.excluded;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const add = (folder: string): void => {
    const path = folder.trim().length > 1 ? folder.trim().replace(/\/+$/, '') : folder.trim();
    const obstacle = !path.startsWith('/')
      ? words.relative
      : folders.includes(path)
        ? words.known
        : null;
    setProblem(obstacle);
    if (obstacle !== null) return;
    setTyped('');
    onChange([...folders, path]);
  };
  const choose = async (): Promise<void> => {
    const folder = await props.choose();
    if (folder !== null) add(folder);
  };
  return (
    <Field
      label={words.label}
      note={words.note}
      problem={problem ?? props.problem}
      onReset={folders.length === 0 ? undefined : () => onChange([])}
      isGroup
      isWide
    >
      {(ids) => (
        <fieldset aria-labelledby={ids.label} className={styles.folders}>
          {folders.length === 0 ? (
            <p className={styles.note}>{words.none}</p>
          ) : (
            <ul className={styles.folderList}>
              {folders.map((folder) => (
                <li key={folder} className={styles.folder}>
                  <code className={textStyles.truncate} title={folder}>
                    {folder}
                  </code>
                  <Button
                    size="small"
                    title={words.remove(folder)}
                    onPress={() => onChange(folders.filter((each) => each !== folder))}
                  >
                    {words.removeShort}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <form
            className={styles.addFolder}
            onSubmit={(event) => {
              event.preventDefault();
              add(typed);
            }}
          >
            <input
              id={ids.control}
              className={styles.input}
              aria-label={words.typeLabel}
              aria-describedby={ids.describedBy}
              aria-invalid={problem !== null}
              placeholder={words.typePlaceholder}
              spellCheck={false}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                setProblem(null);
              }}
            />
            <Button isDisabled={typed === ''} onPress={() => add(typed)}>
              {words.addTyped}
            </Button>
            <Button
              onPress={() => {
                choose().catch((error: unknown) => setProblem(String(error)));
              }}
            >
              {words.add}
            </Button>
          </form>
        </fieldset>
      )}
    </Field>
  );
}
