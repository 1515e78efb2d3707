import type { Ledger } from '../../../server/src/delivery/ports';
import type { Pass } from './points';

/** What a transaction has done so far: tells which use case it belongs to. */
interface Seen {
  sealed: boolean;
}

/**
 * The real ledger with named points between its calls. Use cases stand on the port, so that production code needs no hooks
 * for what happens between two of its statements.
 */
export const failingLedger = (ledger: Ledger, pass: Pass): Ledger => wrap(ledger, pass, null);

const wrap = (ledger: Ledger, pass: Pass, inside: Seen | null): Ledger => ({
  ...ledger,
  intents: {
    ...ledger.intents,
    claimDue: async (options) => {
      const intents = await ledger.intents.claimDue(options);
      if (intents.length > 0) pass('C3-intent-claimed');
      return intents;
    },
    finish: async (...args) => {
      const finished = await ledger.intents.finish(...args);
      pass('C3-deciding');
      return finished;
    },
  },
  submissions: {
    ...ledger.submissions,
    insert: async (submissions) => {
      await ledger.submissions.insert(submissions);
      if (inside) inside.sealed = true;
      pass('C4-sealing');
    },
    startSending: async (...args) => {
      const taken = await ledger.submissions.startSending(...args);
      if (taken.length > 0) pass('C5-marking');
      return taken;
    },
    change: async (changes) => {
      const applied = await ledger.submissions.change(changes);
      if (changes.some(({ to }) => to === 'accepted')) pass('C9-recording');
      return applied;
    },
  },
  transaction: async (work) => {
    if (inside) return work(wrap(ledger, pass, inside));
    const seen: Seen = { sealed: false };
    const result = await ledger.transaction((inner) => work(wrap(inner, pass, seen)));
    if (seen.sealed) pass('C5-sealed');
    return result;
  },
});
