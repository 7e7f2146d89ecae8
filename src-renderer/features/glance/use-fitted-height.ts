import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Reports an element's height in whole CSS pixels, at once and whenever it changes. */
export function useFittedHeight<E extends HTMLElement>(
  report: (height: number) => void,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  const latest = useRef(report);
  latest.current = report;
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let reported = 0;
    const measure = (): void => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      if (height === reported || height === 0) return;
      reported = height;
      latest.current(height);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return ref;
}
