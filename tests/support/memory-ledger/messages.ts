import { MESSAGE_STATES, type MessageState } from '../../../shared/vocabulary';
import type { MessageId } from '../../../server/src/domain/brands';
import type { Message } from '../../../server/src/domain/message';
import type { MessageChange, MessageFilter, MessageStore, Random } from '../../../server/src/delivery/ports';
import { digitsOf } from '../../../server/src/strapi/stores/columns';
import { fromRow, toRow } from '../../../server/src/strapi/stores/message-row';
import { messageMayMove } from '../../../server/src/strapi/stores/moves';
import { pageOf } from './page';
import type { Access, Space } from './space';

/** What a column makes of a message: rounded times, cut labels. */
const stored = (message: Message): Message => fromRow(toRow(message));

const patched = (message: Message, { id: _id, from: _from, fence: _fence, to, ...patch }: MessageChange): Message =>
  stored({ ...message, ...patch, state: to });

const change = (space: Space, changes: readonly MessageChange[]): boolean[] =>
  changes.map((item) => {
    const message = space.read('messages').get(item.id);
    if (!message || !messageMayMove(item, message)) return false;
    space.write('messages').set(item.id, patched(message, item));
    return true;
  });

const all = (space: Space): Message[] => [...space.read('messages').values()];
const isWaiting = ({ state }: Message): boolean => state === 'queued' || state === 'held';

