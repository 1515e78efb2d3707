import type { ConnectionTestResponse } from '../../../../shared/contracts/status';
import { isGatewayError } from '../../gateway';
import { NotConfigured } from './gateway-access';

type Fault = Omit<Extract<ConnectionTestResponse, { ok: false }>, 'ok'>;

/** A failure of the gateway as the panel tells it; null for anything else, which must not be hidden. */
export const gatewayFault = (error: unknown): Fault | null => {
  if (error instanceof NotConfigured) return { fault: 'not_configured', message: error.message, code: null };
  if (!isGatewayError(error)) return null;
  return { fault: error.kind, message: error.message, code: error.code ?? null };
};
