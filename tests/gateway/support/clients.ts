import {
  createGatewayClient,
  GatewayError,
  TransportFault,
  type GatewayClient,
  type GatewayClientOptions,
  type Transport,
  type TransportRequest,
} from '../../../server/src/gateway';

export const LOGIN = '380440000000';
export const PASSWORD = 'pass:Вхід"7';

/** A client of a server on this machine. */
export const clientOf = (endpoint: string, options: Partial<GatewayClientOptions> = {}): GatewayClient =>
  createGatewayClient({ endpoint, login: LOGIN, password: PASSWORD, ...options });

/** A client whose gateway answers every request with the same bytes. */
export const answeredWith = (
  body: string | Buffer,
  status = 200,
): { client: GatewayClient; requests: TransportRequest[] } => {
  const requests: TransportRequest[] = [];
  const transport: Transport = (request) => {
    requests.push(request);
    return Promise.resolve({ status, body: Buffer.from(body) });
  };
  return { client: createGatewayClient({ login: LOGIN, password: PASSWORD, transport }), requests };
};

/** A transport over the global fetch, which nock can intercept; undici's own requests it cannot. */
export const fetchTransport =
  (endpoint: string): Transport =>
  async ({ headers, body, signal }) => {
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
        redirect: 'manual',
        signal: signal ?? null,
      });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    } catch (error) {
      throw new TransportFault('reset', undefined, error);
    }
  };

/** The GatewayError a call fails with; anything else, success included, fails the test. */
export const errorOf = async (call: Promise<unknown>): Promise<GatewayError> => {
  const outcome = await call.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof GatewayError) return outcome.error;
  throw new Error(`expected a GatewayError, got ${JSON.stringify(outcome)}`);
};
