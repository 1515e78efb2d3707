/** The part of split-sms 0.1.7 that we use; the package ships no types. */
declare module 'split-sms' {
  export interface SmsPart {
    /** Absent with `summary`. */
    readonly content?: string;
    /** Characters; one above U+FFFF counts as one. */
    readonly length: number;
    /** Septets for GSM, octets for Unicode. */
    readonly bytes: number;
  }
  export interface SplitSms {
    readonly characterSet: 'GSM' | 'Unicode';
    /** Never empty: an empty text is one empty part. */
    readonly parts: readonly SmsPart[];
    readonly bytes: number;
    readonly length: number;
    /** Septets (GSM) or UTF-16 units (Unicode) left in the last part. */
    readonly remainingInPart: number;
  }
  export function split(message: string, options?: { summary?: boolean; characterset?: 'GSM' | 'Unicode' }): SplitSms;
}
