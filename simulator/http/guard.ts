import type { IncomingMessage } from 'node:http';

import { isLoopback } from '../options';

/** Who may use the control API and the handset. */
export interface Guard {
  /** Why this request must not, in words for a person; null when it may. */
  refusal(request: IncomingMessage): string | null;
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/**
 * Browsers let any page post to this machine, and a name of a stranger may resolve to it: so a foreign Origin is refused, and
 * on loopback so is a Host that is not loopback. Clients without Origin (curl, tests) pass.
 * @param explicit the owner's choice, if any
 */
export const controlGuard = (host: string, explicit: boolean | undefined): Guard => {
  const enabled = explicit ?? isLoopback(host);
  return {
    refusal({ headers }) {
      if (!enabled) return 'The control API is off on this address. Start with --control, behind a wall of your own.';
      const asked = headers.host ?? '';
      const name = asked.replace(/:\d+$/, '');
      if (explicit !== true && !isLoopback(name)) return 'Open the simulator as 127.0.0.1 or localhost.';
      const { origin } = headers;
      if (origin !== undefined && hostOf(origin) !== asked) return 'Requests of other sites are refused.';
      return null;
    },
  };
};
