import type { MessageId } from '../../domain/brands';
import type { Message } from '../../domain/message';
import type { MessageStore } from '../../delivery/ports';
import { inChunks } from './chunks';
import type { Database } from './database';
import { LedgerMisuse } from './database-error';
import { idsByKey, insertAbsent } from './insert-absent';
import { messageWriters } from './message-changes';
import { messageReaders } from './message-queries';
import { toRow } from './message-row';

export const createMessageStore = (database: Database): MessageStore => ({
  ...messageReaders(database),
  ...messageWriters(database),

  insertNew: (messages) =>
    database.transaction(async (transaction) =>
      (await inChunks(messages, (chunk) => insertChunk(transaction, chunk))).flat(),
    ),
});

const insertChunk = async (
  database: Database,
  messages: readonly Message[],
): Promise<{ id: MessageId; existed: boolean }[]> => {
  const keys = messages.map(({ dedupeKey }) => dedupeKey);
  const before = await idsByKey(database, 'message', 'dedupe_key', keys, false);
  /** Where each key that is not known yet occurs first in this call. */
  const fresh = new Map<string, number>();
  messages.forEach(({ dedupeKey }, index) => {
    if (!before.has(dedupeKey) && !fresh.has(dedupeKey)) fresh.set(dedupeKey, index);
  });
  const rows = messages.filter(({ dedupeKey }, index) => fresh.get(dedupeKey) === index).map(toRow);
  if (rows.length > 0) await insertAbsent(database, 'message', rows, ['dedupe_key']);
  // Another process may have inserted a key after we looked: the row that stands is the truth.
  const after = await idsByKey(database, 'message', 'dedupe_key', [...fresh.keys()], true);
  return messages.map((message, index) => {
    const id = before.get(message.dedupeKey) ?? after.get(message.dedupeKey);
    if (id === undefined) throw new LedgerMisuse('A message has an id that another message holds already');
    const ours = fresh.get(message.dedupeKey) === index && id === message.id;
    return { id: id as MessageId, existed: !ours }; // read from the column that toRow fills with a MessageId
  });
};
