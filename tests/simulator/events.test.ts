import vm from 'node:vm';
import { createHash } from 'node:crypto';

import type { SmsView } from '../../simulator';
import { closeAll, startGateway, type TestGateway } from './support/gateway';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(closeAll);

interface ServerEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** Reads a stream of Server-Sent Events one by one. */
class Listener {
  #buffer = '';
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();

  constructor(response: Response) {
    if (!response.body) throw new Error('No stream came.');
    this.#reader = response.body.getReader();
  }

  static async open(query = '', headers: Record<string, string> = {}): Promise<Listener> {
    return new Listener(await fetch(`${gateway.controlUrl}/events${query}`, { headers }));
  }

  /** The next event of a kind; others are passed over. */
  async next(event: string): Promise<ServerEvent> {
    for (;;) {
      const end = this.#buffer.indexOf('\n\n');
      if (end === -1) {
        const { value, done } = await this.#reader.read();
        if (done) throw new Error('The stream ended.');
        this.#buffer += this.#decoder.decode(value, { stream: true });
        continue;
      }
      const block = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 2);
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') === event) return { event, id: field('id'), data: JSON.parse(field('data')) as unknown };
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

const messagesOf = ({ data }: ServerEvent): SmsView[] => data as SmsView[];

describe('the event stream', () => {
  it('tells of messages, their changes, money and faults', async () => {
    const listener = await Listener.open();
    expect((await listener.next('hello')).data).toEqual({ instance: gateway.control.health().instance });
    expect((await listener.next('state')).data).toEqual({ balance: '10000.000', faults: [] });
    await gateway.sms('380501234567', 'one &lt;b&gt; two');
    expect(messagesOf(await listener.next('messages'))).toMatchObject([{ status: 'PENDING', text: 'one <b> two' }]);
    expect((await listener.next('state')).data).toMatchObject({ balance: '9999.350' });
    gateway.clock.advance(1000);
    expect(messagesOf(await listener.next('messages'))).toMatchObject([{ status: 'SENT' }]);
    gateway.control.addFault({ kind: 'html' });
    expect((await listener.next('state')).data).toMatchObject({ faults: [{ kind: 'html', times: 1 }] });
    gateway.control.reset();
    await listener.next('reset');
    await listener.close();
  });

  it('misses nothing over a reconnect', async () => {
    const first = await Listener.open();
    await gateway.sms('380501234567');
    const { id } = await first.next('messages');
    await first.close();
    gateway.clock.advance(5000);
    await gateway.sms('380671234567');
    const second = await Listener.open('', { 'Last-Event-ID': id });
    expect(messagesOf(await second.next('messages')).map(({ recipient, status }) => [recipient, status])).toEqual([
      ['380501234567', 'DELIVERED'],
      ['380671234567', 'PENDING'],
    ]);
    await second.close();
  });

  it('cuts a big campaign into events', async () => {
    const listener = await Listener.open();
    await gateway.sms(Array.from({ length: 1200 }, (_, index) => `38067${String(index).padStart(7, '0')}`));
    const sizes = [await listener.next('messages'), await listener.next('messages'), await listener.next('messages')];
    expect(sizes.map((event) => messagesOf(event).length)).toEqual([500, 500, 200]);
    await listener.close();
  });
});

describe('the handset page', () => {
  it.each(['/', '/handset', '/handset?x=1'])('is at %s', async (path) => {
    const response = await fetch(gateway.url + path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('data-testid="empty"');
  });

  it('needs nothing from elsewhere and runs only its own script', async () => {
    const response = await fetch(gateway.handsetUrl);
    const policy = response.headers.get('content-security-policy');
    const page = await response.text();
    expect(page.match(/(?:src|href)="(?!#|data:)/g)).toBeNull();
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    for (const text of [script, style]) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    }
    expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML|document\.write/);
    expect(() => new vm.Script(script)).not.toThrow();
  });

  it('says nothing at other addresses', async () => {
    expect((await fetch(`${gateway.url}/favicon.ico`)).status).toBe(404);
  });
});
