import { useCallback, useMemo, useState } from 'react';
import type { EstimateResponse } from '../../../../shared/contracts/messages';
import { splitRecipients } from '../../lib/recipients';
import type { SendForm } from '../../lib/send-form';
import { useEstimate } from './use-estimate';

export type ReportEstimate = (rowId: string, estimate: EstimateResponse | undefined) => void;

/** The estimates of the whole form: one for a text for all, one per row for individual texts. */
export const useEstimates = (form: SendForm) => {
  const same = form.mode === 'same';
  const recipients = useMemo(() => (same ? splitRecipients(form.recipients) : []), [same, form.recipients]);
  const shared = useEstimate(same ? form.text : '', recipients);
  const [byRow, setByRow] = useState<ReadonlyMap<string, EstimateResponse>>(new Map());

  const report: ReportEstimate = useCallback((rowId, estimate) => {
    setByRow((current) => {
      if (current.get(rowId) === estimate) return current;
      const next = new Map(current);
      if (estimate) next.set(rowId, estimate);
      else next.delete(rowId);
      return next;
    });
  }, []);

  const rows = form.rows.flatMap(({ id }) => byRow.get(id) ?? []);
  const all = same ? (shared.estimate ? [shared.estimate] : []) : rows;
  const unknown = form.rows.some(({ id, to, text }) => (to.trim() !== '' || text !== '') && !byRow.has(id));
  return { all, pending: same ? shared.pending : unknown, error: shared.error, report };
};
