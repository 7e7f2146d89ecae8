import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from './field.tsx';
import styles from './settings.module.css';
import { pressedShortcut, shortcutText } from './shortcut-keys.ts';
import { text } from './text.ts';

/** The keys that open the glance: pressed, not typed. */
export function ShortcutField(props: {
  readonly value: string | null;
  readonly problem: string | null;
  readonly onChange: (keys: string | null) => void;
}) {
  const { value } = props;
  const words = text.shortcut;
  const [isListening, setListening] = useState(false);
  const [isBare, setBare] = useState(false);
  return (
    <Field
      label={words.label}
      note={words.note}
      problem={isBare ? words.needsModifier : props.problem}
    >
      {(ids) => (
        <>
          <button
            id={ids.control}
            type="button"
            className={styles.keys}
            aria-describedby={ids.describedBy}
            onClick={() => setListening(true)}
            onBlur={() => setListening(false)}
            onKeyDown={(event) => {
              if (!isListening || event.key === 'Tab') return;
              event.preventDefault();
              const keys = event.key === 'Escape' ? null : pressedShortcut(event);
              setBare(keys === 'bare');
              if (keys === 'incomplete' || keys === 'bare') return;
              setListening(false);
              if (keys !== null) props.onChange(keys);
            }}
          >
            {isListening ? words.recording : value === null ? words.record : shortcutText(value)}
          </button>
          {value !== null && (
            <Button size="small" onPress={() => props.onChange(null)}>
              {words.clear}
            </Button>
          )}
        </>
      )}
    </Field>
  );
}
