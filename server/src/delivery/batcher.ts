/** Waiting for more work before a commit. */
export interface Linger {
  /** Longest wait of the first that came, milliseconds. */
  readonly ms: number;
  /** How many more are expected soon. */
  readonly expected: () => number;
}

/**
 * Group commit: what arrives while one run is under way goes into the next run together. One commit costs about as much as
 * twenty on a database that syncs to disk, so waiting for company is free when the database is busy. With `linger` a run also
 * waits for those that are about to come; who expects nobody waits for one turn of the event loop only.
 */
export const createBatcher = <In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  { maxItems = 500, linger }: { readonly maxItems?: number; readonly linger?: Linger } = {},
): ((item: In) => Promise<Out>) => {
  interface Waiting {
    readonly item: In;
    readonly resolve: (value: Out) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = false;
  /** Ends the wait for company; null while nobody waits. */
  let enough: (() => void) | null = null;

  const worthWaiting = (): boolean => linger !== undefined && linger.expected() > 0 && waiting.length < maxItems;

  const company = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => enough?.(), ms);
      enough = () => {
        clearTimeout(timer);
        enough = null;
        resolve();
      };
    });

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      if (linger && worthWaiting()) await company(linger.ms);
      const group = waiting.splice(0, maxItems);
      try {
        const results = await run(group.map(({ item }) => item));
        group.forEach(({ resolve, reject }, index) => {
          if (index in results)
            resolve(results[index] as Out); // present: checked by `in`
          else reject(new Error('A batch answered fewer results than it was given'));
        });
      } catch (error) {
        group.forEach(({ reject }) => reject(error));
      }
    }
    busy = false;
  };

  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (enough && !worthWaiting()) enough();
      if (busy) return;
      busy = true;
      setImmediate(() => void drain());
    });
};
