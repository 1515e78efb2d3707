import type { IncomingMessage } from 'node:http';

/** The request is larger than allowed; the rest was not read. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The client went away before its request was whole. */
export class BodyAbortedError extends Error {
  override readonly name = 'BodyAbortedError';
}

/** Reads a whole body. @param limit bytes. @throws BodyTooLargeError, BodyAbortedError */
export const readBody = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) reject(new BodyTooLargeError());
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(new BodyAbortedError()));
    request.once('close', () => reject(new BodyAbortedError()));
  });
