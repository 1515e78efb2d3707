import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { collectSent, createSearch } from './lib/private-data.mjs';

/**
 * Searches the logs that the test suites left (TEST_LOGS) for what they sent: numbers, texts, passwords, tokens. Fails on a
 * finding, and also when there is nothing to search or nothing was sent: that would prove nothing.
 */
const SHOWN = 20;
const SENT = 'sent.jsonl';

const folder = process.argv[2];
if (!folder) throw new Error('Usage: node scripts/search-logs.mjs <folder with the logs>');

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

async function* linesOf(file) {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}

const sentFile = path.join(folder, SENT);
if (!existsSync(sentFile)) fail(`${sentFile} is missing: nothing was sent, so the search would prove nothing.`);
const requests = [];
for await (const line of linesOf(sentFile)) if (line.trim()) requests.push(JSON.parse(line));
const sent = collectSent(requests);
if (sent.recipients.size === 0 || sent.texts.size === 0 || sent.secrets.size === 0)
  fail(`${sentFile} names no recipient, no text or no password: the search would prove nothing.`);

const files = readdirSync(folder, { recursive: true })
  .filter((name) => path.basename(name) !== SENT && statSync(path.join(folder, name)).isFile())
  .sort();
const bytes = files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
if (bytes === 0) fail(`There are no logs in ${folder}.`);

const whatIn = createSearch(sent);
const findings = [];
let lines = 0;
for (const name of files) {
  let number = 0;
  for await (const line of linesOf(path.join(folder, name))) {
    number++;
    const what = whatIn(line);
    if (what) findings.push({ name, number, what, line });
  }
  lines += number;
}
for (const { name, number, what, line } of findings.slice(0, SHOWN))
  console.error(`${name}:${number} holds ${what}: ${line.slice(0, 300)}`);
if (findings.length > SHOWN) console.error(`… and ${findings.length - SHOWN} more`);
console.log(
  `${files.length} log files (${bytes} bytes, ${lines} lines) searched for ${sent.recipients.size} numbers, ` +
    `${sent.texts.size} texts and ${sent.secrets.size} secrets: ${findings.length} findings`,
);
if (findings.length > 0) process.exitCode = 1;
