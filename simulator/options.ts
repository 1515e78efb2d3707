import type { Clock } from './clock';
import type { RequestRecord } from './request-log';
import type { SettingsPatch } from './settings-input';

/** How to start a simulator; every field may be left out. */
export interface SimulatorOptions {
  /** 0 takes any free port, and is the default of the library. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Repeats every choice of chance; 1 by default. */
  readonly seed?: number;
  /** Keeps the campaign id counter; without it ids follow real time. */
  readonly dataDir?: string | null;
  /** Appends every API request as a line of JSON, with the numbers and texts accepted. */
  readonly logFile?: string | null;
  /** Messages (and requests) kept in memory; 100 000 by default. */
  readonly maxMessages?: number;
  /**
   * Whether the control API and the handset are served. By default only when the host is a loopback address: they show every
   * text and obey everyone.
   */
  readonly control?: boolean;
  /** Changes of the default settings. */
  readonly settings?: SettingsPatch;
  /** Simulated time; real time by default. */
  readonly clock?: Clock;
  /** Called after each API request. */
  readonly onRequest?: (record: RequestRecord) => void;
}

export const DEFAULT_MAX_MESSAGES = 100_000;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host name or address can only mean this machine. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
