/** The SMS-HTTP gateway simulator as a library; `strapi-plugin-svitsms simulator` is the same as a program. */
export { startSimulator, type Simulator } from './simulator';
export type { SimulatorOptions } from './options';
export { manualClock, systemClock, type Clock } from './clock';
export type { Control, Health, MessagePage } from './control';
export { DEFAULT_SETTINGS, type Settings } from './settings';
export type { SettingsPatch } from './settings-input';
export { FAULT_KINDS, type Fault, type FaultKind, type FaultParams } from './faults/kinds';
export type { FaultMatch, FaultRule, NewFault } from './faults/fault-book';
export type { SmsFilter } from './gateway/ledger';
export { ALPHANAME_STATUSES, MESSAGE_STATUSES, type AlphanameStatus, type MessageStatus } from './gateway/statuses';
export { InputError } from './input';
export type { PushRecord } from './push';
export type { AcceptedItem, RecordFilter, RequestRecord } from './request-log';
export type { SmsView } from './views';
