import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser, openPage } from './browser.mjs';
import { startDemo } from './demo.mjs';
import { createGateway } from './gateway.mjs';
import { createHarness } from './harness.mjs';
import { createPanel } from './panel.mjs';
import { articles } from './scenarios/articles.mjs';
import { orders } from './scenarios/orders.mjs';
import { sending } from './scenarios/sending.mjs';
import { ukrainian } from './scenarios/ukrainian.mjs';
import { wrongLogin } from './scenarios/wrong-login.mjs';

/**
 * The demo in a real Chromium, from the login to the delivered text. Uses the demo's own start, so that a broken
 * `npm run demo` fails here. RESULTS_FILE takes the counts for CI.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'svitsms-browser-'));
const started = [];
const startShop = async (options) => {
  const shop = await startDemo({ folder, ...options });
  started.push(shop);
  return shop;
};

let browser;
let passed = false;
try {
  const demo = await startShop({ name: 'demo' });
  browser = await launchBrowser();
  const { page, errors } = await openPage(browser);
  const harness = createHarness({ page: () => page });
  const tools = {
    ...harness,
    page,
    demo,
    startShop,
    panel: createPanel(page, demo),
    gateway: createGateway(demo.handset),
    browserPage: async (options) => (await openPage(browser, options)).page,
  };
  await harness.scenario('the demo user logs in', () => tools.panel.logIn());
  await orders(tools);
  await articles(tools);
  await sending(tools);
  await wrongLogin(tools);
  await ukrainian(tools);
  await harness.scenario('the browser console shows no error', async () => assert.deepEqual(errors, []));
  passed = harness.finish(process.env.RESULTS_FILE);
} finally {
  await browser?.close();
  await Promise.all(started.map((shop) => shop.stop()));
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = passed ? 0 : 1;
