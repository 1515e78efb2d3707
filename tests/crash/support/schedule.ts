import { POINTS, type Plan } from './points';
import { shuffled } from './random';

/** How one child ends: at a named point, or at a moment that chance chose. */
export type Ending =
  | { readonly kind: 'point'; readonly plan: Plan; readonly tries: number }
  /** `start`: counted from the birth of the process, so that kills also hit starting and recovery. */
  | { readonly kind: 'time'; readonly from: 'start' | 'ready'; readonly afterMs: number };

/** Every named point is hit at least this often in a run, whatever its length. */
export const PASSES_PER_POINT = 3;
const NAMED_SHARE = 0.5;
const SHARE_WHILE_STARTING = 0.2;
/** A child starts in about half a second. */
const START_MS = 600;
/** Orders come for about a second, so these moments lie under load. */
const LOAD_MS = 900;
/** The pass at which a point strikes: the first, or one when the process is in the middle of its work. */
const PASSES = [1, 1, 2, 5] as const;

export const scheduleOf = (kills: number, random: () => number): Ending[] => {
  const rounds = Math.max(PASSES_PER_POINT, Math.floor((kills * NAMED_SHARE) / POINTS.length));
  const named = POINTS.flatMap((point) =>
    Array.from({ length: rounds }, (_, round): Ending => {
      // Half a request, and a campaign id that arrives, happen in the first request or not at all.
      const pass =
        point === 'C7-half-request' || point === 'C12-batch-written' ? 1 : (PASSES[round % PASSES.length] ?? 1);
      return { kind: 'point', plan: { point, pass }, tries: 0 };
    }),
  );
  const timed = Array.from({ length: Math.max(0, kills - named.length) }, (): Ending =>
    random() < SHARE_WHILE_STARTING
      ? { kind: 'time', from: 'start', afterMs: random() * START_MS }
      : { kind: 'time', from: 'ready', afterMs: random() * LOAD_MS },
  );
  return shuffled([...named, ...timed], random);
};
