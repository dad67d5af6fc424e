import { ORPCError } from '@orpc/client';
import { WRITING_HEADER } from '../lib/writing';
import { noteUnreachable } from './connection';
import { noteWriting } from './writing';

type Refused = { code?: string; status?: number; message?: string; data?: unknown };

const parsed = (text: string): Refused => {
  try {
    return JSON.parse(text) as Refused;
  } catch {
    return {};
  }
};

/**
 * Sends a file as a request's body and says how much has gone.
 * @param onSent share between 0 and 1
 * @throws ORPCError as the calls do; another Error when the server was not reached or the sending was stopped
 */
export const sendFile = (address: string, file: File, onSent: (share: number) => void, signal?: AbortSignal): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.upload.onprogress = (event) => event.lengthComputable && onSent(event.loaded / event.total);
    request.onload = () => {
      noteWriting(request.getResponseHeader(WRITING_HEADER));
      const answer = parsed(request.responseText);
      if (request.status < 300) resolve(answer);
      else reject(new ORPCError(answer.code ?? 'UPLOAD_FAILED', { status: request.status, message: answer.message ?? request.statusText, data: answer.data }));
    };
    request.onerror = () => {
      noteUnreachable();
      reject(new Error('unreachable'));
    };
    request.onabort = () => reject(new Error('stopped'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
