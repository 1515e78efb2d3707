import { z } from 'zod';
import { ALPHANAME_STATES } from '../vocabulary';

export const alphanameView = z.object({
  alphaname: z.string(),
  state: z.enum(ALPHANAME_STATES),
  /** The gateway's own word, verbatim. */
  status: z.string(),
  isDefault: z.boolean(),
});
export type AlphanameView = z.infer<typeof alphanameView>;

/** GET /svitsms/alphanames */
export const alphanamesResponse = z.object({ results: z.array(alphanameView) });
export type AlphanamesResponse = z.infer<typeof alphanamesResponse>;

/** GET /svitsms/alphanames/check?alphaname= and body of POST /svitsms/alphanames (asks the gateway to register a new one). */
export const alphanameInput = z.object({ alphaname: z.string().min(1, 'Sender name is empty') });
export type AlphanameInput = z.infer<typeof alphanameInput>;

/** Warnings are doubts that the gateway's moderators usually have; they stop nothing. */
export const alphanameResponse = alphanameView.extend({ warnings: z.array(z.string()) });
export type AlphanameResponse = z.infer<typeof alphanameResponse>;
