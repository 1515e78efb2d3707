import type { Transport } from '../../server/src/gateway';

const ANSWER_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<message>\n';

/**
 * A gateway without a network: accepts everything at once. The client still writes and reads the whole XML, so that only the
 * far side is missing.
 */
export const createStubTransport = (): { readonly transport: Transport; readonly accepted: () => number } => {
  let campaign = 0;
  let accepted = 0;
  const transport: Transport = async ({ body }) => {
    // A turn of the event loop, as a socket would take.
    await new Promise((resolve) => setImmediate(resolve));
    const request = body.toString('utf8');
    if (request.includes('GETBALANCE'))
      return { status: 200, body: Buffer.from(`${ANSWER_HEAD}<balance>100000000.00</balance>\n</message>`) };
    const recipients = Array.from(request.matchAll(/<recipient>(\d+)<\/recipient>/g), ([, number]) => number);
    accepted += recipients.length;
    const lines = recipients.map((number) => `<to recipient="${number}" status="ACCEPTED" />`);
    return {
      status: 200,
      body: Buffer.from(
        `${ANSWER_HEAD}<state code="ACCEPT" campaignID="${++campaign}" date="2026-01-31 12:00:00">Campaign has been successfully processed and added to queue</state>\n${lines.join('\n')}\n</message>`,
      ),
    };
  };
  return { transport, accepted: () => accepted };
};
