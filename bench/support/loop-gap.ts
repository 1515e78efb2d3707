/** Longest time in which the event loop ran nothing else, milliseconds. */
export interface LoopGap {
  longest(): number;
  stop(): void;
}

/** A tick asks for the next one as soon as it runs; the longest time between two is what a visitor of the shop may wait. */
export const watchLoop = (): LoopGap => {
  let longest = 0;
  let last = performance.now();
  let timer: NodeJS.Timeout;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    timer = setTimeout(tick, 1);
  };
  timer = setTimeout(tick, 1);
  return { longest: () => longest, stop: () => clearTimeout(timer) };
};
