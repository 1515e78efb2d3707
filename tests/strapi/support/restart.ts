import type { Message } from '../../../server/src/domain/message';
import { statusOf } from '../../../server/src/strapi/status';
import { eventually } from '../../support/eventually';
import { openShop, type Shop } from '../../support/shop';
import type { BootOptions } from '../../support/strapi';

/** Stops Strapi and starts it in the same folder, on the same database, against the same simulator. */
export const restart = async (shop: Shop, options: BootOptions = {}): Promise<Shop> => {
  await shop.stop();
  return await openShop({ ...options, dir: shop.dir, simulator: shop.simulator });
};

/** What the panel's status page shows. */
export const status = (shop: Shop) => statusOf(shop.container);

/** Waits until sending pauses for this reason, and gives the pause as the panel shows it. */
export const paused = async (shop: Shop, reason: string) => {
  const { pauses } = await eventually(
    () => status(shop),
    (seen) => seen.pauses.some((pause) => pause.reason === reason),
  );
  return pauses.find((pause) => pause.reason === reason);
};

/** Waits until nothing is paused. */
export const running = (shop: Shop) =>
  eventually(
    () => status(shop),
    ({ pauses }) => pauses.length === 0,
  );

export const LEFT = ['accepted', 'sent', 'delivered'] as const satisfies readonly Message['state'][];

/** Texts that the gateway took, sorted. */
export const textsAtGateway = (shop: Shop): string[] =>
  shop.simulator.control
    .messages()
    .map(({ text }) => text)
    .sort();
