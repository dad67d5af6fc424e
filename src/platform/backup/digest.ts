import { createHash, createHmac } from 'node:crypto';

const MODULUS = 1n << 256n;

/**
 * Fingerprint of a table that does not depend on the order of its rows: the sum of every row's SHA-256. Rows are the
 * lines of COPY's text form, which escapes line breaks inside values. With a key the rows' HMAC is used, so that the
 * difference of two fingerprints says nothing about the rows between them.
 */
export class RowDigest {
  #sum = 0n;
  #rest: Buffer = Buffer.alloc(0);
  rows = 0;

  constructor(private readonly key?: Buffer) {}

  add(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
      const row = bytes.subarray(from, end);
      const hash = this.key ? createHmac('sha256', this.key).update(row) : createHash('sha256').update(row);
      this.#sum = (this.#sum + BigInt(`0x${hash.digest('hex')}`)) % MODULUS;
      this.rows += 1;
      from = end + 1;
    }
    this.#rest = Buffer.from(bytes.subarray(from));
  }

  get value(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
