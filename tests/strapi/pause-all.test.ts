import { startSimulator } from '../../simulator';
import { statusResponse, type StatusResponse } from '../../shared/contracts';
import { PERMISSIONS } from '../../shared/vocabulary';
import { SENDING } from '../../server/src/delivery/pause-all';
import { eventually } from '../support/eventually';
import { openShop, type Shop } from '../support/shop';
import { clerk, superAdmin, type Person } from './support/people';
import { LEFT, restart, textsAtGateway } from './support/restart';

const UNCONFIGURED = { SVITSMS_LOGIN: undefined, SVITSMS_PASSWORD: undefined, SVITSMS_ALPHANAME: undefined };

describe('a person pauses all sending', () => {
  let shop: Shop;
  let olena: Person;
  beforeAll(async () => {
    shop = await openShop();
    olena = await superAdmin(shop);
  });
  afterAll(() => shop.close());

  const statusFor = async (person: Person): Promise<StatusResponse> =>
    statusResponse.parse((await person.call('GET', '/svitsms/status')).body);
  const press = async (person: Person, button: 'pause' | 'resume'): Promise<StatusResponse> => {
    const { status, body } = await person.call('POST', `/svitsms/sending/${button}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return statusResponse.parse(body);
  };
  const byPerson = ({ pauses }: StatusResponse) => pauses.filter(({ reason }) => reason === 'by_person');
  /** Moments at which the requests began, and at which sending was resumed last. */
  const moments = async (): Promise<{ sent: readonly number[]; resumed: number }> => {
    const { submissions, audit } = shop.container.ledger;
    const ids = (await shop.messages()).flatMap(({ submissionId }) => submissionId ?? []);
    return {
      sent: (await submissions.byIds(ids)).flatMap(({ sendingAt }) => sendingAt ?? []),
      resumed: (await audit.byTarget(SENDING)).at(-1)?.at ?? Number.POSITIVE_INFINITY,
    };
  };

  it('only with the permission; an order waits and leaves when a person resumes', async () => {
    const taras = await clerk(shop);
    await taras.may(...PERMISSIONS.filter((id) => id !== 'sending.pause'));
    for (const button of ['pause', 'resume'])
      expect((await taras.call('POST', `/svitsms/sending/${button}`)).status).toBe(403);
    expect((await statusFor(taras)).pauses).toEqual([]);

    expect(byPerson(await press(olena, 'pause'))).toMatchObject([
      { scope: 'account', alphaname: null, by: olena.name, detail: null, nextProbeAt: null },
    ]);
    await shop.order({ number: 'W-1' });
    await shop.settled(1, 'queued');
    // Taras may see who paused, and pressing again does not put his name there.
    await taras.may('messages.read', 'sending.pause');
    await press(taras, 'pause');
    const waiting = await statusFor(taras);
    expect(byPerson(waiting)).toMatchObject([{ by: olena.name }]);
    expect(waiting).toMatchObject({ waiting: { queued: 1 }, configured: true });
    expect(textsAtGateway(shop)).toEqual([]);

    expect((await press(taras, 'resume')).pauses).toEqual([]);
    await shop.settled(1, ...LEFT);
    const { sent, resumed } = await moments();
    expect(sent).toEqual([expect.any(Number)]);
    expect(Math.min(...sent)).toBeGreaterThanOrEqual(resumed);
    expect(await shop.container.ledger.audit.byTarget(SENDING)).toMatchObject([
      { who: olena.name, action: 'sending.pause' },
      { who: taras.name, action: 'sending.resume' },
    ]);
  });

  it('what is sealed behind a request on its way stays too', async () => {
    shop = await restart(shop, { plugin: { sending: { pollIntervalMs: 50, requestsPerSecond: 1000, inFlight: 1 } } });
    const petro = await superAdmin(shop, 'Petro');
    const { control } = shop.simulator;
    control.addFault({ kind: 'slow', match: { operation: 'SENDSMS' }, params: { ms: 600_000 }, times: null });
    await Promise.all(['S-1', 'S-2', 'S-3'].map((number) => shop.order({ number })));
    const sealed = async () => (await shop.messages()).filter(({ state }) => state === 'claimed').length;
    await eventually(
      () => shop.container.ledger.messages.countByState(),
      ({ sending, claimed }) => sending === 1 && claimed === 2,
    );

    await press(petro, 'pause');
    control.clearFaults();
    await shop.settled(4, 'claimed', ...LEFT);
    expect(await sealed()).toBe(2);
    await press(petro, 'resume');
    await shop.settled(4, ...LEFT);
    const { sent, resumed } = await moments();
    expect(sent.filter((at) => at >= resumed)).toHaveLength(2);
    expect(textsAtGateway(shop)).toHaveLength(4);
  });

  it('also while nothing is configured; restarts and another login do not lift it', async () => {
    shop = await restart(shop, { env: UNCONFIGURED });
    const ivan = await superAdmin(shop, 'Ivan');
    expect(await press(ivan, 'pause')).toMatchObject({
      configured: false,
      pauses: [{ reason: 'by_person', by: ivan.name }, { reason: 'not_configured' }],
    });
    await shop.order({ number: 'U-1' });
    await shop.settled(5, 'queued', ...LEFT);

    const other = await startSimulator({ settings: { credentials: { login: '380671234567', password: 'secret' } } });
    try {
      const env = { SVITSMS_ENDPOINT: other.apiUrl, SVITSMS_LOGIN: '380671234567', SVITSMS_PASSWORD: 'secret' };
      shop = await restart(shop, { env });
      expect(byPerson(await statusFor(await superAdmin(shop, 'Marko')))).toMatchObject([{ by: ivan.name }]);
      await shop.settled(5, 'queued', ...LEFT);
      expect(other.control.messages()).toEqual([]);
    } finally {
      shop = await restart(shop);
      await other.close();
    }
    const sofia = await superAdmin(shop, 'Sofia');
    expect(byPerson(await statusFor(sofia))).toMatchObject([{ by: ivan.name }]);
    await press(sofia, 'resume');
    await shop.settled(5, ...LEFT);
    const { sent, resumed } = await moments();
    expect(sent.filter((at) => at >= resumed)).toHaveLength(1);
    expect(textsAtGateway(shop)).toHaveLength(5);
  });
});
