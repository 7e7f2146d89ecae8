import { useCallback, useEffect, useState } from 'react';
import { type Address, parseAddress, writeAddress } from '../data/address.ts';

/** The place that is shown and a way to another; what is not named stays as it is. */
export function useAddress(): readonly [Address, (change: Partial<Address>) => void] {
  const [address, setAddress] = useState(() => parseAddress(location.hash));
  useEffect(() => {
    const follow = (): void => setAddress(parseAddress(location.hash));
    window.addEventListener('popstate', follow);
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('popstate', follow);
      window.removeEventListener('hashchange', follow);
    };
  }, []);
  const go = useCallback((change: Partial<Address>): void => {
    const before = parseAddress(location.hash);
    const isOtherPage = change.page !== undefined && change.page !== before.page;
    // What was chosen on one page says nothing on another; the filter holds on all of them.
    const kept = isOtherPage ? { session: null, chosen: null, pick: {} } : {};
    const next = { ...before, ...kept, ...change };
    const hash = writeAddress(next);
    // Typing in the search field must not fill the way back with every letter.
    const isOtherPlace = isOtherPage || next.session !== before.session;
    if (isOtherPlace) history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
    setAddress(next);
  }, []);
  return [address, go];
}
