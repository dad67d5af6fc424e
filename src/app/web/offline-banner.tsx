import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { connection } from '../../browser/connection';
import css from './shell.module.css';
import { t } from './text';

const PATIENCE_MS = 2_000;

/** Says after two seconds that the server cannot be reached, and reads everything anew once it can. */
export const OfflineBanner = () => {
  const reachable = useSyncExternalStore(connection.subscribe, connection.reachable);
  const queries = useQueryClient();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (reachable) return;
    let told = false;
    const late = setTimeout(() => {
      told = true;
      setShown(true);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(late);
      setShown(false);
      // A moment's gap is bridged by each query's own tries; reading all anew after each would never end where one call alone gets no answer.
      if (told) void queries.invalidateQueries();
    };
  }, [reachable, queries]);
  return <div role="status" className={shown ? css.offline : undefined}>{shown && t('offline')}</div>;
};
