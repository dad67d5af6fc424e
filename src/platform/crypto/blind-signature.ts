import { constants, createPrivateKey, createPublicKey, generateKeyPair, privateDecrypt, publicEncrypt, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * The server's side of RSABSSA-SHA384-PSS-Randomized (RFC 9474). OpenSSL's raw private operation, which blinds internally
 * against timing, does in one millisecond what BigInt needs half a second for. Keys made here sign nothing else.
 */
export const KEY_BITS = 2048;
export const KEY_BYTES = KEY_BITS / 8;
const SALT_BYTES = 48;

/** What came to be signed cannot be: it has another length, or is not below the modulus. */
export class UnsignableError extends Error {
  override name = 'UnsignableError';
}

export type SigningKey = { privateKey: KeyObject; publicKey: KeyObject; modulus: Buffer };

/** A fresh pair for one leaf: PKCS#8 and SubjectPublicKeyInfo, both DER. */
export const generateBallotKey = async (): Promise<{ privateDer: Buffer; spki: Buffer }> => {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS, publicExponent: 65_537 });
  return { privateDer: pair.privateKey.export({ type: 'pkcs8', format: 'der' }), spki: pair.publicKey.export({ type: 'spki', format: 'der' }) };
};

export const publicKeyFrom = (spki: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' });

export const signingKeyFrom = (privateDer: Uint8Array): SigningKey => {
  const privateKey = createPrivateKey({ key: Buffer.from(privateDer), type: 'pkcs8', format: 'der' });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, modulus: Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url') };
};

/**
 * BlindSign (RFC 9474 section 4.3): range check, raw private operation, and the result checked back with the public key, since
 * a faulty signature could give the key away (section 7.1).
 * @throws UnsignableError for input of the wrong length or not below the modulus.
 */
export const blindSign = (key: SigningKey, blinded: Uint8Array): Buffer => {
  const input = Buffer.from(blinded);
  // Both have the same length, so comparing bytes compares the numbers.
  if (input.length !== key.modulus.length || Buffer.compare(input, key.modulus) >= 0) throw new UnsignableError('message representative out of range');
  const signature = privateDecrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, input);
  const back = publicEncrypt({ key: key.publicKey, padding: constants.RSA_NO_PADDING }, signature);
  if (back.length !== input.length || !timingSafeEqual(back, input)) throw new Error('signing failure');
  return signature;
};

/** RSASSA-PSS-VERIFY of an unblinded signature over prefix and context. */
export const verifyBallot = (publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha384', message, { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES }, signature);
