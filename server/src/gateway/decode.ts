import { TextDecoder } from 'node:util';

/**
 * Bytes of an answer as text. The charset of the HTTP header is ignored: it says windows-1251 over bodies that are UTF-8.
 * Damaged or old bodies fall back to windows-1251, which maps every byte; attributes are ASCII, so the verdict of an
 * answer never depends on this choice, only its human sentence does. A byte order mark is dropped.
 */
export const decodeBody = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the only error a fatal decoder has.
    return new TextDecoder('windows-1251').decode(bytes);
  }
};
