import { account } from './account/schema';
import { audit } from './audit/schema';
import { batch } from './batch/schema';
import { decision } from './decision/schema';
import { intent } from './intent/schema';
import { lease } from './lease/schema';
import { message } from './message/schema';
import { pause } from './pause/schema';
import { setting } from './setting/schema';
import { submission } from './submission/schema';
import type { LedgerSchema } from './schema';

export type { LedgerSchema } from './schema';

/** The hidden content types of the ledger, in the form a Strapi plugin exports them. */
const contentTypes = {
  intent: { schema: intent },
  decision: { schema: decision },
  message: { schema: message },
  submission: { schema: submission },
  pause: { schema: pause },
  account: { schema: account },
  batch: { schema: batch },
  audit: { schema: audit },
  setting: { schema: setting },
  lease: { schema: lease },
} satisfies Record<string, { schema: LedgerSchema }>;

export default contentTypes;
