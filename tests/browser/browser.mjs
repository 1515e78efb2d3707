import { existsSync } from 'node:fs';
import playwright from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * What is not ours to mend: look-ups of outside hosts, features of Strapi's paid edition and its preview that answer 404, and
 * Strapi's own gaps in Ukrainian.
 */
const NOISE = [
  /api\.github\.com/,
  /analytics\.strapi\.io/,
  /net::ERR_/,
  /ai-feature-config/,
  /ai-localization-jobs/,
  /\/content-manager\/preview\/url\//,
  /MISSING_TRANSLATION\] Missing message: "(?!svitsms\.)/,
];
/** Chromium reports a failed request without its address in the text; the address is in `location`. */
const isNoise = (text, url) => NOISE.some((pattern) => pattern.test(text) || pattern.test(url));

export const launchBrowser = () => {
  const executablePath = process.env.CHROMIUM_PATH ?? CANDIDATES.find((file) => existsSync(file));
  if (!executablePath)
    throw new Error('No Chromium found. Install it (apt-get install chromium) or name it in CHROMIUM_PATH.');
  return playwright.chromium.launch({
    executablePath,
    headless: true,
    args: [
      // CI runs as root, where Chromium's sandbox cannot.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};

/** A page of its own cookies, with a list of the errors its console showed. */
export const openPage = async (browser, { locale = 'en-GB', viewport = { width: 1440, height: 900 } } = {}) => {
  const context = await browser.newContext({ locale, viewport, timezoneId: 'Europe/Kyiv' });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isNoise(message.text(), message.location().url))
      errors.push(`console: ${message.text()} ${message.location().url}`);
  });
  return { page, context, errors };
};
