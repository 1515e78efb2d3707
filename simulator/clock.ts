/** Cancels a scheduled task; harmless after it ran. */
export type Cancel = () => void;

/** Simulated time. Every delay of the simulator (status changes, moderation, pushes) runs on it; campaign ids do not. */
export interface Clock {
  /** Milliseconds since the Unix epoch, in simulated time. */
  now(): number;
  /** Runs the task when simulated time reaches `at`. Tasks of one instant run in the order they were scheduled. */
  schedule(at: number, task: () => void): Cancel;
  /** Moves simulated time forward and runs everything that became due, in order, before returning. */
  advance(ms: number): void;
  /** Forgets all tasks and lets the process end. */
  stop(): void;
}

interface Task {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Node fires timers above this at once; longer waits are cut and armed again. */
const LONGEST_TIMER_MS = 2_147_483_647;

const isBefore = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap: ten thousand recipients bring twenty thousand tasks at once, and one timer must serve them all. */
class TaskHeap {
  readonly #tasks: Task[] = [];

  first(): Task | undefined {
    return this.#tasks[0];
  }

  push(task: Task): void {
    const tasks = this.#tasks;
    let index = tasks.length;
    tasks.push(task);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = tasks[parent];
      if (above === undefined || !isBefore(task, above)) break;
      tasks[index] = above;
      index = parent;
    }
    tasks[index] = task;
  }

  pop(): Task | undefined {
    const tasks = this.#tasks;
    const top = tasks[0];
    const last = tasks.pop();
    if (top === undefined || last === undefined || tasks.length === 0) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = tasks[child];
      if (below === undefined) break;
      const right = tasks[child + 1];
      if (right !== undefined && isBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!isBefore(below, last)) break;
      tasks[index] = below;
      index = child;
    }
    tasks[index] = last;
    return top;
  }

  clear(): void {
    this.#tasks.length = 0;
  }
}

class HeapClock implements Clock {
  readonly #heap = new TaskHeap();
  #order = 0;
  #skipped = 0;
  #timer: NodeJS.Timeout | null = null;
  #armedFor = Infinity;

  /** @param wall where time comes from; a constant makes time move only by `advance`. */
  constructor(
    private readonly wall: () => number,
    private readonly ticking: boolean,
  ) {}

  now(): number {
    return this.wall() + this.#skipped;
  }

  schedule(at: number, run: () => void): Cancel {
    const task: Task = { at, order: this.#order++, run };
    this.#heap.push(task);
    this.#arm();
    return () => {
      task.run = null;
    };
  }

  advance(ms: number): void {
    const target = this.now() + ms;
    for (let next = this.#heap.first(); next !== undefined && next.at <= target; next = this.#heap.first()) {
      const now = this.now();
      if (next.at > now) this.#skipped += next.at - now;
      this.#heap.pop()?.run?.();
    }
    this.#skipped += Math.max(0, target - this.now());
    this.#arm();
  }

  stop(): void {
    this.#heap.clear();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#armedFor = Infinity;
  }

  #arm(): void {
    if (!this.ticking) return;
    const at = this.#heap.first()?.at ?? Infinity;
    if (at >= this.#armedFor) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#armedFor = at;
    const wait = Math.min(Math.max(0, at - this.now()), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#armedFor = Infinity;
      this.advance(0);
    }, wait);
    this.#timer.unref();
  }
}

/** Real time, which may be skipped forward by `advance`. */
export const systemClock = (): Clock => new HeapClock(Date.now, true);

/** Time that stands still until `advance`: tests wait for nothing. @param startMs where it starts; now by default. */
export const manualClock = (startMs: number = Date.now()): Clock => new HeapClock(() => startMs, false);
