import { createParker } from '../../server/src/delivery/abandoned';
import type { ChoreDeps } from '../../server/src/delivery/chores';
import { createMemoryLedger } from '../support/memory-ledger';
import { ACCOUNT, NOW, message, submission } from '../support/store-contract/builders';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('what died while sending is in doubt and waits for a person', async () => {
  const ledger = createMemoryLedger();
  const sealed = submission();
  const row = message();
  await ledger.messages.insertNew([row]);
  await ledger.submissions.insert([sealed]);
  await ledger.messages.claim([{ id: row.id, fence: 0, submissionId: sealed.id }]);
  await ledger.submissions.startSending([sealed.id], { owner: 'a process that died', now: NOW, leaseUntil: NOW + 1 });
  await ledger.messages.startSending([sealed.id]);
  const deps: ChoreDeps = {
    ledger,
    clock: { now: () => NOW + 2 },
    random: () => 0,
    log: quiet,
    accounts: { current: () => null },
    notices: { stateReached: () => undefined },
    owner: 'this process',
    sending: {
      defaultAlphaname: 'SMS',
      defaultCountry: 'UA',
      inFlight: 1,
      requestsPerSecond: 1,
      requestTimeoutMs: 1_000,
      lifetimeHours: 24,
      ratePerMinute: 120,
      bulkSize: 100,
      pricePerSegment: null,
      timeZone: 'Europe/Kyiv',
      soleInstance: false,
      pollIntervalMs: 1_000,
    },
  };
  expect(await createParker(deps)()).toBe(1);
  expect(await ledger.messages.get(row.id)).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
  expect(await ledger.submissions.get(sealed.id)).toMatchObject({ state: 'in_doubt', reason: 'process_died' });
  expect(await ledger.submissions.sealed({ account: ACCOUNT, limit: 1, exceptAlphanames: [] })).toEqual([]);
});
