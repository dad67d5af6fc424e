import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { faultOf } from '../../../../browser/rpc';
import { assessmentCalls, assessmentClient } from '../calls';
import type { Setup, Wave } from './wave-state';

export type Saving = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';
type Change = { name?: string; setup?: Partial<Setup> };

export type Draft = {
  name: string;
  setup: Setup;
  version: number;
  saving: Saving;
  fault: unknown;
  rename(name: string): void;
  change(setup: Partial<Setup>): void;
  /** Saves what is waiting. @returns whether everything is on the server now */
  flush(): Promise<boolean>;
  /** After somebody else's change: take theirs, or put one's own fields over it. */
  takeTheirs(): Promise<void>;
  keepMine(): Promise<void>;
};

const PAUSE_MS = 500;
const isEmpty = ({ name, setup }: Change) => name === undefined && Object.keys(setup ?? {}).length === 0;
const over = (base: Change, later: Change): Change => ({ ...base, ...later, setup: { ...base.setup, ...later.setup } });

/** A draft that saves itself: only changed fields travel, one save at a time, and what could not be saved stays. */
export const useDraft = (workspace: string, wave: Wave): Draft => {
  const queries = useQueryClient();
  const [shown, setShown] = useState({ name: wave.name, setup: wave.setup });
  const [saving, setSaving] = useState<Saving>('saved');
  const [fault, setFault] = useState<unknown>(null);
  const [version, setVersion] = useState(wave.version);
  const seen = useRef(wave.version);
  const pending = useRef<Change>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef<Promise<boolean> | null>(null);

  const accept = useCallback(
    (saved: Wave) => {
      seen.current = saved.version;
      setVersion(saved.version);
      queries.setQueryData(assessmentCalls.wave.queryKey({ input: { workspace, wave: wave.id } }), saved);
    },
    [queries, workspace, wave.id],
  );

  const send = useCallback(async (): Promise<boolean> => {
    const sent = pending.current;
    if (isEmpty(sent)) return true;
    pending.current = {};
    setSaving('saving');
    try {
      const saved = await assessmentClient.updateWave({ workspace, wave: wave.id, version: seen.current, ...sent });
      accept(saved);
      void queries.invalidateQueries({ queryKey: assessmentCalls.plan.key() });
      void queries.invalidateQueries({ queryKey: assessmentCalls.waves.key() });
      setFault(null);
      if (isEmpty(pending.current)) {
        // What the server made of it, for example the tools of another questionnaire.
        setShown({ name: saved.name, setup: saved.setup });
        setSaving('saved');
      }
      return true;
    } catch (error) {
      pending.current = over(sent, pending.current);
      setFault(error);
      setSaving(faultOf(error).code === 'CHANGED_MEANWHILE' ? 'conflict' : 'failed');
      return false;
    }
  }, [accept, queries, workspace, wave.id]);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (busy.current) if (!(await busy.current)) return false;
    if (isEmpty(pending.current)) return true;
    busy.current = send().finally(() => (busy.current = null));
    return (await busy.current) && flush();
  }, [send]);

  const add = useCallback(
    (made: Change) => {
      pending.current = over(pending.current, made);
      setShown((before) => ({ name: made.name ?? before.name, setup: { ...before.setup, ...made.setup } }));
      setSaving((now) => (now === 'conflict' ? now : 'waiting'));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush],
  );

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (!isEmpty(pending.current) || busy.current) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
      void flush();
    };
  }, [flush]);

  const theirs = useCallback(async () => {
    const latest = await assessmentClient.wave({ workspace, wave: wave.id });
    accept(latest);
    return latest;
  }, [accept, workspace, wave.id]);

  return {
    ...shown, version, saving, fault, flush,
    rename: (name) => (name.trim() === '' ? setShown((before) => ({ ...before, name })) : add({ name })),
    change: (setup) => add({ setup }),
    takeTheirs: async () => {
      pending.current = {};
      const latest = await theirs();
      setShown({ name: latest.name, setup: latest.setup });
      setFault(null);
      setSaving('saved');
      void queries.invalidateQueries({ queryKey: assessmentCalls.plan.key() });
    },
    keepMine: async () => {
      await theirs();
      await flush();
    },
  };
};
