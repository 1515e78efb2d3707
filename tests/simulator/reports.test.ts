import { MESSAGE_STATUSES } from '../../simulator';
import { campaignOf, closeAll, codeOf, startGateway, statusOf, type TestGateway } from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

const NUMBER = '380501234567';
const statusAfter = async (id: string, ms: number, number = NUMBER): Promise<string | undefined> => {
  gateway.clock.advance(ms);
  return statusOf(await gateway.ask('GETMESSAGESTATUS', `campaignID="${id}" recipient="${number}"`));
};

describe('statuses in time', () => {
  it('goes from PENDING over SENT to DELIVERED', async () => {
    const id = campaignOf(await gateway.sms(NUMBER));
    expect(await statusAfter(id, 0)).toBe('PENDING');
    expect(await statusAfter(id, 999)).toBe('PENDING');
    expect(await statusAfter(id, 1)).toBe('SENT');
    expect(await statusAfter(id, 1999)).toBe('SENT');
    expect(await statusAfter(id, 1)).toBe('DELIVERED');
    const reply = await gateway.ask('GETMESSAGESTATUS', `campaignID="${id}" recipient="+${NUMBER}"`);
    expect(reply).toContain(
      `<state campaignID="${id}" recipient="${NUMBER}" status="DELIVERED" date="2024-01-29 12:00:03"></state>`,
    );
  });

  it('goes faster when told', async () => {
    gateway.control.updateSettings({ speed: 100 });
    const id = campaignOf(await gateway.sms(NUMBER));
    expect(await statusAfter(id, 10)).toBe('SENT');
    expect(await statusAfter(id, 20)).toBe('DELIVERED');
  });

  it.each([
    ['999901', 'UNDELIV', ['SENT', 'UNDELIV']],
    ['999902', 'EXPIRED', ['SENT', 'SENT', 'EXPIRED']],
    ['999903', 'ALFANAMELIMITED', ['ALFANAMELIMITED']],
    ['999904', 'SENT', ['SENT', 'SENT', 'SENT']],
    ['999906', 'STOPED', ['STOPED']],
    ['999909', 'PENDING', ['PENDING', 'PENDING', 'PENDING']],
    ['999910', 'NEW', ['NEW', 'NEW', 'NEW']],
  ])('numbers that end with %s end as %s', async (suffix, _end, steps) => {
    const number = `380501${suffix}`;
    const id = campaignOf(await gateway.sms(number));
    const waits = [1000, 2000, 2000];
    for (const [index, status] of steps.entries()) {
      expect(await statusAfter(id, waits[index] ?? 0, number)).toBe(status);
    }
  });

  it('limits some names at one operator', async () => {
    const reply = await gateway.sms([NUMBER, '380931234567'], 'Hi', 'source="OnlyKyivst"');
    expect(await statusAfter(campaignOf(reply), 5000)).toBe('DELIVERED');
    expect(await statusAfter(campaignOf(reply), 0, '380931234567')).toBe('ALFANAMELIMITED');
  });

  it('spreads a group by its rate when told to', async () => {
    gateway.control.updateSettings({ honourRate: true });
    await gateway.sms([NUMBER, '380671234567'], 'Hi', 'source="MyShop" rate="1"');
    gateway.clock.advance(59_000);
    expect(gateway.control.messages().map(({ status }) => status)).toEqual(['DELIVERED', 'PENDING']);
    gateway.clock.advance(5000);
    expect(gateway.control.messages().map(({ status }) => status)).toEqual(['DELIVERED', 'DELIVERED']);
  });

  it('delivers a long message part by part', async () => {
    const id = campaignOf(await gateway.sms(NUMBER, 'a'.repeat(161)));
    const detail = (): Promise<string> => gateway.ask('GETCAMPAIGNDETAIL', `campaignID="${id}"`);
    gateway.clock.advance(3000);
    expect(await detail()).toMatch(
      /phone="380501234567" part="1" parts="2" status="DELIVERED" startDateTime="2024-01-29 12:00:00" modifyDateTime="2024-01-29 12:00:03"><\/message>\n<message phone="380501234567" part="2" parts="2" status="SENT"/,
    );
    expect(await statusAfter(id, 0)).toBe('SENT');
    expect(await statusAfter(id, 200)).toBe('DELIVERED');
    expect((await detail()).match(/status="DELIVERED"/g)).toHaveLength(2);
  });
});

