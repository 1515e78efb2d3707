import { inspect } from 'node:util';
import { createGatewayClient, isGatewayError, TransportFault, type Transport } from '../../server/src/gateway';
import { startMisbehavingServer, httpAnswer } from '../support/misbehaving-server';
import { ACCEPTED, NUMBER, refusal } from './support/answers';
import { clientOf, errorOf, LOGIN, PASSWORD } from './support/clients';

const TEXT = 'Ваш код 4815162342';
const SMS = { alphaname: 'MyShop', text: TEXT, recipients: [NUMBER] };
const PAIR = Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64');

/** Everything a logger, a debugger or a serializer could get out of a value. */
const everything = (value: unknown): string => {
  const seen = new Set<unknown>();
  const parts: string[] = [];
  const walk = (one: unknown): void => {
    if (typeof one === 'string') parts.push(one);
    if (one === null || (typeof one !== 'object' && typeof one !== 'function') || seen.has(one)) return;
    seen.add(one);
    for (const key of Reflect.ownKeys(one)) {
      parts.push(String(key));
      const descriptor = Object.getOwnPropertyDescriptor(one, key);
      if (descriptor !== undefined && 'value' in descriptor && typeof one !== 'function') walk(descriptor.value);
    }
  };
  walk(value);
  for (const customInspect of [true, false])
    parts.push(inspect(value, { showHidden: true, depth: Infinity, customInspect, maxStringLength: Infinity }));
  parts.push(String(value), JSON.stringify(value) ?? '');
  return parts.join('\n');
};

const SECRETS = [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), PAIR, LOGIN, NUMBER, TEXT, '4815162342'];

const expectClean = (value: unknown): void => {
  const all = everything(value);
  for (const secret of SECRETS) expect(all.includes(secret)).toBe(false);
};

test('a client shows its address and nothing else', () => {
  const client = clientOf('https://svitsms.com/api/api.php');
  expectClean(client);
  expect(inspect(client)).toBe("GatewayClient { endpoint: 'https://svitsms.com/api/api.php' }");
  expect(JSON.parse(JSON.stringify(client))).toEqual({ endpoint: 'https://svitsms.com/api/api.php' });
});

const echo = `${LOGIN} ${PASSWORD} ${PAIR} +${NUMBER} ${TEXT}`;
const xmlEcho = echo.replaceAll('"', '&quot;');

test.each<[string, number, string]>([
  ['a refusal that echoes everything', 200, refusal('ERRPHONES', xmlEcho)],
  ['a code that echoes everything', 200, refusal(xmlEcho)],
  ['plain text that echoes everything', 200, `Fatal error: ${echo}`],
  ['a wrong login that echoes everything', 200, `Access denied! ${echo}`],
  ['a page that echoes everything', 200, `<html><body>${xmlEcho}</body></html>`],
  ['broken XML that echoes everything', 200, ACCEPTED.replace('</state>', `${xmlEcho}<`)],
  ['a 500 that echoes everything', 500, echo],
  ['a 403', 403, echo],
])('%s leaks nothing', async (_name, status, body) => {
  const server = await startMisbehavingServer({ onRequest: (socket) => socket.write(httpAnswer(status, body)) });
  const error = await errorOf(clientOf(server.endpoint).sendSms(SMS));
  await server.close();
  expectClean(error);
});

test('neither do broken connections', async () => {
  const server = await startMisbehavingServer({ onRequest: (socket) => socket.resetAndDestroy() });
  expectClean(await errorOf(clientOf(server.endpoint).sendSms(SMS)));
  expectClean(await errorOf(clientOf(server.endpoint, { timeoutMs: 100 }).getMessageStatus('1', NUMBER)));
  await server.close();
  expectClean(await errorOf(clientOf(server.endpoint).sendSms(SMS)));
});

test.each<[string, unknown]>([
  ['a fault', new TransportFault('reset', undefined, new Error(echo))],
  ['a foreign error with properties', Object.assign(new Error(echo), { headers: { authorization: PAIR }, code: echo })],
  ['several errors in one', new AggregateError([new Error(echo)], '')],
  ['a string', echo],
  ['an object', { echo }],
])('nor %s thrown by a transport', async (_name, thrown) => {
  const transport: Transport = () => Promise.reject(thrown);
  const error = await errorOf(createGatewayClient({ login: LOGIN, password: PASSWORD, transport }).sendSms(SMS));
  expect([error.kind, error.requestSent]).toEqual(['reset', 'unknown']);
  expectClean(error);
});

test('wrong arguments are named, not quoted', async () => {
  const client = clientOf('https://svitsms.com/api/api.php');
  expectClean(await errorOf(client.sendSms({ ...SMS, recipients: [NUMBER, NUMBER] })));
  expectClean(await errorOf(client.sendSms({ ...SMS, text: `${TEXT}\u0000` })));
  expectClean(await errorOf(client.getMessageStatus(TEXT, NUMBER)));
});

test('the reason of a caller who gives up is cleaned too', async () => {
  const signal = AbortSignal.abort(new Error(echo));
  expectClean(await errorOf(clientOf('http://127.0.0.1:9/').sendSms(SMS, { signal })));
});

test('errors are recognised by shape across copies of the package', async () => {
  const error = await errorOf(clientOf('https://svitsms.com/').getCampaignInfo(''));
  expect(isGatewayError(error)).toBe(true);
  expect(
    isGatewayError(Object.assign(new Error('x'), { name: 'GatewayError', kind: 'auth', requestSent: 'yes' })),
  ).toBe(true);
  expect(isGatewayError(new Error('x'))).toBe(false);
});
