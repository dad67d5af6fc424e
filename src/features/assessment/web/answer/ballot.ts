import { sha384 } from '@noble/hashes/sha2.js';
import { bitLength, inverseMod, joined, powerMod, toBytes, toNumber } from './rsa';

/**
 * The respondent's side of a blind ballot: RSABSSA-SHA384-PSS-Randomized (RFC 9474 §4, §5), 2048 bit, e = 65537. The server signs
 * without seeing what it signs, and later recognises its signature without knowing to whom it was given.
 */
export type BallotKey = { n: bigint; e: bigint };

const HASH_BYTES = 48;
const SALT_BYTES = 48;
/** The ballot's serial (RFC 9474 §4.1, PrepareRandomize). */
export const PREFIX_BYTES = 32;
const KEY_BITS = 2048;

/** What a ballot is for; the server rebuilds it from its own leaf row. */
export const ballotContext = (wave: string, leaf: string): Uint8Array => new TextEncoder().encode(`lockstep-ballot-1|${wave}|${leaf}`);

/** DER header of a SubjectPublicKeyInfo that holds a 2048-bit modulus and a three-byte exponent (RFC 8017 A.1, RFC 3279 §2.3.1). */
const SPKI_HEAD = '30820122300d06092a864886f70d01010105000382010f003082010a0282010100';
const SPKI_TAIL = '0203010001';

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The key in a SubjectPublicKeyInfo. @throws RangeError unless it is 2048 bit with e = 65537 */
export const ballotKeyIn = (spki: Uint8Array): BallotKey => {
  const hex = hexOf(spki);
  if (hex.length !== SPKI_HEAD.length + KEY_BITS / 4 + SPKI_TAIL.length || !hex.startsWith(SPKI_HEAD) || !hex.endsWith(SPKI_TAIL)) throw new RangeError('not a 2048-bit ballot key');
  const n = BigInt(`0x${hex.slice(SPKI_HEAD.length, -SPKI_TAIL.length)}`);
  if (bitLength(n) !== KEY_BITS || (n & 1n) === 0n) throw new RangeError('not a 2048-bit ballot key');
  return { n, e: 65537n };
};

/** MGF1 (RFC 8017 B.2.1). */
const mask = (seed: Uint8Array, length: number): Uint8Array => {
  let bytes = new Uint8Array(0);
  for (let counter = 0; bytes.length < length; counter += 1) bytes = Uint8Array.from([...bytes, ...sha384(joined(seed, toBytes(BigInt(counter), 4)))]);
  return bytes.slice(0, length);
};

const xored = (bytes: Uint8Array, other: Uint8Array): Uint8Array => bytes.map((byte, at) => byte ^ (other[at] ?? 0));

const saltedHash = (message: Uint8Array, salt: Uint8Array): Uint8Array => sha384(joined(new Uint8Array(8), sha384(message), salt));

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1) with SHA-384, MGF1-SHA-384. */
export const pssEncode = (message: Uint8Array, salt: Uint8Array, bits: number): Uint8Array => {
  const length = Math.ceil(bits / 8);
  const hash = saltedHash(message, salt);
  const padding = new Uint8Array(length - salt.length - HASH_BYTES - 2);
  const block = xored(joined(padding, Uint8Array.of(1), salt), mask(hash, length - HASH_BYTES - 1));
  block[0] = (block[0] ?? 0) & (255 >> (8 * length - bits));
  return joined(block, hash, Uint8Array.of(0xbc));
};

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2), by taking the salt out and encoding again. */
const pssFits = (message: Uint8Array, encoded: Uint8Array, bits: number, saltLength: number): boolean => {
  const blockLength = encoded.length - HASH_BYTES - 1;
  const block = xored(encoded.slice(0, blockLength), mask(encoded.slice(blockLength, -1), blockLength));
  const again = pssEncode(message, block.slice(blockLength - saltLength), bits);
  return again.every((byte, at) => byte === encoded[at]);
};

/** Whether a signature holds for a message (RSASSA-PSS-VERIFY, RFC 8017 §8.1.2). */
export const isSigned = (key: BallotKey, message: Uint8Array, signature: Uint8Array, saltLength = SALT_BYTES): boolean => {
  const bits = bitLength(key.n) - 1;
  const number = toNumber(signature);
  return number < key.n && pssFits(message, toBytes(powerMod(number, key.e, key.n), Math.ceil(bits / 8)), bits, saltLength);
};

export type Blinded = { blinded: Uint8Array; inverse: bigint };

/**
 * Blind (RFC 9474 §4.2). `message` is prefix || context; `factor` uniform in [1, n).
 * @throws Error when message or factor cannot be used with this key; draw a new factor then
 */
export const blind = (key: BallotKey, message: Uint8Array, salt: Uint8Array, factor: bigint): Blinded => {
  const encoded = toNumber(pssEncode(message, salt, bitLength(key.n) - 1));
  const inverse = inverseMod(factor, key.n);
  if (inverse === undefined || inverseMod(encoded, key.n) === undefined) throw new Error('blinding error');
  return { blinded: toBytes((encoded * powerMod(factor, key.e, key.n)) % key.n, Math.ceil(bitLength(key.n) / 8)), inverse };
};

/** Finalize (RFC 9474 §4.4): the signature on `message`. @throws Error when the server did not sign what it was given */
export const finish = (key: BallotKey, message: Uint8Array, blindSignature: Uint8Array, inverse: bigint, saltLength = SALT_BYTES): Uint8Array => {
  const length = Math.ceil(bitLength(key.n) / 8);
  if (blindSignature.length !== length) throw new Error('unexpected input size');
  const signature = (toNumber(blindSignature) * inverse) % key.n;
  const bytes = toBytes(signature, length);
  if (!isSigned(key, message, bytes, saltLength)) throw new Error('invalid signature');
  return bytes;
};

/** Random bytes; `getRandomValues` exists on plain http too. */
export type Random = (length: number) => Uint8Array;
export const browserRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

export type SealedBallot = { prefix: Uint8Array; message: Uint8Array } & Blinded;

/** A new ballot for one leaf of a wave, ready to be signed unseen. */
export const newBallot = (key: BallotKey, wave: string, leaf: string, random: Random = browserRandom): SealedBallot => {
  const prefix = random(PREFIX_BYTES);
  const message = joined(prefix, ballotContext(wave, leaf));
  const salt = random(SALT_BYTES);
  for (;;) {
    const factor = toNumber(random(KEY_BITS / 8));
    if (factor > 0n && factor < key.n) return { prefix, message, ...blind(key, message, salt, factor) };
  }
};
