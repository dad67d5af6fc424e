declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** Bytes of COPY … TO STDOUT. */
  export function to(sql: string): Readable & Submittable;
  /** Takes the bytes of COPY … FROM STDIN. */
  export function from(sql: string): Writable & Submittable;
}
