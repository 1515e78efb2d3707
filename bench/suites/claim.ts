import { planDue } from '../../server/src/delivery/plan';
import { onEachDatabase } from '../support/databases';
import { LOGIN, messageOf, setUp, type BenchSetup } from '../support/dispatcher';
import { fill } from '../support/fill';
import { figure, median, type Figure } from '../support/report';
import { createStubTransport } from '../support/stub-transport';

const FEW = 10_000;
const MANY = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const CLAIMS = 40;
/** The planner seals four requests per slot, so this makes claims of 100. */
const IN_FLIGHT = 25;

/** Milliseconds to find 100 due messages and seal them, several times. */
const claims = async ({ deps, ledger, account }: BenchSetup): Promise<number[]> => {
  const times: number[] = [];
  for (let n = 0; n < CLAIMS; n++) {
    const began = performance.now();
    const sealed = await planDue(deps, account);
    times.push(performance.now() - began);
    if (sealed === 0) throw new Error('Nothing was due');
    // Out of the way, so that the next claim has room.
    const rows = await ledger.submissions.sealed({ account: account.key, limit: sealed, exceptAlphanames: [] });
    const options = { owner: deps.owner, now: Date.now(), leaseUntil: Date.now() + 3_600_000 };
    await ledger.submissions.startSending(rows.map(({ id }) => id), options); // prettier-ignore
  }
  return times;
};

/** Does finding the next messages stay as fast when a million of them wait? */
export const claim = (): Promise<Figure[]> =>
  onEachDatabase(async (name, { knex }) => {
    const setup = setUp(knex, `http://127.0.0.1/${LOGIN}`, {
      transport: createStubTransport().transport,
      sending: { inFlight: IN_FLIGHT },
    });
    const model = messageOf(1, setup.account.key);
    await fill(knex, name, model, 0, FEW);
    await claims(setup); // the first statements are prepared and compiled
    const few = median(await claims(setup));
    await fill(knex, name, model, FEW, MANY);
    // What the databases do by themselves after a while.
    await knex.raw(name === 'MariaDB' ? 'analyze table svitsms_messages' : 'analyze');
    await claims(setup);
    const many = median(await claims(setup));
    return figure(`Claim of 100 among ${MANY} waiting messages, against ${FEW}, ${name}`, many / few, {
      atMost: 1.5,
      detail: `p50 ${many.toFixed(1)} ms against ${few.toFixed(1)} ms`,
    });
  });
