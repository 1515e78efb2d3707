import { z } from 'zod';
import { LANES, OCCURRENCES, TRIGGER_EVENTS } from '../vocabulary';

const CONDITION_OPS = ['eq', 'ne', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte', 'empty', 'not_empty', 'contains'] as const;

export type ConditionInput =
  | { path: string; op: (typeof CONDITION_OPS)[number]; value?: unknown }
  | { all: ConditionInput[] }
  | { any: ConditionInput[] }
  | { not: ConditionInput };

/** A condition as data; evaluated after commit. */
export const conditionInput: z.ZodType<ConditionInput> = z.lazy(() =>
  z.union([
    z.strictObject({ path: z.string().min(1), op: z.enum(CONDITION_OPS), value: z.unknown().optional() }),
    z.strictObject({ all: z.array(conditionInput).min(1) }),
    z.strictObject({ any: z.array(conditionInput).min(1) }),
    z.strictObject({ not: conditionInput }),
  ]),
);

const hours = z.tuple([z.string(), z.string()]).nullable();

/** The hours of a rule: per weekday from and to as HH:MM; a missing or null day is closed. */
export const sendWindowInput = z.strictObject({
  timeZone: z.string().default('Europe/Kyiv'),
  days: z.strictObject({
    mon: hours.optional(),
    tue: hours.optional(),
    wed: hours.optional(),
    thu: hours.optional(),
    fri: hours.optional(),
    sat: hours.optional(),
    sun: hours.optional(),
  }),
});

/** A rule written in config/plugins. */
export const ruleInput = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'use small letters, digits and hyphens, e.g. order-paid'),
    name: z.string().max(100).optional(),
    uid: z.string().regex(/^(api|plugin)::[\w-]+\.[\w-]+$/, 'must be a content-type uid such as api::order.order'),
    event: z.enum(TRIGGER_EVENTS),
    /** For `changed`: the field to watch, and optionally from and to which values. */
    field: z.string().optional(),
    fromValues: z.array(z.coerce.string()).min(1).optional(),
    toValues: z.array(z.coerce.string()).min(1).optional(),
    watch: z.enum(['published', 'draft']).default('published'),
    condition: conditionInput.optional(),
    /** A path in the entry such as customerPhone or user.phone, or a number that starts with +; one or several. */
    to: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    /** Liquid: {{ number }}, {{ customerName | default: "клієнте" }} */
    text: z.string().min(1).max(5_000),
    alphaname: z.string().optional(),
    lane: z.enum(LANES).default('service'),
    occurrence: z.enum(OCCURRENCES).optional(),
    delaySeconds: z.number().min(0).max(2_592_000).default(0),
    expiryHours: z.number().min(0.05).max(720).default(24),
    sendWindow: sendWindowInput.optional(),
  })
  .refine((rule) => rule.event !== 'changed' || rule.field !== undefined, {
    error: 'a rule on "changed" needs the field it watches',
    path: ['field'],
  });
export type RuleInput = z.infer<typeof ruleInput>;
