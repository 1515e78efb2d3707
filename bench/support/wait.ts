/** Waits until something holds; looks every `everyMs`, seldom enough not to be part of what is measured. */
export const waitUntil = async (holds: () => Promise<boolean>, everyMs = 100, withinMs = 600_000): Promise<void> => {
  const until = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`Nothing came of it within ${withinMs / 1_000} s`);
    await pause(everyMs);
  }
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
