import type { PauseReason } from '../../../shared/vocabulary';
import type { StatusResponse } from '../../../shared/contracts/status';
import type { Container } from '../compose';
import { pausesOf } from '../delivery/pauses';
import { pushTokensInUse } from './push-tokens';
import { pauseView } from './views';
import { iso } from './http';

/** Who we are at the gateway, whether sending runs and what waits. Never the password. */
export const statusOf = async (container: Container): Promise<StatusResponse> => {
  const { accounts, credentials, ledger, rules, startedAt } = container;
  const account = accounts.current();
  const counts = await ledger.messages.countByState({ states: ['queued', 'claimed', 'in_doubt', 'held'] });
  const pauses = (await pausesOf(ledger, account?.key ?? null)).map(pauseView);
  const local = localPause(container);
  return {
    configured: account !== null,
    endpoint: credentials.endpoint,
    login: credentials.login,
    alphaname: credentials.alphaname,
    missing: [...credentials.missing],
    simulator: credentials.simulator,
    pauses: local
      ? [...pauses, { scope: 'account', alphaname: null, ...local, by: null, since: iso(startedAt), nextProbeAt: null }]
      : pauses,
    waiting: {
      queued: (counts.queued ?? 0) + (counts.claimed ?? 0),
      inDoubt: counts.in_doubt ?? 0,
      held: counts.held ?? 0,
    },
    push: { ...(await pushTokensInUse(ledger.settings)), fromEnvironment: credentials.pushToken !== null },
    rules: rules.all().map(({ key, name, uid, event, field, from, to }) => ({
      key,
      name,
      uid,
      event,
      field,
      from: from && [...from],
      to: to && [...to],
    })),
  };
};

/** What closes this process, whatever the ledger says. */
const localPause = ({ gate, accounts }: Container): { reason: PauseReason; detail: string } | null => {
  const closed = gate.closed();
  if (closed) return closed;
  const problem = accounts.problem();
  return problem ? { reason: 'not_configured', detail: problem } : null;
};
