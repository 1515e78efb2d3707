import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import type { RequestRecord } from '../../../simulator';
import type { MessageState } from '../../../shared/vocabulary';
import { DEFAULT_TABLES } from '../../../server/src/strapi/stores/table-names';
import { numberIn, ORDERS } from './child-config';

/** What the gateway says it accepted, read from its own file. */
export interface Accepted {
  readonly number: string;
  readonly recipient: string;
  readonly campaignId: string | null;
}

export const acceptedIn = (logFile: string): Accepted[] =>
  readFileSync(logFile, 'utf8')
    .split('\n')
    // What follows the last line break is a line that is being written.
    .slice(0, -1)
    .flatMap((line) => {
      const { accepted, campaignId } = JSON.parse(line) as RequestRecord; // written by the simulator
      return accepted.map(({ text, recipient }) => ({ number: numberIn(text), recipient, campaignId }));
    });

export interface LedgerRow {
  readonly number: string;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly campaignId: string | null;
  /** The process that sent it. */
  readonly owner: string | null;
}

export const ledgerRows = async (knex: Knex): Promise<LedgerRow[]> => {
  const rows: {
    text: string;
    state: MessageState;
    reason: string | null;
    campaign_id: string | null;
    owner: string | null;
  }[] = await knex(`${DEFAULT_TABLES.message} as m`)
    .leftJoin(`${DEFAULT_TABLES.submission} as s`, 's.document_id', 'm.submission_id')
    .select('m.text', 'm.state', 'm.reason', 'm.campaign_id', 's.owner');
  return rows.map((row) => ({
    number: numberIn(row.text),
    state: row.state,
    reason: row.reason,
    campaignId: row.campaign_id,
    owner: row.owner,
  }));
};

/** How the three accounts of what happened agree: the shop's orders, the gateway's file, our ledger. */
export interface Verdict {
  readonly orders: number;
  /** Committed orders whose SMS the gateway never accepted and the ledger does not show as in doubt. */
  readonly lost: readonly string[];
  /** Orders whose SMS the gateway accepted more than once. */
  readonly twice: readonly string[];
  /** SMS that the gateway accepted without a committed order. */
  readonly ghosts: readonly string[];
  /** Orders about which ledger and gateway disagree: accepted here and unknown there, or under another campaign. */
  readonly wrong: readonly string[];
  readonly inDoubt: readonly LedgerRow[];
  /** Of those in doubt: which the gateway has in fact. */
  readonly inDoubtButSent: readonly string[];
  readonly states: Readonly<Partial<Record<MessageState, number>>>;
}

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};

export const compare = (
  orders: readonly string[],
  accepted: readonly Accepted[],
  rows: readonly LedgerRow[],
): Verdict => {
  const sent = countBy(accepted, ({ number }) => number);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const campaigns = new Map(accepted.map(({ number, campaignId }) => [number, campaignId]));
  const known = new Set(orders);
  const inDoubt = rows.filter(({ state }) => state === 'in_doubt');
  const delivered = (row: LedgerRow): boolean => row.state === 'delivered';
  return {
    orders: orders.length,
    lost: orders.filter((number) => !sent.has(number) && byNumber.get(number)?.state !== 'in_doubt'),
    twice: [...sent].filter(([, times]) => times > 1).map(([number]) => number),
    ghosts: [...sent.keys()].filter((number) => !known.has(number)),
    wrong: [
      ...rows.filter((row) => delivered(row) && campaigns.get(row.number) !== row.campaignId),
      ...rows.filter((row) => !delivered(row) && row.state !== 'in_doubt'),
    ].map(({ number, state }) => `${number} ${state}`),
    inDoubt,
    inDoubtButSent: inDoubt.filter(({ number }) => sent.has(number)).map(({ number }) => number),
    states: Object.fromEntries(countBy(rows, ({ state }) => state)),
  };
};

/** Reads all three and compares them. */
export const judge = async (knex: Knex, logFile: string, table = ORDERS): Promise<Verdict> => {
  const orders: { number: string }[] = await knex(table).select('number');
  return compare(
    orders.map(({ number }) => number),
    acceptedIn(logFile),
    await ledgerRows(knex),
  );
};

/** What must be empty whatever happened. */
export const faultsOf = ({ lost, twice, ghosts, wrong }: Verdict): object => ({ lost, twice, ghosts, wrong });
export const NO_FAULTS = { lost: [], twice: [], ghosts: [], wrong: [] };
