import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorCode } from './error-code';

/** Gives out campaign ids. They never repeat, not even after a restart: clients keep them as keys for years. */
export interface CampaignIds {
  next(): string;
}

/** Ids without a data directory count eighths of a millisecond from here, so a restart goes on above what was given out. */
const EPOCH_MS = Date.UTC(2024, 0, 1);
const IDS_PER_MS = 8;
/** Numbers taken from the file at once; a crash skips the rest of a block, a repeated id would be worse. */
const BLOCK = 1000;
/**
 * The first id of a new data directory: seconds since 2024, so that it fits 32 bits as the gateway's ids do, and lies above
 * those of a directory that was deleted (unless that one gave out more than one a second all along).
 */
const firstStored = (): number => Math.floor((Date.now() - EPOCH_MS) / 1_000);

/** Shared by all simulators of this process: a quick restart within one millisecond must not repeat an id either. */
let lastGiven = 0;

const byTime = (): CampaignIds => ({
  next() {
    lastGiven = Math.max(lastGiven + 1, (Date.now() - EPOCH_MS) * IDS_PER_MS);
    return String(lastGiven);
  },
});

const readCounter = (file: string): number => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return firstStored();
    throw cause;
  }
  const value = Number(text.trim());
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(
      `${file} must hold a positive whole number; delete it only if no client remembers old campaign ids.`,
    );
  }
  return value;
};

const byFile = (dataDir: string): CampaignIds => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'next-campaign-id');
  let next = readCounter(file);
  let reserved = next;
  return {
    next() {
      if (next >= reserved) {
        reserved = next + BLOCK;
        writeFileSync(`${file}.new`, `${String(reserved)}\n`);
        renameSync(`${file}.new`, file);
      }
      return String(next++);
    },
  };
};

/**
 * @param dataDir where the counter is kept; without it ids follow real time (never the simulated clock).
 * @throws when the directory cannot be written or the counter is damaged
 */
export const campaignIds = (dataDir: string | null): CampaignIds => (dataDir === null ? byTime() : byFile(dataDir));
