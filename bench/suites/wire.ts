import { createGatewayClient } from '../../server/src/gateway';
import { figure, median, type Figure } from '../support/report';

const ROUNDS = 15;
const PER_ROUND = 2_000;
const TEXT = 'Дякуємо! Замовлення A-1 на 100 & більше <грн> прийнято.';
const NUMBER = '380671234567';
const ANSWER = Buffer.from(
  `<?xml version="1.0" encoding="utf-8"?>\n<message>\n<state code="ACCEPT" campaignID="3917349" date="2026-01-31 12:00:00">Campaign has been successfully processed and added to queue</state>\n<to recipient="${NUMBER}" status="ACCEPTED" />\n</message>`,
);

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What somebody would write in ten lines: no checks, no library. */
const byHand = (): string => {
  const body = `<?xml version="1.0" encoding="utf-8"?><request><operation>SENDSMS</operation><message start_time="AUTO" end_time="AUTO" lifetime="24" rate="120" desc="${escapeXml('ref 1')}" source="SMS"><body>${escapeXml(TEXT)}</body><recipient>${NUMBER}</recipient></message></request>`;
  const answer = ANSWER.toString('utf8');
  const id = /campaignID="(\d+)"/.exec(answer)?.[1];
  if (!id || !answer.includes('ACCEPTED')) throw new Error('The sample answer changed');
  return body;
};

const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  for (let n = 0; n < PER_ROUND; n++) await work();
  return ((performance.now() - began) / PER_ROUND) * 1_000;
};

/** Building a request and reading its answer, per message, the network left out. */
export const wire = async (): Promise<Figure[]> => {
  const client = createGatewayClient({
    login: '380000000000',
    password: 'x',
    transport: () => Promise.resolve({ status: 200, body: ANSWER }),
  });
  const send = (): Promise<unknown> =>
    client.sendSms({ alphaname: 'SMS', text: TEXT, recipients: [NUMBER], description: 'ref 1' });
  await timed(send);
  const ours: number[] = [];
  const hand: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await timed(send));
    hand.push(await timed(byHand));
  }
  const [mine, theirs] = [median(ours), median(hand)];
  return [
    figure('Wire: build and read one message, against hand-escaped strings', mine / theirs, {
      detail: `${mine.toFixed(0)} µs against ${theirs.toFixed(1)} µs, both libraries, checks and the promise included`,
    }),
  ];
};
