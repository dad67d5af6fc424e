/** Whole-number arithmetic for RSA on BigInt: WebCrypto is missing on plain http, and has no blind signatures anywhere. */

/** OS2IP (RFC 8017 §4.2), big-endian. */
export const toNumber = (bytes: Uint8Array): bigint => {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
};

/** I2OSP (RFC 8017 §4.1). @throws RangeError when the number needs more than `length` bytes */
export const toBytes = (number: bigint, length: number): Uint8Array => {
  const hex = number.toString(16).padStart(2 * length, '0');
  if (hex.length > 2 * length) throw new RangeError('number too large');
  return Uint8Array.from({ length }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
};

export const bitLength = (number: bigint): number => number.toString(2).length;

export const powerMod = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};

/** Inverse by the extended Euclidean algorithm; undefined when the two share a factor. */
export const inverseMod = (number: bigint, modulus: bigint): bigint | undefined => {
  let [coefficient, nextCoefficient] = [0n, 1n];
  let [remainder, nextRemainder] = [modulus, number % modulus];
  while (nextRemainder > 0n) {
    const quotient = remainder / nextRemainder;
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
    [remainder, nextRemainder] = [nextRemainder, remainder - quotient * nextRemainder];
  }
  if (remainder !== 1n) return undefined;
  return coefficient < 0n ? coefficient + modulus : coefficient;
};

export const joined = (...parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
