import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { expect } from 'vitest';
import type { Seen } from '../../features/huddle/domain/present';
import { huddleLive } from '../../features/huddle/live-http';
import type { Joined, Message, Outcome, SentOperation } from '../../features/huddle/live-contract';
import { createRooms } from '../../features/huddle/live/rooms';
import type { Services } from '../../platform/rpc/context';

/** A device at one of the servers, as the page is one: it keeps what it is told and every byte of it. */
export type ServedDevice = { pass: string; bytes: string[]; entities: Record<string, Seen>; seq: number; kinds: string[]; drop(): void; seen(what: (device: ServedDevice) => boolean): Promise<void>; come(after?: number): Promise<void>; act(...operations: (SentOperation | { id: string; operation: SentOperation })[]): Promise<Outcome[]> };

const take = (device: ServedDevice, message: Message): void => {
  if (message.t !== 'presence') device.kinds.push(message.t);
  if (message.t === 'snapshot') [device.entities, device.seq] = [message.entities, message.seq];
  if (message.t !== 'delta') return;
  expect(message.from).toBe(device.seq);
  device.seq = message.seq;
  for (const [key, value] of Object.entries(message.changed)) if (value === null) delete device.entities[key]; else device.entities[key] = value;
};

export const head = (device: ServedDevice) => device.entities['head'] as { phase: string; at: number; steps: { id: string; kind: string }[]; revealed: string[]; code: string; clock: object };
export const stepOf = (device: ServedDevice, kind: string): string => head(device).steps.find((step) => step.kind === kind)?.id ?? '';
export const placeOf = (device: ServedDevice, kind: string): number => head(device).steps.findIndex((step) => step.kind === kind);
export const notesOf = (device: ServedDevice): string[] => Object.entries(device.entities).flatMap(([key, value]) => (key.startsWith('note/') && value ? [String(value['text'])] : [])).toSorted();

/** Two servers of one database, which know of each other only through it, and devices at either. */
export const huddleServers = (services: Services) => {
  const servers = [0, 1].map(() => { const rooms = createRooms(services); return { rooms, live: huddleLive(services, rooms) }; });
  const devices: ServedDevice[] = [];
  const live = (server: number) => servers[server]?.live as Hono;
  const deviceOf = async (pass: string, server = 0): Promise<ServedDevice> => {
    const headers = { authorization: `Bearer ${pass}`, 'content-type': 'application/json' };
    let away = new AbortController();
    const device: ServedDevice = {
      pass, bytes: [], entities: {}, seq: -1, kinds: [],
      drop: () => away.abort(),
      seen: async (what) => { for (let tries = 0; !what(device); tries += 1) { if (tries > 400) throw new Error(`never seen; at ${device.seq}`); await new Promise((done) => setTimeout(done, 25)); } },
      come: async (after = -1) => {
        away = new AbortController();
        const response = await live(server).request(`/stream?after=${after}`, { headers, signal: away.signal });
        expect(response.status).toBe(200);
        const reader = (response.body as ReadableStream<Uint8Array>).getReader();
        away.signal.addEventListener('abort', () => void reader.cancel());
        const decoder = new TextDecoder();
        let rest = '';
        void (async () => {
          for (let part = await reader.read(); !part.done; part = await reader.read()) {
            const text = decoder.decode(part.value, { stream: true });
            device.bytes.push(text);
            const events = (rest + text).split('\n\n');
            rest = events.pop() ?? '';
            for (const event of events) take(device, JSON.parse(event.slice(6)) as Message);
          }
        })().catch(() => undefined);
        await device.seen(() => device.kinds.includes('hello') && device.seq >= 0);
      },
      act: async (...operations) => {
        const response = await live(server).request('/operations', { method: 'POST', headers, body: JSON.stringify({ operations: operations.map((each) => ('id' in each ? each : { id: randomUUID(), operation: each })) }) });
        expect(response.status).toBe(200);
        const { saved } = (await response.json()) as { saved: Outcome[] };
        device.bytes.push(JSON.stringify(saved));
        return saved;
      },
    };
    devices.push(device);
    await device.come();
    return device;
  };
  const join = async (code: string, name: string, does: string): Promise<Joined> => {
    const response = await live(0).request('/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name, function: does }) });
    expect(response.status).toBe(200);
    return (await response.json()) as Joined;
  };
  const stop = async (): Promise<void> => {
    for (const device of devices) device.drop();
    for (const { rooms } of servers) await rooms.stop();
  };
  return { live, deviceOf, join, stop };
};
