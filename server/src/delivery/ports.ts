/**
 * What the use cases need from the world. Stores see domain objects, never rows; times are epoch milliseconds.
 * Reason for its length: one contract, read as a whole by every store, adapter and test double.
 */
import type { CountryCode } from 'libphonenumber-js';
import type {
  DecisionOutcome,
  IntentState,
  Lane,
  MessageState,
  PauseReason,
  Reason,
  SubmissionState,
} from '../../../shared/vocabulary';
import type { CampaignId, DedupeKey, MessageId, SubmissionId } from '../domain/brands';
import type { Message } from '../domain/message';
import type { SubmitResult } from '../domain/outcome';
import type { Fields, Rule } from '../domain/rule';
import type { Submission } from '../domain/submission';
import type { Leases } from './leases';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Ids {
  /** A fresh id that sorts by time (UUID version 7). */
  next(): string;
}

export type Random = () => number;

/** Receives sentences without numbers, texts or secrets. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A write that rules watch, recorded in the transaction of that write. */
export interface Intent {
  readonly id: string;
  readonly uid: string;
  readonly documentId: string;
  readonly locale: string | null;
  /** Rules that matched, with the version they had. */
  readonly rules: readonly { readonly key: string; readonly version: string; readonly transition: string }[];
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly state: IntentState;
  readonly dueAt: number;
  readonly createdAt: number;
  /** Times somebody began to decide it; one that keeps failing is set aside. */
  readonly attempts: number;
}

export interface IntentStore {
  insert(intents: readonly Intent[]): Promise<void>;
  /** Takes due pending intents until `leaseUntil`; two callers never get the same one while a lease lasts. */
  claimDue(options: { now: number; limit: number; leaseUntil: number }): Promise<Intent[]>;
  /** pending -> decided | broken, erasing nothing. False when somebody else finished it first. */
  finish(id: string, state: Exclude<IntentState, 'pending'>, detail: string | null): Promise<boolean>;
  /** Erases the snapshots of intents that are not pending and older than `before`. */
  erase(options: { before: number; limit: number }): Promise<number>;
  /** Puts a claimed intent back, due at `dueAt`. */
  postpone(id: string, dueAt: number): Promise<void>;
  /** Ends all leases, for the boot of a database that only one process uses; or those that end after `beyond`. */
  releaseAll(beyond?: number): Promise<void>;
  /** pending -> broken for all recorded before: events of another site (a copied database) must not text anybody here. */
  breakPending(detail: string, createdBefore: number): Promise<number>;
  /** Earliest moment at which `claimDue` may find something; null when nothing waits. */
  nextDueAt(): Promise<number | null>;
}

/** What one rule made of one intent. */
export interface Decision {
  readonly id: string;
  readonly intentId: string;
  readonly ruleKey: string;
  readonly ruleVersion: string;
  readonly uid: string;
  readonly documentId: string;
  readonly outcome: DecisionOutcome;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly messageCount: number;
  readonly createdAt: number;
}

export interface Page<T> {
  readonly results: readonly T[];
  readonly total: number;
}
export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
}

export interface DecisionStore {
  /** Unique by intent and rule; a repeat is ignored. */
  insertNew(decisions: readonly Decision[]): Promise<void>;
  /** Has this rule decided about this entry in an earlier intent? */
  existsBefore(ruleKey: string, documentId: string, intentId: string): Promise<boolean>;
  list(filter: { outcome?: DecisionOutcome; documentId?: string }, page: PageRequest): Promise<Page<Decision>>;
}

/** A compare-and-set: applies only if the message is in one of `from` and at `fence`. Absent fields stay as they are. */
export interface MessageChange {
  readonly id: MessageId;
  readonly from: readonly MessageState[];
  /** Omitted only by moves that no sender races for (reports of accepted messages). */
  readonly fence?: number;
  readonly to: MessageState;
  readonly reason?: Reason | null;
  readonly detail?: string | null;
  readonly dueAt?: number;
  readonly expiresAt?: number;
  readonly submissionId?: SubmissionId | null;
  readonly campaignId?: CampaignId | null;
  readonly gatewayStatus?: string | null;
  readonly statusAt?: number | null;
  readonly acceptedAt?: number | null;
  readonly finalAt?: number | null;
}

