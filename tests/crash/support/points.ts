/**
 * Where a process is stopped. The numbers are those of docs/guarantees.md: what was durable at that moment differs, and so
 * does what must happen next.
 */
export const POINTS = [
  /** The order and its intent are written, their transaction is not committed. */
  'C1-order-written',
  /** The order is committed, nobody was nudged. */
  'C2-order-committed',
  /** The intent is leased, nothing was decided. */
  'C3-intent-claimed',
  /** Message and decision are written, not committed. */
  'C3-deciding',
  /** The request is written, its members are not claimed: inside one transaction. */
  'C4-sealing',
  /** The request is sealed and committed, nothing left. */
  'C5-sealed',
  /** The request is marked `sending`, not committed. */
  'C5-marking',
  /** `sending` is committed, there is no connection yet. */
  'C6-sending-committed',
  /** Half of the request is on the wire. */
  'C7-half-request',
  /** The whole request is on the wire, no answer came. */
  'C7-request-written',
  /** The gateway accepted; of its answer the head has arrived. */
  'C8-answer-arriving',
  /** The answer is read, nothing of it is written. */
  'C9-answer-read',
  /** The outcome is written, not committed. */
  'C9-recording',
  /** The outcome is committed; nobody asked about the delivery yet. */
  'C11-outcome-committed',
  /** The messages of a campaign are written, not committed. */
  'C12-batch-written',
] as const;
export type Point = (typeof POINTS)[number];

/** Ends or halts the process at the n-th pass of one point. */
export interface Plan {
  readonly point: Point;
  readonly pass: number;
  /** SIGSTOP: the process stands still until somebody continues it, and does not know that time has passed. */
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
}

export type Pass = (point: Point) => void;

/** @param plan null: every point is passed by */
export const stopAt = (plan: Plan | null): Pass => {
  let left = plan?.pass ?? 0;
  return (point) => {
    if (point !== plan?.point || --left !== 0) return;
    process.kill(process.pid, plan.signal ?? 'SIGKILL');
    if (plan.signal === 'SIGSTOP') return;
    // The signal ends the process at the latest when the kernel is entered again; not one statement of ours may follow.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
};
