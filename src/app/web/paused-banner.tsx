import { useEffect, useState, useSyncExternalStore } from 'react';
import { writing } from '../../browser/writing';
import css from './shell.module.css';
import { t } from './text';

/** Says for as long as the server only reads that nothing new is saved, and why; afterwards, once, that it is again. */
export const PausedBanner = () => {
  const paused = useSyncExternalStore(writing.subscribe, writing.paused);
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (paused) return setWas(true);
    const read = setTimeout(() => setWas(false), 6_000);
    return () => clearTimeout(read);
  }, [paused]);
  return <div role="status" className={paused || was ? css.paused : undefined}>{paused ? t('paused') : was && t('paused.over')}</div>;
};
