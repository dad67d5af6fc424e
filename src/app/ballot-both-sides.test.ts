import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { ballotContext } from '../features/assessment/domain/ballot';
import { ballotContext as contextOnThePage, ballotKeyIn, blind, finish, newBallot } from '../features/assessment/web/answer/ballot';
import { generateBallotKey, publicKeyFrom, verifyBallot } from '../platform/crypto/blind-signature';
import vectors from '../platform/crypto/rfc9474-vectors.json';
import { createSigningPool } from '../platform/crypto/signing-pool';

/** The page's half and the server's half of a blind ballot, held against the RFC and against each other. */

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/^0x/, ''), 'hex'));
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const pool = createSigningPool(1);
afterAll(() => pool.stop());

/** The RFC gives the inverse of the blinding factor; the page takes the factor. */
const inverted = (value: bigint, modulus: bigint): bigint => {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
};

describe('the page', () => {
  test.each(vectors)('blinds and finishes to the bytes of RFC 9474 appendix A: $name', (vector) => {
    const key = { n: BigInt(vector.n), e: BigInt(vector.e) };
    const made = blind(key, bytes(vector.input_msg), bytes(vector.salt), inverted(BigInt(vector.inv), key.n));
    expect(Buffer.from(made.blinded).toString('hex')).toBe(vector.blinded_msg);
    expect(made.inverse).toBe(BigInt(vector.inv));
    expect(Buffer.from(finish(key, bytes(vector.input_msg), bytes(vector.blind_sig), made.inverse, Number(vector.sLen))).toString('hex')).toBe(vector.sig);
    const changed = bytes(vector.blind_sig);
    changed[9] = (changed[9] ?? 0) ^ 1;
    expect(() => finish(key, bytes(vector.input_msg), changed, made.inverse, Number(vector.sLen))).toThrow('invalid signature');
  });
});

describe('page and server', () => {
  test('mean the same by a ballot', () => {
    expect(Buffer.from(contextOnThePage('w', 'sales/North')).toString()).toBe(ballotContext('w', 'sales/North'));
  });

  test('sign and accept twenty ballots, none of which counts under another leaf, wave or key', async () => {
    const [own, other] = [await generateBallotKey(), await generateBallotKey()];
    const key = ballotKeyIn(new Uint8Array(own.spki));
    for (let round = 0; round < 20; round += 1) {
      const ballot = newBallot(key, 'wave', 'sales', random);
      const signature = finish(key, ballot.message, new Uint8Array(await pool.sign(own.privateDer, ballot.blinded)), ballot.inverse);
      const message = (wave: string, leaf: string) => Buffer.concat([ballot.prefix, Buffer.from(ballotContext(wave, leaf))]);
      expect(verifyBallot(publicKeyFrom(own.spki), message('wave', 'sales'), signature)).toBe(true);
      expect(verifyBallot(publicKeyFrom(own.spki), message('wave', 'marketing'), signature)).toBe(false);
      expect(verifyBallot(publicKeyFrom(own.spki), message('other', 'sales'), signature)).toBe(false);
      expect(verifyBallot(publicKeyFrom(other.spki), message('wave', 'sales'), signature)).toBe(false);
    }
  });

  test('see nothing of each other: what the server signed is not what it receives', async () => {
    const own = await generateBallotKey();
    const key = ballotKeyIn(new Uint8Array(own.spki));
    const ballot = newBallot(key, 'wave', 'sales', random);
    const signed = await pool.sign(own.privateDer, ballot.blinded);
    const signature = Buffer.from(finish(key, ballot.message, new Uint8Array(signed), ballot.inverse));
    expect(signature.equals(signed)).toBe(false);
    expect(signature.equals(Buffer.from(ballot.blinded))).toBe(false);
  });
});
