import { createSmsGateway } from '../../server/src/strapi/adapters/svitsms-gateway';
import { answeredWith } from '../gateway/support/clients';

const submit = (status: number, body: string) =>
  createSmsGateway(answeredWith(body, status).client).submit({
    alphaname: 'MyShop',
    kind: 'single',
    messages: [{ recipient: '380501234567', text: 'Готово' }],
    marker: 'ref 1',
    lifetimeHours: 24,
    ratePerMinute: 120,
  });

test.each([500, 502, 503, 504, 301, 302])('after a %i nobody knows whether the SMS left: in doubt', async (status) => {
  expect(await submit(status, '<html>busy</html>')).toMatchObject({ kind: 'in_doubt', fault: 'http' });
});

test('a 4xx is a clear no', async () => {
  expect(await submit(404, '')).toMatchObject({ kind: 'refused', scope: 'request' });
});
