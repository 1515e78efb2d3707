import type { AlphanameView } from '../../../../shared/contracts/alphanames';
import { alphanameMeaning } from '../../gateway';

/** A sender name as the panel shows it: our word, the gateway's word, and whether it is the default. */
export const alphanameView = (
  { alphaname, status }: { alphaname: string; status: string },
  defaultAlphaname: string | null,
): AlphanameView => ({
  alphaname,
  status,
  state: alphanameMeaning(status),
  isDefault: alphaname === defaultAlphaname,
});
