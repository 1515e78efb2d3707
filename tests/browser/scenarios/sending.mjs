import assert from 'node:assert/strict';
import { logRow } from '../panel.mjs';

const TEXT = 'Ваше замовлення чекає у відділенні № 5.';

/** What an editor does by hand: a text to several people, a lost answer, the connection test. */
export const sending = async ({ scenario, shot, page, panel, gateway }) => {
  const fillSend = async (recipients, text) => {
    await panel.open('/plugins/svitsms/send');
    await page.locator('textarea[name="recipients"]').fill(recipients);
    await page.locator('textarea[name="text"]').fill(text);
  };

  await scenario('an editor texts two people from the panel', async () => {
    await fillSend('067 100 00 05\n+380671000006\n067-100-00-05\n123', TEXT);
    await page.locator('[data-testid="recipients-count"][data-count="2"]').waitFor();
    assert.match(await page.getByTestId('recipients-bad').innerText(), /123/);
    assert.match(await page.getByTestId('segment-summary').innerText(), /1/);
    await shot('send');
    await page.locator('[data-testid="review"]:enabled').click();
    await page.getByTestId('confirm-dialog').waitFor();
    await shot('review');
    await page.getByTestId('confirm').click();
    await page.getByTestId('send-result').waitFor();
    await shot('sent');
    await page.getByTestId('result-link').click();
    await page.locator('[data-testid="message-row"][data-state="delivered"]').nth(1).waitFor();
    for (const number of ['380671000005', '380671000006'])
      assert.deepEqual(
        (await gateway.messagesTo(number)).map(({ text }) => text),
        [TEXT],
      );
  });

  await scenario('a text whose answer was lost is in doubt, and a person closes it', async () => {
    await gateway.addFault({ kind: 'close-after', match: { operation: 'SENDSMS', recipient: '380671000007' } });
    await fillSend('+380671000007', 'Код видачі 4821');
    await page.locator('[data-testid="review"]:enabled').click();
    await page.getByTestId('confirm').click();
    await page.getByTestId('send-result').waitFor();
    await panel.open('/plugins/svitsms/messages');
    await page.locator('[data-testid="message-row"][data-state="in_doubt"]').waitFor();
    await logRow(page, '4821').click();
    await page.getByTestId('doubt-card').waitFor();
    await shot('in-doubt');
    await page.getByTestId('decide-close').click();
    await page.getByTestId('confirm').click();
    await page.locator('[data-testid="message-detail"][data-state="closed"]').waitFor();
    assert.equal((await gateway.messagesTo('380671000007')).length, 1);
  });

  await scenario('the connection test shows the balance', async () => {
    await panel.open('/settings/svitsms');
    await page.getByTestId('test-connection').click();
    await page.getByTestId('test-ok').waitFor();
    assert.equal(await page.getByTestId('rule-row').count(), 4);
    await shot('settings');
  });

  await scenario('a person pauses all sending: an order waits, and leaves when sending is resumed', async () => {
    await page.getByTestId('pause-sending').click();
    await page.getByTestId('confirm').click();
    await page.getByTestId('resume-sending').waitFor();
    await panel.createOrder({ number: 'BR-9', customerName: 'Ірина', customerPhone: '067 100 00 09', total: '90' });
    await panel.open('/plugins/svitsms/messages');
    await page.locator('[data-testid="message-row"][data-state="queued"]').filter({ hasText: 'BR-9' }).waitFor();
    await shot('paused');
    assert.deepEqual(await gateway.messagesTo('380671000009'), []);
    await page.getByTestId('resume-sending').click();
    await page.getByTestId('confirm').click();
    await page.locator('[data-testid="message-row"][data-state="delivered"]').filter({ hasText: 'BR-9' }).waitFor();
    assert.equal((await gateway.messagesTo('380671000009')).length, 1);
    await page.getByTestId('pause-banner').waitFor({ state: 'detached' });
  });

  await scenario('sender names are listed', async () => {
    await panel.open('/plugins/svitsms/sender-names');
    await page.getByTestId('alphaname-row').filter({ hasText: 'MyShop' }).waitFor();
    await shot('sender-names');
  });

  await scenario('the home page has the SMS widget', async () => {
    await panel.open('/');
    await page.getByTestId('sms-widget').waitFor();
    await shot('home');
  });
};
