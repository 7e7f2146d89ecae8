import styles from './skeleton.module.css';

/** Still bars where figures will stand; shown only when a reading takes its time. */
export function Skeleton(props: { readonly rows: 2 | 3 | 4 | 5 }) {
  return (
    <div className={styles.bars} aria-hidden="true">
      {Array.from({ length: props.rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars have nothing else.
        <div key={index} className={styles.bar} />
      ))}
    </div>
  );
}