export interface MessageFilter {
  readonly state?: MessageState;
  readonly origin?: Message['origin'];
  readonly documentId?: string;
  readonly batchId?: string;
  /** Part of a number (digits), or an exact id, campaign id or document id. */
  readonly search?: string;
}

/** What planning looks at; thousands are read, so only that is. */
export type DueMessage = Pick<
  Message,
  'id' | 'fence' | 'lane' | 'batchId' | 'alphaname' | 'to' | 'text' | 'segmentCount' | 'expiresAt'
>;

/** A batch with messages in the queue, seen by the one that has waited longest. */
export interface WaitingBatch {
  /** null: bulk messages that belong to no batch. */
  readonly batchId: string | null;
  readonly alphaname: string | null;
  readonly dueAt: number;
}

/** What is sent of a message, and what its outcome is written by. */
export type Member = Pick<Message, 'id' | 'fence' | 'submissionId' | 'to' | 'text'>;

export interface MessageStore {
  /**
   * Inserts messages whose dedupe key is new. Returns, in order, the id that holds the key and whether it was there before.
   * Keeps the surrounding transaction alive on a conflict.
   */
  insertNew(messages: readonly Message[]): Promise<{ id: MessageId; existed: boolean }[]>;
  get(id: MessageId): Promise<Message | null>;
  list(filter: MessageFilter, page: PageRequest): Promise<Page<Message>>;
  bySubmissions(ids: readonly SubmissionId[]): Promise<Message[]>;
  /** Without `states` every row is counted, which takes long in a large ledger: name the ones you need. */
  countByState(filter?: {
    states?: readonly MessageState[];
    batchId?: string;
  }): Promise<Readonly<Partial<Record<MessageState, number>>>>;
  /**
   * Due queued messages of an account, fairest first (due time, then age), expired ones left out. `window` is how many
   * candidates to look at: several instances that each pick at random from a wider window seldom collide.
   */
  dueForPlan(options: {
    account: string;
    lane: Lane;
    now: number;
    limit: number;
    window: number;
    exceptAlphanames: readonly string[];
    /** Only those of this batch, or (null) of none, as all service messages are. */
    batchId: string | null;
  }): Promise<DueMessage[]>;
  /**
   * Batches with queued bulk messages that are due, at most `limit`, longest waiting first. A batch of a million rows costs one
   * look. Those whose sender name is among `exceptAlphanames` are left out.
   */
  dueBatches(options: {
    account: string;
    now: number;
    limit: number;
    exceptAlphanames: readonly string[];
  }): Promise<WaitingBatch[]>;
  /** Segments of messages that are claimed or sending: the gateway has not taken their price yet. */
  segmentsOnTheWay(account: string): Promise<number>;
  /** queued -> claimed by compare-and-set on state and fence; raises fence and attempts. Returns how many it took. */
  claim(assignments: readonly { id: MessageId; fence: number; submissionId: SubmissionId }[]): Promise<number>;
  /** claimed -> sending for all members of these submissions; returns those in `sending`. Call it inside a transaction. */
  startSending(submissionIds: readonly SubmissionId[]): Promise<Member[]>;
  /** Applies compare-and-sets; returns per change whether it took effect. Call it inside a transaction when it must be atomic. */
  change(changes: readonly MessageChange[]): Promise<boolean[]>;
  /** Queued or held messages whose time ran out -> failed(expired_before_sending). Returns their ids. */
  expireWaiting(now: number, limit: number): Promise<MessageId[]>;
  /** Queued and held messages of accounts that never worked move to the account that is configured now. */
  adopt(options: { to: string; fromAccounts: readonly string[] }): Promise<number>;
  /** queued or sealed -> held for all made before: a person looks first. Returns how many. */
  holdWaiting(detail: string, createdBefore: number): Promise<number>;
  /** Erases number and text of final messages whose last change is older; row, key and counters stay. */
  erase(options: { finalBefore: number; limit: number }): Promise<number>;
}

