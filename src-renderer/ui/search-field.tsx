import { useEffect, useState } from 'react';
import styles from './controls.module.css';
import { Icon } from './icon.tsx';

/** How long typing must rest before it is searched for. */
const REST_MS = 250;

/** A search field; what is typed counts after a short rest, at once with Return, Esc empties it. */
export function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <span className={styles.search}>
      <Icon name="search" />
      <input
        type="search"
        data-search=""
        aria-label={props.label}
        placeholder={props.label}
        value={typed}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(typed);
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault();
          onChange('');
          setTyped('');
        }}
      />
    </span>
  );
}
