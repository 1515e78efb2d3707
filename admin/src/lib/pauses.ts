import type { ConnectionTestResponse, PauseView } from '../../../shared/contracts/status';
import type { PauseReason } from '../../../shared/vocabulary';

/** Whether nothing at all leaves: not so when only one sender name waits, or only campaigns do. */
export const stopsEverything = ({ scope, reason }: PauseView): boolean =>
  scope === 'account' && reason !== 'bulk_unaffordable';

type Fault = Extract<ConnectionTestResponse, { ok: false }>['fault'];

const TOLD_BY: Readonly<Partial<Record<Fault, PauseReason>>> = {
  auth: 'wrong_credentials',
  not_configured: 'not_configured',
  connect: 'gateway_unreachable',
};

/** Whether a pause on the same page names this fault with its cure, so that it need not be told again. */
export const isTold = (fault: Fault | undefined, pauses: readonly PauseView[]): boolean =>
  fault !== undefined && pauses.some(({ reason }) => reason === TOLD_BY[fault]);
