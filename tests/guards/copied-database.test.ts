import { startSimulator, type Simulator } from '../../simulator';
import { openShop } from '../support/shop';

describe('a copy of the database under another site id', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());

  it('says so and posts nothing until a person confirms', async () => {
    const original = await openShop({ simulator, env: { SVITSMS_SITE_ID: 'shop' } });
    await original.stop();
    const copy = await openShop({ simulator, dir: original.dir, env: { SVITSMS_SITE_ID: 'staging' } });
    try {
      expect(copy.container.gate.closed()).toMatchObject({ reason: 'copied_database' });
      expect(copy.container.accounts.current()).toBeNull();
      await copy.order();
      // Questions may be asked; nothing is sent.
      expect(simulator.log().filter(({ operation }) => operation === 'SENDSMS')).toEqual([]);
      await copy.container.site.confirm();
      expect(copy.container.gate.closed()).toBeNull();
      await copy.settled(1, 'accepted', 'sent', 'delivered');
    } finally {
      await copy.close();
    }
    // Strapi starts twice.
  }, 90_000);
});
