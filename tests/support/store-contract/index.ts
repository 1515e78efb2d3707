import type { Current, LedgerFixture, MakeLedger } from './fixture';
import { intentContract } from './intents';
import { messageChangeContract } from './message-changes';
import { messageContract } from './messages';
import { raceContract } from './races';
import { smallStoresContract } from './small-stores';
import { submissionContract } from './submissions';
import { transactionContract } from './transactions';

export type { LedgerFixture, MakeLedger } from './fixture';

/** What every ledger promises, whatever it keeps its rows in. */
export const describeLedgerContract = (name: string, makeLedger: MakeLedger): void => {
  describe(`ledger in ${name}`, () => {
    let fixture: LedgerFixture | null = null;
    const current: Current = () => {
      if (!fixture) throw new Error('The ledger under test is not ready');
      return fixture;
    };
    beforeAll(async () => {
      fixture = await makeLedger();
    });
    beforeEach(() => current().clear());
    afterAll(() => fixture?.close());

    messageContract(current);
    messageChangeContract(current);
    submissionContract(current);
    intentContract(current);
    smallStoresContract(current);
    transactionContract(current);
    raceContract(current);
  });
};