export const createMessages = ({ use }: Access, random: Random): MessageStore => ({
  insertNew: (messages) => use((space) => messages.map((message) => insert(space, message))),

  get: (id) => use((space) => space.read('messages').get(id) ?? null),

  list: (filter, page) =>
    use((space) =>
      pageOf(
        all(space).filter((message) => matches(message, filter)),
        page,
      ),
    ),

  bySubmissions: (ids) =>
    use((space) => all(space).filter(({ submissionId }) => submissionId !== null && ids.includes(submissionId))),

  countByState: ({ states, batchId } = {}) =>
    use((space) => {
      const counts: Partial<Record<MessageState, number>> = {};
      for (const { state, batchId: batch } of all(space))
        if ((!states || states.includes(state)) && (batchId === undefined || batch === batchId))
          counts[state] = (counts[state] ?? 0) + 1;
      return Object.fromEntries(MESSAGE_STATES.flatMap((state) => (counts[state] ? [[state, counts[state]]] : [])));
    }),

  dueForPlan: ({ account, lane, now, limit, window, exceptAlphanames, batchId }) =>
    use((space) => {
      const candidates = all(space)
        .filter(
          (row) =>
            row.account === account &&
            row.lane === lane &&
            row.state === 'queued' &&
            row.dueAt <= now &&
            row.expiresAt > now &&
            row.batchId === batchId &&
            !(row.alphaname !== null && exceptAlphanames.includes(row.alphaname)),
        )
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, Math.max(limit, window));
      const start = Math.floor(random() * (Math.max(0, candidates.length - limit) + 1));
      return candidates.slice(start, start + limit);
    }),

  dueBatches: ({ account, now, limit, exceptAlphanames }) =>
    use((space) => {
      const first = new Map<string, Message>();
      for (const row of all(space)) {
        if (row.account !== account || row.lane !== 'bulk' || row.state !== 'queued') continue;
        const known = first.get(row.batchId ?? '');
        if (!known || row.dueAt < known.dueAt) first.set(row.batchId ?? '', row);
      }
      return [...first.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { batchId, alphaname, dueAt }]) => ({ batchId, alphaname, dueAt }))
        .filter(
          ({ batchId, alphaname, dueAt }) =>
            dueAt <= now && (batchId === null || alphaname === null || !exceptAlphanames.includes(alphaname)),
        )
        .slice(0, limit)
        .sort((a, b) => a.dueAt - b.dueAt);
    }),

  segmentsOnTheWay: (account) =>
    use((space) =>
      all(space)
        .filter((row) => row.account === account && (row.state === 'claimed' || row.state === 'sending'))
        .reduce((total, { segmentCount }) => total + segmentCount, 0),
    ),

  claim: (assignments) =>
    use((space) => {
      let claimed = 0;
      for (const { id, fence, submissionId } of assignments) {
        const row = space.read('messages').get(id);
        if (row?.state !== 'queued' || row.fence !== fence) continue;
        const next: Message = { ...row, state: 'claimed', submissionId, fence: fence + 1, attempts: row.attempts + 1 };
        space.write('messages').set(id, next);
        claimed += 1;
      }
      return claimed;
    }),

  startSending: (submissionIds) =>
    use((space) => {
      const members = all(space).filter(
        ({ state, submissionId }) =>
          state === 'claimed' && submissionId !== null && submissionIds.includes(submissionId),
      );
      for (const row of members) space.write('messages').set(row.id, { ...row, state: 'sending' });
      return all(space).filter(
        ({ state, submissionId }) =>
          state === 'sending' && submissionId !== null && submissionIds.includes(submissionId),
      );
    }),

  change: (changes) => use((space) => change(space, changes)),

  expireWaiting: (now, limit) =>
    use((space) => {
      const late = all(space)
        .filter((row) => isWaiting(row) && row.expiresAt <= now)
        .sort((a, b) => a.expiresAt - b.expiresAt)
        .slice(0, limit);
      const changes = late.map(({ id, state }): MessageChange => ({
        id,
        from: [state],
        to: 'failed',
        reason: 'expired_before_sending',
        finalAt: now,
      }));
      change(space, changes);
      return late.map(({ id }) => id);
    }),

  adopt: ({ to, fromAccounts }) =>
    use((space) => {
      const orphans = all(space).filter(
        (row) => isWaiting(row) && row.account !== to && fromAccounts.includes(row.account),
      );
      for (const row of orphans) space.write('messages').set(row.id, { ...row, account: to });
      return orphans.length;
    }),

  holdWaiting: (detail, createdBefore) =>
    use((space) => {
      const queued = all(space).filter(
        (row) => (row.state === 'queued' || row.state === 'claimed') && row.createdAt < createdBefore,
      );
      for (const row of queued)
        space.write('messages').set(row.id, stored({ ...row, state: 'held', detail, submissionId: null }));
      return queued.length;
    }),

  erase: ({ finalBefore, limit }) =>
    use((space) => {
      const old = all(space)
        .filter((row) => row.finalAt !== null && row.finalAt < finalBefore && (row.text !== '' || row.to !== ''))
        .sort((a, b) => (a.finalAt ?? 0) - (b.finalAt ?? 0))
        .slice(0, limit);
      for (const row of old) space.write('messages').set(row.id, { ...row, to: '', text: '' });
      return old.length;
    }),
});

const insert = (space: Space, message: Message): { id: MessageId; existed: boolean } => {
  const holder = space.read('messageKeys').get(message.dedupeKey);
  if (holder !== undefined) return { id: holder, existed: true };
  if (space.read('messages').has(message.id)) throw new Error('A message has an id that another message holds already');
  space.write('messageKeys').set(message.dedupeKey, message.id);
  space.write('messages').set(message.id, stored(message));
  return { id: message.id, existed: false };
};

const matches = (message: Message, filter: MessageFilter): boolean => {
  if (filter.state && message.state !== filter.state) return false;
  if (filter.origin && message.origin !== filter.origin) return false;
  if (filter.documentId && message.documentId !== filter.documentId) return false;
  if (filter.batchId && message.batchId !== filter.batchId) return false;
  const search = filter.search?.trim();
  if (!search) return true;
  const digits = digitsOf(search);
  return (
    [message.id, message.campaignId, message.documentId, message.to].some((value) => value === search) ||
    (digits !== null && message.to.includes(digits))
  );
};
