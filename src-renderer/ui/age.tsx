import { useNow } from '../data/clock.ts';
import { useFormat } from '../data/format-context.ts';

/** How long ago something was; the only part of a row that is drawn again each second. */
export function Age(props: { readonly at: number }) {
  const now = useNow();
  return useFormat().age(props.at, now).text;
}
