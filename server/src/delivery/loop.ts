import type { Log } from './ports';

/** A dumb loop: do a turn, wait for a wake or the time the turn asked for, again. Stops cleanly; an error waits and goes on. */
export interface Loop {
  start(): void;
  /** Begins the next turn now, or right after the running one; with `withinMs` not later than that. */
  wake(withinMs?: number): void;
  /** Resolves when no turn runs any more. */
  stop(): Promise<void>;
  lastTurnAt(): number | null;
  lastError(): string | null;
}

/** Waits for work that ends by itself, but not longer than this; a timer that is left over keeps no process alive. */
export const atMost = async (work: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** After a failed turn: the database may be away; a tight loop of failures would only fill the log. */
const ERROR_WAIT_MS = 1_000;

/**
 * @param turn returns how many milliseconds to wait at most before the next turn; 0 means there is more to do at once
 */
export const createLoop = (name: string, turn: () => Promise<number>, log: Log, now: () => number): Loop => {
  let running: Promise<void> | null = null;
  let stopped = true;
  /** Milliseconds that somebody wants the next turn within; null: nobody asked. */
  let wanted: number | null = null;
  let rouse: ((withinMs: number) => void) | null = null;
  let lastTurnAt: number | null = null;
  let lastError: string | null = null;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const begin = (wait: number): { readonly at: number; readonly timer: NodeJS.Timeout } => {
        // A waiting loop must not keep a finished process alive.
        const timer = setTimeout(done, wait).unref();
        return { at: performance.now() + wait, timer };
      };
      const done = (): void => {
        clearTimeout(end.timer);
        rouse = null;
        resolve();
      };
      let end = begin(ms);
      rouse = (withinMs) => {
        if (withinMs <= 0) done();
        else if (performance.now() + withinMs < end.at) {
          clearTimeout(end.timer);
          end = begin(withinMs);
        }
      };
    });

  const run = async (): Promise<void> => {
    while (!stopped) {
      wanted = null;
      let waitMs = ERROR_WAIT_MS;
      try {
        waitMs = await turn();
        lastError = null;
      } catch (error) {
        lastError = error instanceof Error ? error.message : 'unknown error';
        log.error(`${name}: ${lastError}`);
      }
      lastTurnAt = now();
      if (stopped) return;
      // better-sqlite3 answers within the same tick: without this a busy loop would starve timers and sockets.
      await new Promise((resolve) => setImmediate(resolve));
      const restMs = Math.min(waitMs, wanted ?? waitMs);
      if (restMs > 0) await rest(restMs);
    }
  };

  return {
    start: () => {
      if (!stopped) return;
      stopped = false;
      running = run();
    },
    wake: (withinMs = 0) => {
      wanted = Math.min(withinMs, wanted ?? withinMs);
      rouse?.(withinMs);
    },
    stop: async () => {
      stopped = true;
      wanted = 0;
      rouse?.(0);
      await running;
      running = null;
    },
    lastTurnAt: () => lastTurnAt,
    lastError: () => lastError,
  };
};
