import { EVERY_ACCOUNT } from './pauses';
import type { Clock, Ids, Ledger, Log, Pause } from './ports';

export interface PauseAllDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** What the audit log names as the thing that was paused and resumed. */
export const SENDING = 'sending';

/**
 * A person stops all sending until a person resumes it. The pause belongs to the site, not to a login: it works while none is
 * configured, and other credentials do not lift it. What is on its way to the gateway already cannot be held back.
 * @returns false when sending was paused by a person before: the first one stays named
 */
export const pauseAll = async (deps: PauseAllDeps, who: string): Promise<boolean> => {
  const now = deps.clock.now();
  const paused = await deps.ledger.transaction(async (ledger) => {
    if (await pausedBy(ledger)) return false;
    await ledger.pauses.put({
      account: EVERY_ACCOUNT,
      alphaname: null,
      reason: 'by_person',
      detail: who,
      since: now,
      // Nothing to try: only a person ends it.
      probeAt: null,
      tries: 0,
    });
    await note(deps, ledger, who, 'pause');
    return true;
  });
  if (paused) deps.log.warn('Sending pauses (by_person): resume it under Settings > SMS');
  return paused;
};

/**
 * Sending goes on, as far as nothing else stops it.
 * @returns false when no person had paused it
 */
export const resumeAll = async (deps: PauseAllDeps, who: string): Promise<boolean> => {
  const resumed = await deps.ledger.transaction(async (ledger) => {
    if ((await ledger.pauses.clear(EVERY_ACCOUNT, ['by_person'])) === 0) return false;
    await note(deps, ledger, who, 'resume');
    return true;
  });
  if (resumed) deps.log.info('Sending goes on: a person resumed it');
  return resumed;
};

/** The name of the person who paused; its `detail` holds it. */
export const personOf = (pause: Pause): string | null => (pause.reason === 'by_person' ? pause.detail : null);

const pausedBy = async (ledger: Ledger): Promise<Pause | undefined> =>
  (await ledger.pauses.list(EVERY_ACCOUNT)).find(({ reason }) => reason === 'by_person');

const note = (deps: PauseAllDeps, ledger: Ledger, who: string, action: 'pause' | 'resume'): Promise<void> =>
  ledger.audit.insert({
    id: deps.ids.next(),
    at: deps.clock.now(),
    who,
    action: `sending.${action}`,
    target: SENDING,
    detail: null,
  });
