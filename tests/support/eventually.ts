/** Waits until `check` holds, looking again whenever the event loop is free; says what was last seen when time runs out. */
export const eventually = async <T>(
  look: () => Promise<T> | T,
  check: (seen: T) => boolean,
  timeoutMs = 10_000,
): Promise<T> => {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (check(seen)) return seen;
    if (Date.now() > until) throw new Error(`It did not happen in ${timeoutMs} ms; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
