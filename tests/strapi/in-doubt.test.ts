import { messageDetailResponse } from '../../shared/contracts';
import { startSimulator, type Simulator } from '../../simulator';
import { getService } from '../../server/src/strapi/services';
import { openShop, type Shop } from '../support/shop';
import { lostAnswer } from './support/clean';
import { superAdmin, type Person } from './support/people';
import { LEFT, restart, textsAtGateway } from './support/restart';
import { clean } from './support/clean';

describe('a message whose answer was lost', () => {
  let shop: Shop;
  let simulator: Simulator;
  let person: Person;
  beforeAll(async () => {
    simulator = await startSimulator({ settings: { timings: { sentAfterMs: 10, deliveredAfterMs: 20 } } });
    shop = await openShop({ simulator });
    person = await superAdmin(shop, 'Iryna');
  });
  afterAll(() => shop.close());
  afterEach(() => clean(shop));

  const sends = () => simulator.control.requests({ operation: 'SENDSMS' }).length;
  const resolve = (id: string, body: object) => person.call('POST', `/svitsms/messages/${id}/resolve`, { body });
  const audit = async (id: string) =>
    (await shop.container.ledger.audit.byTarget(id)).map(({ who, action }) => [who, action]);
  const campaignAtGateway = (): string => simulator.control.messages()[0]?.campaignId ?? '';

  it('is shown with its evidence', async () => {
    const id = await lostAnswer(shop);
    const { body } = await person.call('GET', `/svitsms/messages/${id}`);
    const shown = messageDetailResponse.parse(body);
    expect(shown).toMatchObject({ state: 'in_doubt', reason: 'answer_lost', finalAt: null });
    expect(shown.submission).toMatchObject({ state: 'in_doubt', errorKind: 'reset', size: 1 });
    expect(shown.submission?.sendingAt).toBeTruthy();
  });

  it('is accepted with the campaign id that a person found, once the gateway confirms it', async () => {
    const id = await lostAnswer(shop);
    const refused = await resolve(id, { decision: 'accepted', campaignId: '123' });
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringMatching(/no campaign/) } } });
    expect(await audit(id)).toEqual([]);
    const { status, body } = await resolve(id, { decision: 'accepted', campaignId: campaignAtGateway() });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { state: 'accepted', campaignId: campaignAtGateway() },
    });
    expect(await audit(id)).toEqual([['Iryna Коваль', 'in_doubt.accepted']]);
    await shop.settled(1, 'delivered');
    expect(sends()).toBe(1);
  });

  it('is not taken for a campaign with another recipient', async () => {
    const other = await getService(shop.strapi, 'sms').send({ to: '+380679999999', text: 'іншому' });
    const [accepted] = await shop.settled(1, ...LEFT);
    simulator.control.addFault({ kind: 'close-after', match: { operation: 'SENDSMS' } });
    const { id } = await getService(shop.strapi, 'sms').send({ to: '+380671112233', text: 'втрачений' });
    await shop.settled(2, 'in_doubt', ...LEFT);
    await shop.strapi.db.connection('svitsms_submissions').where({ campaign_id: accepted?.campaignId }).delete();
    await shop.strapi.db.connection('svitsms_messages').where({ document_id: other.id }).delete();
    const { status, body } = await resolve(id ?? '', { decision: 'accepted', campaignId: accepted?.campaignId });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/other recipients/) } },
    });
  });

  it('goes out again when a person says that it was not sent', async () => {
    const id = await lostAnswer(shop);
    const { status, body } = await resolve(id, { decision: 'not_sent' });
    expect({ status, state: body.state }).toEqual({ status: 200, state: 'queued' });
    await shop.settled(1, ...LEFT);
    expect(sends()).toBe(2);
    expect(await audit(id)).toEqual([['Iryna Коваль', 'in_doubt.not_sent']]);
  });

  it('is closed by a person, for good', async () => {
    const id = await lostAnswer(shop);
    expect((await resolve(id, { decision: 'close' })).body).toMatchObject({
      state: 'closed',
      reason: 'closed_by_person',
    });
    expect((await resolve(id, { decision: 'not_sent' })).status).toBe(409);
    expect(await audit(id)).toEqual([['Iryna Коваль', 'in_doubt.close']]);
    await shop.quiet();
    expect(sends()).toBe(1);
  });

  it('takes one decision when two people press at once', async () => {
    const id = await lostAnswer(shop);
    const answers = await Promise.all([resolve(id, { decision: 'close' }), resolve(id, { decision: 'not_sent' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await audit(id)).toHaveLength(1);
  });

  it('is never sent again by itself, not even after a restart', async () => {
    const id = await lostAnswer(shop, '+380671112233', 'лише раз');
    shop = await restart(shop);
    person = await superAdmin(shop, 'Petro');
    await shop.order({ number: 'R-1' });
    await shop.settled(2, 'in_doubt', ...LEFT);
    await shop.quiet();
    expect(textsAtGateway(shop).filter((text) => text === 'лише раз')).toHaveLength(1);
    expect(await shop.container.ledger.messages.get(id as never)).toMatchObject({ state: 'in_doubt' });
    expect(sends()).toBe(2);
  });
});