export interface SubmissionChange {
  readonly id: SubmissionId;
  readonly from: readonly SubmissionState[];
  readonly fence?: number;
  readonly to: SubmissionState;
  readonly patch: Partial<
    Pick<
      Submission,
      | 'owner'
      | 'leaseUntil'
      | 'sendingAt'
      | 'finishedAt'
      | 'campaignId'
      | 'errorKind'
      | 'errorCode'
      | 'reason'
      | 'detail'
      | 'leadCampaignId'
      | 'balanceBefore'
      | 'balanceAfter'
      | 'pollAt'
      | 'pollUntil'
    >
  >;
}

/** What is asked about a sealed submission before it starts; the queue is read often, so it is short. */
export type Sealed = Pick<Submission, 'id' | 'lane' | 'fence' | 'expiresAt'>;

export interface SubmissionStore {
  insert(submissions: readonly Submission[]): Promise<void>;
  get(id: SubmissionId): Promise<Submission | null>;
  byIds(ids: readonly SubmissionId[]): Promise<Submission[]>;
  byCampaign(account: string, campaignId: string): Promise<Submission | null>;
  /** Sealed ones of an account, service lane first, then oldest. */
  sealed(options: { account: string; limit: number; exceptAlphanames: readonly string[] }): Promise<Sealed[]>;
  countSealed(account: string): Promise<number>;
  /**
   * sealed -> sending by compare-and-set; raises the fence. Returns only those this caller took. `only`: of this account, not
   * expired at `now` and under none of these alphanames; the others stay sealed.
   */
  startSending(
    ids: readonly SubmissionId[],
    options: {
      owner: string;
      now: number;
      leaseUntil: number;
      only?: { account: string; exceptAlphanames: readonly string[] };
    },
  ): Promise<Submission[]>;
  /** Compare-and-sets; per change whether it took effect. A campaign id already known in the account throws `CampaignIdTaken`. */
  change(changes: readonly SubmissionChange[]): Promise<boolean[]>;
  /** `sending` ones whose lease ended, or which are not `soleOwner`'s where only that process can live: the process died. */
  abandoned(options: { now: number; limit: number; soleOwner: string | null }): Promise<Submission[]>;
  /** `sending` ones whose lease ends later than this. */
  leasedBeyond(options: { after: number; limit: number }): Promise<Submission[]>;
  /** Accepted ones (and in doubt with a campaign id or lead) with a due question. */
  duePolls(options: { account: string; now: number; limit: number }): Promise<Submission[]>;
  /** Writes the next poll time and the number of polls, whatever the state; `askedAt` when the gateway was asked just now. */
  schedulePolls(
    items: readonly { id: SubmissionId; pollAt: number | null; polls: number; askedAt?: number }[],
  ): Promise<void>;
  /** Brings questions forward to `hintedPollAt` (a push came); never later than they are. */
  hintPoll(account: string, campaignIds: readonly string[], at: number): Promise<number>;
  nextPollAt(account: string): Promise<number | null>;
  /**
   * How far a batch is: submissions accepted so far, and those whose answer is still to come. One in doubt is neither: it
   * may stay so for ever, and the rest of the batch must not wait for it.
   */
  batchProgress(batchId: string): Promise<{ accepted: number; open: number }>;
  /** In-doubt ones for which nobody has noted the balance yet. */
  doubtsWithoutBalance(options: { account: string; finishedAfter: number; limit: number }): Promise<Submission[]>;
  /** Notes evidence; it changes no state. */
  noteBalance(
    items: readonly { readonly id: SubmissionId; readonly before: string | null; readonly after: string }[],
  ): Promise<void>;
  /**
   * Has the gateway answered a request since then (any clear answer; for one alphaname: an acceptance under it), and is one on
   * its way?
   */
  proof(options: {
    account: string;
    /** null: whatever the alphaname. */
    alphaname: string | null;
    since: number;
  }): Promise<{ proved: boolean; running: boolean }>;
  /** In-doubt ones that finished after `since`: what the breaker counts. */
  countInDoubtSince(account: string, since: number): Promise<number>;
}

/** The answer of the gateway named a campaign id that another submission of the account already holds. */
export class CampaignIdTaken extends Error {
  override readonly name = 'CampaignIdTaken';
}

/** Why an account, or one of its alphanames, waits. */
export interface Pause {
  readonly account: string;
  /** null: the whole account. */
  readonly alphaname: string | null;
  readonly reason: PauseReason;
  readonly detail: string | null;
  readonly since: number;
  /** When somebody may try whether the cause is gone; null: only a person ends it. */
  readonly probeAt: number | null;
  readonly tries: number;
}

