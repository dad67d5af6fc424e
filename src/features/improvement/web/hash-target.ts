import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Brings what the address names into view once it is there: what ⌘K found is read after its page opened. What is folded away is unfolded. */
export const useHashTarget = (isThere: boolean): void => {
  const { hash } = useLocation();
  useEffect(() => {
    const target = isThere && hash ? document.getElementById(hash) : null;
    const folded = target?.closest('details');
    if (folded) folded.open = true;
    target?.scrollIntoView({ block: 'center' });
  }, [hash, isThere]);
};
