import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UnsignableError } from './blind-signature';

/** Signs off the main thread, so that five thousand pick-ups block nobody else's request. */
export type SigningPool = {
  /** @param privateDer PKCS#8. @throws UnsignableError as `blindSign` does. */
  sign(privateDer: Uint8Array, blinded: Uint8Array): Promise<Buffer>;
  stop(): Promise<void>;
};

type Waiting = { resolve(signature: Buffer): void; reject(error: Error): void };
type Reply = { id: number; signature?: Uint8Array; fault?: 'range' | 'other' };
type Seat = { worker: Worker; waiting: Map<number, Waiting> };

/**
 * The worker's program, as text: it then needs no file of its own, whether the server runs from source or from one bundle.
 * It is `blindSign` of blind-signature.ts again, with keys kept by their bytes; a test holds the two together.
 */
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
const crypto = require('node:crypto');
const NONE = crypto.constants.RSA_NO_PADDING;
const keys = new Map();
const keyFor = (der) => {
  const name = crypto.createHash('sha256').update(der).digest('base64');
  if (!keys.has(name)) {
    if (keys.size > 200) keys.clear();
    const privateKey = crypto.createPrivateKey({ key: Buffer.from(der), type: 'pkcs8', format: 'der' });
    const publicKey = crypto.createPublicKey(privateKey);
    keys.set(name, { privateKey, publicKey, modulus: Buffer.from(publicKey.export({ format: 'jwk' }).n, 'base64url') });
  }
  return keys.get(name);
};
parentPort.on('message', ({ id, privateDer, blinded }) => {
  try {
    const key = keyFor(privateDer);
    const input = Buffer.from(blinded);
    if (input.length !== key.modulus.length || Buffer.compare(input, key.modulus) >= 0) return parentPort.postMessage({ id, fault: 'range' });
    const signature = crypto.privateDecrypt({ key: key.privateKey, padding: NONE }, input);
    const back = crypto.publicEncrypt({ key: key.publicKey, padding: NONE }, signature);
    if (back.length !== input.length || !crypto.timingSafeEqual(back, input)) return parentPort.postMessage({ id, fault: 'other' });
    parentPort.postMessage({ id, signature });
  } catch {
    parentPort.postMessage({ id, fault: 'other' });
  }
});
`;

const settle = (seat: Seat, { id, signature, fault }: Reply): void => {
  const waiting = seat.waiting.get(id);
  seat.waiting.delete(id);
  if (signature) waiting?.resolve(Buffer.from(signature));
  else waiting?.reject(fault === 'range' ? new UnsignableError('message representative out of range') : new Error('signing failure'));
};

/** @param size threads; they start with the first ballot and do not keep the process alive. */
export const createSigningPool = (size = Math.max(1, Math.min(4, availableParallelism()))): SigningPool => {
  const seats: Seat[] = [];
  let next = 0;
  const seat = (): Seat => {
    const worker = new Worker(PROGRAM, { eval: true });
    worker.unref();
    const made: Seat = { worker, waiting: new Map() };
    worker.on('message', (reply: Reply) => settle(made, reply));
    const lost = () => {
      if (seats.includes(made)) seats.splice(seats.indexOf(made), 1);
      for (const { reject } of made.waiting.values()) reject(new Error('signing failure'));
      made.waiting.clear();
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    seats.push(made);
    return made;
  };
  return {
    sign: (privateDer, blinded) =>
      new Promise((resolve, reject) => {
        const least = seats.length < size ? seat() : seats.reduce((best, each) => (each.waiting.size < best.waiting.size ? each : best));
        next += 1;
        least.waiting.set(next, { resolve, reject });
        least.worker.postMessage({ id: next, privateDer, blinded });
      }),
    stop: async () => {
      await Promise.all(seats.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
};
