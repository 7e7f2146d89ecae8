import { useEffect, useState } from 'react';

/** True once `isActive` has been true for `delayMs` without a break: what is quick draws no skeleton. */
export function useLate(isActive: boolean, delayMs = 150): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isActive) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => clearTimeout(timer);
  }, [isActive, delayMs]);
  return isActive && isLate;
}
