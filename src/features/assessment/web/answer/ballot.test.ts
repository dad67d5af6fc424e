import { constants, generateKeyPairSync, privateDecrypt, randomBytes, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { ballotContext, ballotKeyIn, blind, finish, newBallot } from './ballot';
import { joined, toBytes, toNumber } from './rsa';

const vectorFile = join(process.env.LOCKSTEP_REFERENCE_DATA ?? '', 'rfc9474-vectors.json');
type Vector = { name: string; n: string; e: string; d: string; input_msg: string; salt: string; sLen: string; inv: string; blinded_msg: string; blind_sig: string; sig: string };
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replace(/^0x/, ''), 'hex'));
const vectors: Vector[] = existsSync(vectorFile) ? (JSON.parse(readFileSync(vectorFile, 'utf8')) as Vector[]) : [];

describe.runIf(vectors.length > 0)('RFC 9474 appendix A (skipped without LOCKSTEP_REFERENCE_DATA)', () => {
  it.each(vectors)('$name', (vector) => {
    const key = { n: BigInt(vector.n), e: BigInt(vector.e) };
    const inverse = BigInt(vector.inv);
    // The RFC gives the factor's inverse; inverting it again gives the factor.
    const factor = modularInverse(inverse, key.n);
    const made = blind(key, bytes(vector.input_msg), bytes(vector.salt), factor);
    expect(made.inverse).toBe(inverse);
    expect(Buffer.from(made.blinded).toString('hex')).toBe(Buffer.from(bytes(vector.blinded_msg)).toString('hex'));
    const signature = finish(key, bytes(vector.input_msg), bytes(vector.blind_sig), inverse, bytes(vector.salt).length);
    expect(Buffer.from(signature).toString('hex')).toBe(Buffer.from(bytes(vector.sig)).toString('hex'));
  });
});

const modularInverse = (number: bigint, modulus: bigint): bigint => {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
};

describe('a ballot', () => {
  let keys: { publicKey: KeyObject; privateKey: KeyObject };
  let spki: Uint8Array;
  beforeAll(() => {
    keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    spki = new Uint8Array(keys.publicKey.export({ type: 'spki', format: 'der' }));
  });
  const sign = (blinded: Uint8Array) => new Uint8Array(privateDecrypt({ key: keys.privateKey, padding: constants.RSA_NO_PADDING }, blinded));
  const accepted = (message: Uint8Array, signature: Uint8Array) =>
    verify('sha384', message, { key: keys.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature);

  it('is signed unseen and accepted by OpenSSL and by another implementation', async () => {
    const key = ballotKeyIn(spki);
    const ballot = newBallot(key, 'wave', 'sales/North', (length) => new Uint8Array(randomBytes(length)));
    const signature = finish(key, ballot.message, sign(ballot.blinded), ballot.inverse);
    expect(accepted(ballot.message, signature)).toBe(true);
    expect(accepted(joined(ballot.prefix, ballotContext('wave', 'sales/South')), signature)).toBe(false);
    const suite = RSABSSA.SHA384.PSS.Randomized();
    // The library wants an RSA-PSS CryptoKey of the same numbers.
    const webKey = await crypto.subtle.importKey('spki', Buffer.from(spki), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
    expect(await suite.verify(webKey, signature, ballot.message)).toBe(true);
  });

  it('refuses what the server did not sign', () => {
    const key = ballotKeyIn(spki);
    const ballot = newBallot(key, 'wave', 'sales', (length) => new Uint8Array(randomBytes(length)));
    const other = newBallot(key, 'wave', 'sales', (length) => new Uint8Array(randomBytes(length)));
    expect(() => finish(key, ballot.message, sign(other.blinded), ballot.inverse)).toThrow('invalid signature');
    expect(() => finish(key, ballot.message, sign(ballot.blinded).slice(1), ballot.inverse)).toThrow('unexpected input size');
  });

  it('takes only 2048-bit keys with e = 65537', () => {
    expect(ballotKeyIn(spki).n).toBe(toNumber(Buffer.from(keys.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')));
    const spkiOf = (options: { modulusLength: number; publicExponent?: number }) =>
      new Uint8Array(generateKeyPairSync('rsa', options).publicKey.export({ type: 'spki', format: 'der' }));
    expect(() => ballotKeyIn(spkiOf({ modulusLength: 1024 }))).toThrow(RangeError);
    expect(() => ballotKeyIn(spkiOf({ modulusLength: 2048, publicExponent: 3 }))).toThrow(RangeError);
    expect(() => ballotKeyIn(spki.slice(1))).toThrow(RangeError);
    expect(() => toBytes(256n, 1)).toThrow(RangeError);
  });
});
