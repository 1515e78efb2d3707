import type { z } from 'zod';

/** The part of Strapi's Koa context that our controllers use. */
export interface HttpContext {
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly request: { readonly body?: unknown };
  readonly state: {
    readonly user?: { readonly firstname?: string | null; readonly lastname?: string | null; readonly email?: string };
    readonly userAbility?: { can(action: string): boolean };
  };
  status: number;
  body: unknown;
  badRequest(message: string, details?: unknown): unknown;
  notFound(message: string): unknown;
  conflict(message: string): unknown;
}

/** Parses input by its contract; on bad input answers 400 naming field and cure, and returns null. */
export const parseInput = <S extends z.ZodType>(ctx: HttpContext, schema: S, value: unknown): z.output<S> | null => {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  ctx.badRequest(errors.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; '), {
    errors,
  });
  return null;
};

/** Who presses the button, for the log: a name, or the address when there is none. */
export const userName = ({ state: { user } }: HttpContext): string =>
  [user?.firstname, user?.lastname].filter(Boolean).join(' ') || user?.email || 'unknown user';

export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
