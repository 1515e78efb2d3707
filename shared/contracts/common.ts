import { z } from 'zod';

/** An instant on the API: ISO 8601 with zone. */
export const instant = z.iso.datetime({ offset: true });

/** A decimal number kept as text, as the gateway writes money. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number such as 0.65');

export const money = z.object({ amount: decimal, currency: z.literal('UAH') });
export type Money = z.infer<typeof money>;

export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});

export const pagination = z.object({
  page: z.number().int(),
  pageSize: z.number().int(),
  pageCount: z.number().int(),
  total: z.number().int(),
});
export type Pagination = z.infer<typeof pagination>;
