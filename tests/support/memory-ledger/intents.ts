import type { DecisionStore, Intent, IntentStore } from '../../../server/src/delivery/ports';
import { asciiJson } from '../../../server/src/strapi/stores/columns';
import { pageOf } from './page';
import type { Access, Rows, Space } from './space';

/** Snapshots live in the database as JSON: what JSON cannot carry is lost here as well. */
const stored = (intent: Intent): Intent => ({
  ...intent,
  ...(JSON.parse(asciiJson({ rules: intent.rules, before: intent.before, after: intent.after })) as Pick<
    Intent,
    'rules' | 'before' | 'after'
  >), // the same three, through JSON
  dueAt: Math.round(intent.dueAt),
});

type Row = Parameters<Rows['intents']['set']>[1];
const outside = ({ leaseUntil: _leaseUntil, erased: _erased, ...intent }: Row): Intent => intent;
const pending = (space: Space): Row[] => [...space.read('intents').values()].filter(({ state }) => state === 'pending');

export const createIntents = ({ use }: Access): IntentStore => ({
  insert: (intents) =>
    use((space) => {
      for (const intent of intents) {
        if (space.read('intents').has(intent.id)) throw new Error('The intent is in the ledger already');
        space.write('intents').set(intent.id, { ...stored(intent), leaseUntil: 0, erased: false });
      }
    }),

  claimDue: ({ now, limit, leaseUntil }) =>
    use((space) => {
      const lapsed = pending(space)
        .filter((row) => row.leaseUntil > 0 && row.leaseUntil <= now)
        .sort((a, b) => a.leaseUntil - b.leaseUntil || a.dueAt - b.dueAt);
      const free = pending(space)
        .filter((row) => row.leaseUntil === 0 && row.dueAt <= now)
        .sort((a, b) => a.dueAt - b.dueAt);
      const taken = [...lapsed, ...free].slice(0, limit);
      for (const row of taken) space.write('intents').set(row.id, { ...row, leaseUntil, attempts: row.attempts + 1 });
      return taken.map((row) => outside({ ...row, attempts: row.attempts + 1 })).sort((a, b) => a.dueAt - b.dueAt);
    }),

  finish: (id, state) =>
    use((space) => {
      const row = space.read('intents').get(id);
      if (row?.state !== 'pending') return false;
      space.write('intents').set(id, { ...row, state, leaseUntil: 0 });
      return true;
    }),

  postpone: (id, dueAt) =>
    use((space) => {
      const row = space.read('intents').get(id);
      if (row?.state === 'pending') space.write('intents').set(id, { ...row, dueAt: Math.round(dueAt), leaseUntil: 0 });
    }),

  breakPending: (_detail, createdBefore) =>
    use((space) => {
      const rows = pending(space).filter(({ createdAt }) => createdAt < createdBefore);
      for (const row of rows) space.write('intents').set(row.id, { ...row, state: 'broken', leaseUntil: 0 });
      return rows.length;
    }),

  erase: ({ before, limit }) =>
    use((space) => {
      const old = [...space.read('intents').values()]
        .filter((row) => row.state !== 'pending' && row.dueAt < before && !row.erased)
        .slice(0, limit);
      for (const row of old) space.write('intents').set(row.id, { ...row, before: null, after: null, erased: true });
      return old.length;
    }),

  releaseAll: (beyond = 0) =>
    use((space) => {
      for (const row of pending(space))
        if (row.leaseUntil > beyond) space.write('intents').set(row.id, { ...row, leaseUntil: 0 });
    }),

  nextDueAt: () =>
    use((space) => {
      const times = pending(space).map(({ dueAt, leaseUntil }) => leaseUntil || dueAt);
      return times.length > 0 ? Math.min(...times) : null;
    }),
});

export const createDecisions = ({ use }: Access): DecisionStore => ({
  insertNew: (decisions) =>
    use((space) => {
      for (const decision of decisions) {
        const key = JSON.stringify([decision.intentId, decision.ruleKey]);
        if (!space.read('decisions').has(key)) space.write('decisions').set(key, decision);
      }
    }),

  existsBefore: (ruleKey, documentId, intentId) =>
    use((space) =>
      [...space.read('decisions').values()].some(
        (row) => row.ruleKey === ruleKey && row.documentId === documentId && row.intentId < intentId,
      ),
    ),

  list: ({ outcome, documentId }, page) =>
    use((space) =>
      pageOf(
        [...space.read('decisions').values()].filter(
          (row) => (!outcome || row.outcome === outcome) && (!documentId || row.documentId === documentId),
        ),
        page,
      ),
    ),
});
