import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { blindSign, generateBallotKey, publicKeyFrom, signingKeyFrom, UnsignableError, verifyBallot } from './blind-signature';
import vectors from './rfc9474-vectors.json';
import { createSigningPool } from './signing-pool';

const hex = (text: string): Buffer => Buffer.from(text.replace(/^0x/, ''), 'hex');
const number = (value: bigint): string => {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
};

/** The vectors give p, q, n, e, d; OpenSSL also wants the three values derived from them. */
const keyOf = (vector: (typeof vectors)[number]): Buffer => {
  const [p, q, d] = [BigInt(vector.p), BigInt(vector.q), BigInt(vector.d)];
  const jwk = { kty: 'RSA', n: number(BigInt(vector.n)), e: 'AQAB', d: number(d), p: number(p), q: number(q), dp: number(d % (p - 1n)), dq: number(d % (q - 1n)), qi: number(power(q, p - 2n, p)) };
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' });
};

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};

const pool = createSigningPool(2);
afterAll(() => pool.stop());

describe('signing what cannot be seen', () => {
  it.each(vectors)('gives the bytes of RFC 9474 appendix A: $name', async (vector) => {
    const key = keyOf(vector);
    expect(blindSign(signingKeyFrom(key), hex(vector.blinded_msg)).toString('hex')).toBe(vector.blind_sig);
    expect((await pool.sign(key, hex(vector.blinded_msg))).toString('hex')).toBe(vector.blind_sig);
  });

  it('verifies the signature of the randomized PSS vector, and no changed byte, message or length', () => {
    const vector = vectors.find((each) => each.name === 'RSABSSA-SHA384-PSS-Randomized');
    if (!vector) throw new Error('vector missing');
    const { publicKey } = signingKeyFrom(keyOf(vector));
    const [message, signature] = [hex(vector.input_msg), hex(vector.sig)];
    expect(verifyBallot(publicKey, message, signature)).toBe(true);
    for (const at of [0, 100, 511]) {
      const changed = Buffer.from(signature);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifyBallot(publicKey, message, changed)).toBe(false);
    }
    expect(verifyBallot(publicKey, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false);
  });

  it('refuses another length and numbers not below the modulus, on both paths, and goes on signing', async () => {
    const { privateDer } = await generateBallotKey();
    const key = signingKeyFrom(privateDer);
    const over = Buffer.alloc(256, 255);
    for (const bad of [Buffer.alloc(0), Buffer.alloc(255, 1), Buffer.alloc(257, 1), over, key.modulus]) {
      expect(() => blindSign(key, bad)).toThrow(UnsignableError);
      await expect(pool.sign(privateDer, bad)).rejects.toThrow(UnsignableError);
    }
    const good = Buffer.concat([Buffer.alloc(1), randomBytes(255)]);
    expect(await pool.sign(privateDer, good)).toEqual(blindSign(key, good));
  });

  it('fails without ending the pool when the key is broken', async () => {
    await expect(pool.sign(Buffer.from('no key'), Buffer.alloc(256, 1))).rejects.toThrow('signing failure');
  });

  it('serves @cloudflare/blindrsa-ts as client, under a key of its own making only', async () => {
    const { privateDer, spki } = await generateBallotKey();
    const other = await generateBallotKey();
    const suite = RSABSSA.SHA384.PSS.Randomized();
    const imported = await crypto.subtle.importKey('spki', new Uint8Array(spki), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
    for (let round = 0; round < 5; round += 1) {
      const message = suite.prepare(new TextEncoder().encode('lockstep-ballot-1|wave|leaf'));
      const { blindedMsg, inv } = await suite.blind(imported, message);
      const signed = await pool.sign(privateDer, blindedMsg);
      const signature = await suite.finalize(imported, message, new Uint8Array(signed), inv);
      expect(verifyBallot(publicKeyFrom(spki), message, signature)).toBe(true);
      expect(verifyBallot(publicKeyFrom(other.spki), message, signature)).toBe(false);
    }
  }, 60_000);
});
