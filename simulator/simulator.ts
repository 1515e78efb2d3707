import { campaignIds } from './campaign-ids';
import { systemClock } from './clock';
import { Control } from './control';
import { FaultBook } from './faults/fault-book';
import { Account } from './gateway/account';
import { Gateway } from './gateway/gateway';
import { Ledger } from './gateway/ledger';
import { Lifecycle } from './gateway/lifecycle';
import { Reports } from './gateway/reports';
import { Sender } from './gateway/send';
import { ApiRoute } from './http/api-route';
import { ControlRoute } from './http/control-route';
import { EventStream } from './http/events';
import { controlGuard } from './http/guard';
import { listen } from './http/server';
import { DEFAULT_MAX_MESSAGES, type SimulatorOptions } from './options';
import { Pusher } from './push';
import { RequestLog, type RequestRecord } from './request-log';
import { DEFAULT_SETTINGS } from './settings';
import { applySettings } from './settings-input';

/** A running simulator. */
export interface Simulator {
  readonly port: number;
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** Where clients send SMS-HTTP requests. */
  readonly apiUrl: string;
  readonly controlUrl: string;
  readonly handsetUrl: string;
  /** What HTTP clients reach under `/control`, without HTTP. */
  readonly control: Control;
  /** Every API request kept in memory, oldest first. */
  log(): readonly RequestRecord[];
  /** Ends all connections and timers. */
  close(): Promise<void>;
}

/**
 * Starts a simulator of the SMS-HTTP gateway. Nothing is ever really sent.
 * @throws InputError for settings that cannot be used; the system's error when the port is taken or a file cannot be opened
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { host = '127.0.0.1', seed = 1, maxMessages = DEFAULT_MAX_MESSAGES, clock = systemClock() } = options;
  const settings = applySettings(DEFAULT_SETTINGS, options.settings ?? {});
  const account = new Account(clock, settings);
  const ledger = new Ledger(maxMessages);
  const lifecycle = new Lifecycle(clock, account, ledger, seed);
  const ids = campaignIds(options.dataDir ?? null);
  const gateway = new Gateway(account, new Sender(account, ledger, lifecycle, ids), new Reports(ledger));
  const faults = new FaultBook(seed, () => account.settings.faultRates);
  const pusher = new Pusher(clock, account, ledger);
  const log = new RequestLog(maxMessages, options.logFile ?? null);
  const control = new Control(clock, account, ledger, lifecycle, faults, pusher, log);
  const events = new EventStream(control, account, ledger, faults);
  const api = new ApiRoute(clock, account, gateway, faults, log, options.onRequest ?? (() => undefined));
  const routes = { api, control: new ControlRoute(control, events), guard: controlGuard(host, options.control) };
  const stop = (): void => {
    events.close();
    pusher.reset();
    clock.stop();
    log.close();
  };

  const { server, port } = await listen(routes, host, options.port ?? 0).catch((cause: unknown) => {
    stop();
    throw cause;
  });
  // A wildcard address is for listening; one calls it by loopback. IPv6 stands in brackets.
  const callable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${callable.includes(':') ? `[${callable}]` : callable}:${String(port)}`;
  return {
    port,
    url,
    apiUrl: `${url}/api/api.php`,
    controlUrl: `${url}/control`,
    handsetUrl: `${url}/`,
    control,
    log: () => control.requests(),
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      events.close();
      pusher.reset();
      server.closeAllConnections();
      await closed;
      stop();
    },
  };
};
