import { setTimeout as pause } from 'node:timers/promises';

export interface KillLoop<Running> {
  rounds: number;
  /** Callers writing at the same time. */
  writers: number;
  /** Brings the whole thing up, or back up. */
  start(): Promise<Running>;
  /** Kills with signal 9 and waits until the process is gone. */
  kill(running: Running): Promise<void>;
  /**
   * One write with an id of its own. Resolves true only when the server acknowledged it; throws or resolves false
   * when the outcome is unknown.
   */
  write(running: Running, id: string): Promise<boolean>;
  /** Acknowledgements to wait for in each round, so that a slow machine is not killed before it wrote anything. */
  least: number;
  /** Milliseconds of writing after those, before the kill. */
  after(round: number): number;
  newId(): string;
  /** Whether ids of unknown outcome are sent again after the restart, as a person's device would; only where a repeat is harmless. */
  resend: boolean;
}

export interface KillLoopResult<Running> {
  kills: number;
  acknowledged: Set<string>;
  /** Sent, but killed before an answer: each must be wholly there or wholly absent. */
  unknown: Set<string>;
  /** The last one started, still running. */
  running: Running;
}

/**
 * Kills a server again and again while callers write, and keeps what it acknowledged.
 */
export const killLoop = async <Running>(loop: KillLoop<Running>): Promise<KillLoopResult<Running>> => {
  const acknowledged = new Set<string>();
  const unknown = new Set<string>();
  let running = await loop.start();
  let kills = 0;
  for (let round = 0; round < loop.rounds; round += 1) {
    const state = { stop: false };
    const again = loop.resend ? [...unknown].slice(0, loop.writers) : [];
    const writer = async (first: string | undefined): Promise<void> => {
      for (let id = first ?? loop.newId(); !state.stop; id = loop.newId()) {
        unknown.add(id);
        const done = await loop.write(running, id).catch(() => false);
        if (!done) {
          // A database that was just killed may look ready for a moment; whoever is refused then tries something new.
          await pause(20);
          continue;
        }
        unknown.delete(id);
        acknowledged.add(id);
      }
    };
    const writing = Array.from({ length: loop.writers }, (_, at) => writer(again[at]));
    const goal = acknowledged.size + loop.least;
    for (const deadline = Date.now() + 60_000; acknowledged.size < goal && Date.now() < deadline; ) await pause(10);
    await pause(loop.after(round));
    await loop.kill(running);
    state.stop = true;
    kills += 1;
    await Promise.all(writing);
    running = await loop.start();
  }
  return { kills, acknowledged, unknown, running };
};