describe('campaign reports', () => {
  it('counts all eleven statuses in the captured order, with closing tags', async () => {
    const id = campaignOf(await gateway.sms([NUMBER, '380501999901'], 'я'.repeat(71)));
    gateway.clock.advance(4000);
    const reply = await gateway.ask('GETCAMPAIGNINFO', `campaignID="${id}"`);
    const counts: Record<string, number> = { DELIVERED: 2, UNDELIV: 2 };
    const states = MESSAGE_STATUSES.map(
      (status) => `<state status="${status}" messages="${String(counts[status] ?? 0)}"></state>`,
    );
    const open = `<campaign campaignID="${id}" createDateTime="2024-01-29 12:00:00" startDateTime="2024-01-29 12:00:00" status="COMPLETE" campaignCost="2.600">`;
    const lines = ['<?xml version="1.0" encoding="utf-8"?>', '<answer>', open, ...states, '</campaign>', '</answer>'];
    expect(reply).toBe(lines.join('\n'));
    gateway.control.updateSettings({ infoCounts: 'messages' });
    expect(await gateway.ask('GETCAMPAIGNINFO', `campaignID="${id}"`)).toContain('"DELIVERED" messages="1"');
  });

  it('is in progress until the last message ends', async () => {
    const id = campaignOf(await gateway.sms([NUMBER, '380501999902']));
    gateway.clock.advance(4000);
    expect(await gateway.ask('GETCAMPAIGNDETAIL', `campaignID="${id}"`)).toContain('status="INPROGRESS">');
    gateway.clock.advance(2000);
    expect(await gateway.ask('GETCAMPAIGNDETAIL', `campaignID="${id}"`)).toContain('status="COMPLETE">');
  });

  it.each(['GETCAMPAIGNINFO', 'GETCAMPAIGNDETAIL'])(
    '%s answers an unknown id under the root answer',
    async (operation) => {
      const reply = await gateway.ask(operation, 'campaignID="1"');
      expect(reply).toMatch(
        /<answer>\n<state code="CAMPAIGNERROR" date="[^"]+">Incorrect campaign ID<\/state>\n<\/answer>$/,
      );
    },
  );

  it.each(['campaignID="1" recipient="380501234567"', ''])(
    'GETMESSAGESTATUS finds nothing for %p',
    async (attributes) => {
      expect(codeOf(await gateway.ask('GETMESSAGESTATUS', attributes))).toBe('MSGERROR');
    },
  );

  it('forgets the oldest messages, then their campaign', async () => {
    const small = await startGateway({ maxMessages: 3 });
    const first = campaignOf(await small.sms(['380501234561', '380501234562']));
    await small.sms(['380501234563', '380501234564']);
    expect(small.control.messages().map(({ recipient }) => recipient.at(-1))).toEqual(['2', '3', '4']);
    expect(await small.ask('GETCAMPAIGNINFO', `campaignID="${first}"`)).toContain('<campaign ');
    await small.sms('380501234565');
    expect(codeOf(await small.ask('GETCAMPAIGNINFO', `campaignID="${first}"`))).toBe('CAMPAIGNERROR');
  });
});

describe('sender names', () => {
  const manage = (attributes: string): Promise<string> =>
    gateway.post(`<request><operation>MANAGEALFANAME</operation><command ${attributes} /></request>`);

  it('lists them', async () => {
    const reply = await manage('id="GETALFANAMESLIST"');
    expect(reply).toContain('<state alfaname="MyShop" status="ACTIVE" />\n');
    expect(reply).toContain('<state alfaname="NewBrand" status="MODERATE" />');
    gateway.control.updateSettings({ alphanames: [] });
    expect(await manage('id="GETALFANAMESLIST"')).toMatch(/<message>\n<\/message>$/);
  });

  it('moderates a new one for a while', async () => {
    expect(await manage('id="ADDALFANAME" alfaname="R&amp;D"')).toContain(
      '<state alfaname="R&amp;D" status="MODERATE" />',
    );
    expect(codeOf(await gateway.sms(NUMBER, 'Hi', 'source="R&amp;D"'))).toBe('ERRALFANAME');
    gateway.clock.advance(15_000);
    expect(await manage('id="CHECKALFANAME" alfaname="R&amp;D"')).toContain('status="ACTIVE"');
    expect(codeOf(await gateway.sms(NUMBER, 'Hi', 'source="R&amp;D"'))).toBe('ACCEPT');
  });

  it.each(['', 'TwelveLetter', '380501234', 'Магазин'])('does not add %p', async (name) => {
    expect(codeOf(await manage(`id="ADDALFANAME" alfaname="${name}"`))).toBe('ERRALFANAME');
  });

  it('answers a check of an unknown name as it is told to', async () => {
    expect(codeOf(await manage('id="CHECKALFANAME" alfaname="myshop"'))).toBe('ERRALFANAME');
    gateway.control.updateSettings({ unknownAlphaname: 'empty' });
    expect(await manage('id="CHECKALFANAME" alfaname="myshop"')).not.toContain('<state');
  });

  it('knows no other command', async () => {
    expect(codeOf(await manage('id="DELETE"'))).toBe('XMLERROR');
  });
});
