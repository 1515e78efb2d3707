import assert from 'node:assert/strict';

const PAGES = { log: 'messages', send: 'send', 'not-sent': 'not-sent', 'sender-names': 'sender-names' };

/** The same pages in Ukrainian, and on a phone. */
export const ukrainian = async ({ scenario, shot, page, panel }) => {
  await scenario('the panel speaks Ukrainian', async () => {
    await page.evaluate("localStorage.setItem('strapi-admin-language', 'uk')");
    for (const [name, path] of Object.entries(PAGES)) {
      await panel.open(`/plugins/svitsms/${path}`);
      assert.match(await panel.mainText(), /[а-яіїє]{4}/i);
      await shot(`uk-${name}`);
    }
    await panel.open('/settings/svitsms');
    await page.getByTestId('test-connection').waitFor();
    await shot('uk-settings');
  });

  await scenario('no text key shows through', async () => {
    for (const path of [...Object.values(PAGES).map((one) => `/plugins/svitsms/${one}`), '/settings/svitsms']) {
      await panel.open(path);
      assert.doesNotMatch(await panel.mainText(), /svitsms\.[a-z]/);
    }
  });

  await scenario('the log fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await panel.open('/plugins/svitsms/messages');
    await page.getByTestId('message-row').first().waitFor();
    await shot('uk-log-phone');
  });
};
