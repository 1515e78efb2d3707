import assert from 'node:assert/strict';
import { logRow } from '../panel.mjs';

const CUSTOMER = { number: 'BR-1', customerName: 'Оксана', customerPhone: '067 100 00 01', total: '640' };
const MSISDN = '380671000001';

/** An order placed and paid in the panel: the customer's handset, the log, the panel beside the entry. */
export const orders = async ({ scenario, shot, page, browserPage, panel, demo, gateway }) => {
  let order;

  await scenario('an order created in the panel texts the customer', async () => {
    order = await panel.createOrder(CUSTOMER);
    const handset = await browserPage();
    await handset.goto(demo.handset);
    await handset.getByTestId('phone').first().click();
    const sms = handset.getByTestId('sms').filter({ hasText: 'Замовлення BR-1 на 640.00 грн прийнято' });
    await sms.waitFor();
    assert.match(await handset.getByTestId('chat-number').innerText(), /67.?100/);
    await shot('handset', handset);
    await handset.context().close();
  });

  await scenario('the log shows it delivered', async () => {
    await panel.open('/plugins/svitsms/messages');
    const row = logRow(page, 'BR-1');
    await row.waitFor();
    await page.locator('[data-testid="message-row"][data-state="delivered"]').filter({ hasText: 'BR-1' }).waitFor();
    assert.match(await row.innerText(), /Delivered/);
    await shot('log');
    await row.click();
    await page.locator('[data-testid="message-detail"][data-state="delivered"]').waitFor();
    await shot('message');
  });

  await scenario('paying the order texts once, saving it again does not', async () => {
    await panel.openOrder(order.documentId);
    await panel.choose('state', 'paid');
    await panel.press('Save');
    await page.getByTestId('entry-message').nth(1).waitFor();
    await panel.fill({ customerName: 'Оксана К.' });
    await panel.press('Save');
    await panel.choose('state', 'cancelled');
    await panel.press('Save');
    await page.locator('[data-testid="entry-message"][data-state="delivered"]').nth(1).waitFor();
    await shot('order');
    const texts = (await gateway.messagesTo(MSISDN)).map(({ text }) => text);
    assert.equal(texts.filter((text) => text.includes('оплачено')).length, 1);
    assert.equal(texts.length, 2);
  });

  await scenario('an order with a number no phone has is rejected with a reason', async () => {
    await panel.createOrder({ number: 'BR-2', customerName: 'Без номера', customerPhone: '12345', total: '1' });
    await panel.open('/plugins/svitsms/messages');
    await page.locator('[data-testid="message-row"][data-state="rejected"]').first().waitFor();
    await shot('rejected');
  });
};
