import { useSyncExternalStore } from 'react';

const subscribe = (onChange: () => void) => {
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
};

/** Whether the browser tab can be seen: nothing is polled for a hidden one. */
const useVisible = (): boolean => useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');

/** Badges follow the handset within this time. */
const LIVE_MS = 2_000;
/** New rows and changes made by others appear within this time. */
const CALM_MS = 10_000;

/** Milliseconds between refreshes for the data hooks; 0 switches polling off. */
export const usePolling = (live: boolean): number => {
  const visible = useVisible();
  if (!visible) return 0;
  return live ? LIVE_MS : CALM_MS;
};
