import type { AccountStore } from '../../delivery/ports';

/** Content of an account's bucket. null: it was never used, so it is full. */
export interface Bucket {
  readonly microTokens: number | null;
  readonly refilledAt: number | null;
}

/** Whole millionths: a fraction of a token survives storing, and all databases compare whole numbers alike. */
const MICRO = 1_000_000;

/**
 * Refills the bucket for the time that passed and takes what is there.
 * @returns how many whole tokens were taken and the bucket after it
 */
export const takeFrom = (
  bucket: Bucket,
  wanted: number,
  { perSecond, burst, now }: Parameters<AccountStore['takeTokens']>[2],
): { readonly taken: number; readonly bucket: { readonly microTokens: number; readonly refilledAt: number } } => {
  const full = Math.floor(burst * MICRO);
  // Another instance's clock may be ahead: time never runs backwards for the bucket, or it would be filled twice.
  const refilledAt = Math.max(Math.round(now), bucket.refilledAt ?? 0);
  const elapsedMs = bucket.refilledAt === null ? 0 : refilledAt - bucket.refilledAt;
  const before = bucket.microTokens ?? full;
  const available = Math.min(full, before + Math.floor((elapsedMs * perSecond * MICRO) / 1_000));
  const taken = Math.max(0, Math.min(Math.floor(wanted), Math.floor(available / MICRO)));
  return { taken, bucket: { microTokens: available - taken * MICRO, refilledAt } };
};
