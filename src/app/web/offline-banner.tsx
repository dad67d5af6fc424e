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
    const late = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => {
      clearTimeout(late);
      setShown(false);
      void queries.invalidateQueries();
    };
  }, [reachable, queries]);
  return <div role="status" className={shown ? css.offline : undefined}>{shown && t('offline')}</div>;
};