/** A pause that is over, remembered for a while in case it comes back. */
export interface HealedPause extends Pause {
  readonly healedAt: number;
}

export interface PauseStore {
  /** Inserts or, for the same account, alphaname and reason, keeps `since` and replaces detail and probe time. */
  put(pause: Pause): Promise<void>;
  /** Those that hold. */
  list(account: string): Promise<Pause[]>;
  /** Those that are over and not forgotten. */
  healed(account: string): Promise<HealedPause[]>;
  /** Both kinds of several accounts with one query, for it is asked before every request; oldest first. */
  remembered(accounts: readonly string[]): Promise<(Pause | HealedPause)[]>;
  /** Ends a pause and remembers it; false when it has been put or probed again since it was read. */
  heal(pause: Pause, now: number): Promise<boolean>;
  /** Removes a pause that is over, unless it has come back. */
  forget(pause: HealedPause): Promise<void>;
  /** Ends and forgets pauses of an account for these reasons (all alphanames when `alphaname` is undefined). */
  clear(account: string, reasons: readonly PauseReason[], alphaname?: string | null): Promise<number>;
  /** Moves `probeAt` forward by compare-and-set on its old value: one instance probes. */
  takeProbe(pause: Pause, nextProbeAt: number | null): Promise<boolean>;
}

/** A login at an endpoint, as the ledger knows it. */
export interface AccountRow {
  readonly key: string;
  readonly endpoint: string;
  /** First moment the gateway let it in; null: it never worked, so nothing ever left through it. */
  readonly verifiedAt: number | null;
}
export interface AccountStore {
  ensure(row: { key: string; endpoint: string }, now: number): Promise<AccountRow>;
  markVerified(key: string, now: number): Promise<void>;
  neverVerified(): Promise<string[]>;
  /**
   * Takes up to `wanted` tokens from the account's bucket, refilled at `perSecond` up to `burst`; shared by all instances.
   * Returns how many it got.
   */
  takeTokens(key: string, wanted: number, pace: { perSecond: number; burst: number; now: number }): Promise<number>;
}

/** A bulk send of an editor. */
export interface Batch {
  readonly id: string;
  readonly dedupeKey: DedupeKey;
  readonly name: string | null;
  readonly kind: 'group' | 'individual';
  readonly total: number;
  readonly createdBy: string | null;
  readonly createdAt: number;
}
export interface BatchStore {
  /** False when a batch with this dedupe key exists; `id` is then the old one's. */
  insertNew(batch: Batch): Promise<{ id: string; existed: boolean }>;
  get(id: string): Promise<Batch | null>;
}

/** Who decided what. */
export interface AuditEntry {
  readonly id: string;
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string | null;
}
export interface AuditStore {
  insert(entry: AuditEntry): Promise<void>;
  byTarget(target: string): Promise<AuditEntry[]>;
}

export interface SettingStore {
  get(key: string): Promise<string | null>;
  /** Stores the value unless the key exists; returns what is stored. */
  ensure(key: string, value: string): Promise<string>;
  put(key: string, value: string): Promise<void>;
}

