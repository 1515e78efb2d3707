import { KINDS } from './support/databases';
import { faultsOf, NO_FAULTS } from './support/oracle';
import { STRAPI_IN_FLIGHT, strapiRun } from './support/strapi-run';

const KILLS = Number(process.env['STRAPI_KILLS'] ?? 8);
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000));

describe(`real Strapi killed while it takes orders (seed ${SEED})`, () => {
  it.each(KINDS)(
    '%s: every committed order is texted once or in doubt, no other',
    async (kind) => {
      const { verdict } = await strapiRun(kind, KILLS, SEED);
      const { inDoubt, inDoubtButSent, states, orders } = verdict;
      process.stdout.write(
        `${JSON.stringify({ kind: `${kind}, Strapi`, seed: SEED, kills: KILLS, orders, states, inDoubtButSent: inDoubtButSent.length })}\n`,
      );
      expect({ seed: SEED, ...faultsOf(verdict) }).toEqual({ seed: SEED, ...NO_FAULTS });
      expect(orders).toBeGreaterThan(KILLS);
      expect(inDoubt.length).toBeLessThanOrEqual(KILLS * STRAPI_IN_FLIGHT);
      expect(inDoubt.filter(({ reason }) => reason !== 'process_died')).toEqual([]);
    },
    120_000 + KILLS * 20_000,
  );
});
