import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FileFault, type FileFaultCode } from '../../../platform/files/limits';
import { talkingThread } from '../../../platform/threads/talking-thread';
import type { Mapping } from '../domain/mapping';
import { planSession, type Known, type PlanAsk, type Planned, type PreviewView } from './plan-session';

/** Reads and plans one file off the main thread, so that a list of 50,000 people delays nobody's request. Ask one thing after the other. */
export type Planner = {
  /** The headings. @throws FileFault */
  read(bytes: Uint8Array): Promise<string[]>;
  preview(mapping: Mapping | undefined, chosen: boolean, of: Known): Promise<PreviewView>;
  plan(mapping: Mapping, of: Known): Promise<Planned>;
  stop(): Promise<void>;
};

const besideBundle = (): string => fileURLToPath(new URL('./people-plan.worker.mjs', import.meta.url));

/** A file that takes all memory ends its own thread, and nothing else. */
const MOST_MEMORY_MB = 1_024;

/** @param file the built worker; without one (running from source) it is planned in this thread */
export const createPlanner = (file: string = besideBundle()): Planner => {
  if (!existsSync(file)) {
    const session = planSession();
    return { read: session.read, preview: async (...of) => session.preview(...of), plan: async (...of) => session.plan(...of), stop: async () => undefined };
  }
  const thread = talkingThread(file, MOST_MEMORY_MB);
  const ask = async <T>(what: PlanAsk): Promise<T> => {
    const { given, refused } = await thread.ask<T>(what);
    if (refused) throw new FileFault(refused[0] as FileFaultCode, refused[1]);
    return given as T;
  };
  return {
    read: (bytes) => ask({ what: 'read', bytes }),
    preview: (mapping, chosen, of) => ask({ what: 'preview', mapping, chosen, of }),
    plan: (mapping, of) => ask({ what: 'plan', mapping, of }),
    stop: thread.stop,
  };
};
