import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE } from './paths.mjs';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Without a terminal a line each ten seconds says that the work goes on, without drowning a log. */
const PLAIN_PERIOD_MS = 10_000;
const SPINNER_PERIOD_MS = 120;
const TAIL_LINES = 60;

const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/** Shows that a long piece of work goes on, for how long, and how it ended. */
export const step = async (title, work) => {
  const since = performance.now();
  const { isTTY } = process.stdout;
  let turn = 0;
  const tick = isTTY
    ? () => process.stdout.write(`\r${SPINNER[(turn += 1) % SPINNER.length]} ${title} … ${seconds(since)} `)
    : () => console.log(`… ${title}: ${seconds(since)}`);
  if (!isTTY) console.log(`▸ ${title}`);
  const timer = setInterval(tick, isTTY ? SPINNER_PERIOD_MS : PLAIN_PERIOD_MS);
  const close = (mark) => {
    clearInterval(timer);
    console.log(`${isTTY ? '\r\u001b[2K' : ''}${mark} ${title} (${seconds(since)})`);
  };
  try {
    const result = await work();
    close('✓');
    return result;
  } catch (error) {
    close('✗');
    throw error;
  }
};

const tail = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');

/** Runs a process to its end as a step. Its output goes to a log; the end of the log is shown only when it fails. */
export const runStep = (title, name, launch) =>
  step(title, async () => {
    const logs = path.join(CACHE, 'logs');
    mkdirSync(logs, { recursive: true });
    const logFile = path.join(logs, `${name}.log`);
    const output = openSync(logFile, 'w');
    const { ok, reason } = await launch(output).ended;
    closeSync(output);
    if (!ok) throw new Error(`${title} failed (${reason}). The end of ${logFile}:\n${tail(logFile)}`);
  });
