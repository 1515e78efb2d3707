import { execFileSync, spawn } from 'node:child_process';

const STOP_PRELOAD = new URL('./stop-with-parent.mjs', import.meta.url).href;
/** How long a process may take to stop before it is killed. Strapi needs under a second. */
const STOP_GRACE_MS = 8_000;

/** Processes of this script that are still alive. */
const alive = new Set();

/**
 * Starts a process, its output piped or written to the open file `output`. It leads a group of its own: Ctrl-C reaches only
 * this script, which then stops the others in order, together with what they started.
 */
export const start = (command, args, { cwd, env = {}, output = 'pipe' }) => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output, 'ipc'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message, ok: false }));
    child.once('exit', (code, signal) => resolve({ reason: signal ?? `exit code ${code}`, ok: code === 0 }));
  });
  const running = { child, ended };
  alive.add(running);
  void ended.then(() => alive.delete(running));
  return running;
};

/** Starts a Node script that stops when this process is gone. */
export const startNode = (args, options) => start(process.execPath, ['--import', STOP_PRELOAD, ...args], options);

const signal = ({ child }, name) => {
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    // Already gone between the check and the signal.
    if (error.code !== 'ESRCH') throw error;
  }
};

/** Asks one process, with what it started, to stop; kills it when it does not. */
export const stop = async (running) => {
  if (!alive.has(running)) return;
  signal(running, 'SIGTERM');
  const timer = setTimeout(() => signal(running, 'SIGKILL'), STOP_GRACE_MS);
  await running.ended;
  clearTimeout(timer);
};

export const stopAll = () => Promise.all([...alive].map(stop));

const PARENT_CHECK_MS = 1_000;

/** Parent and name of a process; null where there is no `ps` that can tell. */
const look = (pid) => {
  try {
    const [parent, name] = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return { parent, name };
  } catch {
    // A slim container; then only Ctrl-C and signals stop the demo.
    return null;
  }
};

/**
 * Calls `onGone` when npm, which started this script, has been killed: the demo would run on unseen. npm puts a shell between,
 * which outlives it, so the shell's parent is watched too. A demo started by hand (`node scripts/demo.mjs &`) may outlive its
 * shell.
 */
export const watchParent = (onGone) => {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const { ppid } = process;
  const parent = look(ppid);
  const shell = parent && /(^|\/)-?(sh|dash|bash|zsh)$/.test(parent.name) ? parent : null;
  const gone = () => process.ppid !== ppid || (shell && look(ppid)?.parent !== shell.parent);
  setInterval(() => gone() && onGone(), PARENT_CHECK_MS).unref();
};
