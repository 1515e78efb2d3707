import { describeLedgerContract } from '../support/store-contract';
import { memoryFixture } from '../support/store-contract/fixtures';
import { createMemoryLedger } from '../support/memory-ledger';
import { message } from '../support/store-contract/builders';

describeLedgerContract('memory', () => Promise.resolve(memoryFixture()));

describe('the ledger in memory tells mistakes that would hang or be lost in a database', () => {
  it('using the outer ledger inside a transaction', async () => {
    const ledger = createMemoryLedger();
    const work = ledger.transaction(() => ledger.messages.insertNew([message()]));
    await expect(work).rejects.toThrow('Use the ledger that the transaction was given');
  });

  it('using the ledger of a transaction that is over', async () => {
    const ledger = createMemoryLedger();
    const inner = await ledger.transaction((given) => Promise.resolve(given));
    await expect(inner.messages.insertNew([message()])).rejects.toThrow('over');
    expect(await ledger.messages.countByState()).toEqual({});
  });
});
