import assert from 'node:assert/strict';
import { createPanel } from '../panel.mjs';

/** A shop with a wrong password: orders go on, sending waits and says why. */
export const wrongLogin = async ({ scenario, shot, startShop, browserPage, demo }) => {
  const endpoint = new URL('api/api.php', demo.handset).href;
  const shop = await startShop({
    name: 'wrong-login',
    env: {
      SVITSMS_ENDPOINT: endpoint,
      SVITSMS_LOGIN: '380000000000',
      SVITSMS_PASSWORD: 'wrong',
      SVITSMS_ALPHANAME: 'MyShop',
    },
  });
  try {
    const page = await browserPage();
    const panel = createPanel(page, shop);
    await scenario('with a wrong password orders are taken and sending pauses visibly', async () => {
      const response = await fetch(shop.orders, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(shop.orderBody),
      });
      if (response.status !== 201) throw new Error(`The order was answered ${response.status}.`);
      await panel.logIn();
      await panel.open('/plugins/svitsms/messages');
      await page.getByTestId('pause-banner').waitFor();
      await page.locator('[data-testid="message-row"][data-state="queued"]').waitFor();
      await shot('wrong-login', page);
      await panel.open('/settings/svitsms');
      await page.getByTestId('test-connection').click();
      await page.getByTestId('fault-notice').waitFor();
      await shot('wrong-login-settings', page);
    });
    await scenario('the address for delivery reports is shown once, works, and stops when turned off', async () => {
      await page.getByTestId('push-create').click();
      const address = await page.getByTestId('push-address').innerText();
      await shot('push-address', page);
      const push = () => fetch(address, { method: 'POST', body: 'not a status push' });
      assert.equal((await push()).status, 200);
      await page.getByTestId('push-address-close').click();
      await page.getByTestId('push-address').waitFor({ state: 'detached' });
      await page.getByTestId('push-off').click();
      await page.getByTestId('confirm').click();
      await page.getByTestId('push-off').waitFor({ state: 'detached' });
      assert.equal((await push()).status, 404);
    });
  } finally {
    await shop.stop();
  }
};