/** Chores that one instance does at a time. */
export interface LeaseStore {
  /** Takes a lease that is free, the holder's own, over, or ends unbelievably late (leases.ts). */
  take(name: string, holder: string, now: number, until: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** The database, or one transaction of it. */
export interface Ledger {
  readonly intents: IntentStore;
  readonly decisions: DecisionStore;
  readonly messages: MessageStore;
  readonly submissions: SubmissionStore;
  readonly pauses: PauseStore;
  readonly accounts: AccountStore;
  readonly batches: BatchStore;
  readonly audit: AuditStore;
  readonly settings: SettingStore;
  readonly leases: LeaseStore;
  /** All or nothing; inside a transaction it joins that one. */
  transaction<T>(work: (ledger: Ledger) => Promise<T>): Promise<T>;
}

/** What is asked of the gateway for one submission. */
export interface SubmitRequest {
  readonly alphaname: string;
  readonly kind: Submission['kind'];
  readonly messages: readonly { readonly recipient: string; readonly text: string }[];
  readonly marker: string;
  /** Hours the operator keeps trying, 1 to 24. */
  readonly lifetimeHours: number;
  /** Messages a minute for campaigns, 1 to 120. */
  readonly ratePerMinute: number;
}

export interface StatusReport {
  readonly recipient: string;
  /** The gateway's own word, verbatim. */
  readonly gatewayStatus: string;
  /** What it means for the ledger; null: nothing final yet. */
  readonly state: Extract<MessageState, 'sent' | 'delivered' | 'undelivered' | 'expired' | 'stopped'> | null;
  readonly at: number | null;
}

/** Answer of a question; `unavailable` covers every way not to get one. `unknown`: the gateway denies the campaign. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly pause: PauseReason | null; readonly detail: string };

export interface CampaignReport {
  readonly createdAt: number | null;
  readonly finished: boolean;
  readonly reports: readonly StatusReport[];
}

/** The gateway as the use cases see it. No method rejects: every way to fail is a value. */
export interface SmsGateway {
  submit(request: SubmitRequest): Promise<SubmitResult>;
  messageStatus(campaignId: string, recipient: string): Promise<Answer<StatusReport>>;
  campaignReport(campaignId: string): Promise<Answer<CampaignReport>>;
  /** Decimal text in UAH. */
  balance(): Promise<Answer<string>>;
  /** May this sender name be used? null when the gateway does not say. */
  alphanameUsable(alphaname: string): Promise<Answer<boolean | null>>;
}

/** The account in use now. */
export interface Account {
  readonly key: string;
  readonly endpoint: string;
  readonly login: string;
  readonly alphaname: string | null;
  readonly gateway: SmsGateway;
}

export interface Accounts {
  /** null while login, password or endpoint are missing: messages wait. */
  current(): Account | null;
}

/** Reasons of this process, not of the ledger, to send nothing: a copied database, a character set that loses letters. */
export interface Gate {
  closed(): { readonly reason: PauseReason; readonly detail: string } | null;
}

export interface Rules {
  byKey(key: string): Rule | null;
}

export interface Entries {
  /** Reads paths of an entry live, relations included; null when it is gone. */
  read(
    uid: string,
    documentId: string,
    options: { locale: string | null; status: 'draft' | 'published'; paths: readonly string[] },
  ): Promise<Fields | null>;
}

/** Told once when a message reaches a final state or falls in doubt. Must not throw. */
export interface Notices {
  stateReached(messages: readonly { id: MessageId; state: MessageState }[]): void;
}

/** Sending parameters of the site. */
export interface SendingConfig {
  readonly defaultAlphaname: string | null;
  readonly defaultCountry: CountryCode;
  /** Requests in flight at once. */
  readonly inFlight: number;
  readonly requestsPerSecond: number;
  readonly requestTimeoutMs: number;
  readonly lifetimeHours: number;
  readonly ratePerMinute: number;
  /** Largest campaign; also the size of the worst in-doubt. */
  readonly bulkSize: number;
  /** Price of one segment in UAH as decimal text; null when the owner has not told. */
  readonly pricePerSegment: string | null;
  readonly timeZone: string;
  /** True when no other process uses this database (SQLite): then every foreign `sending` is a dead one. */
  readonly soleInstance: boolean;
  /** Wakes for work that no nudge announced. */
  readonly pollIntervalMs: number;
  /** The defaults of leases.ts when absent. */
  readonly leases?: Leases;
}

/** What may be woken, and for what. */
export type Nudge =
  | { readonly kind: 'intent' }
  | { readonly kind: 'plan' }
  | { readonly kind: 'submission'; readonly id?: SubmissionId; readonly notBefore?: number }
  | { readonly kind: 'poll' };

/** Runs submissions; the ledger stays the truth, so losing every nudge costs only delay. */
export interface Engine {
  /** @param wake called when another process nudged us, or when the engine runs out of sealed submissions */
  start(handler: (ids: readonly SubmissionId[]) => Promise<void>, wake?: (nudge: Nudge) => void): Promise<void>;
  nudge(nudge: Nudge): void;
  stop(drainMs: number): Promise<void>;
  health(): { readonly running: boolean; readonly lastTurnAt: number | null; readonly detail: string | null };
}
