import { CountedLink } from "#components/reports/counted-link";
import type { Commitments } from "#lib/reports/pack-report";

/** What was promised to be done so that it does not happen again, and how much of it was. */
export function CommitmentsLine({ commitments, label }: { commitments: Commitments; label: string }) {
  const { open, overdue, done } = commitments;
  return (
    <p className="text-body">
      Corrective actions: <CountedLink counted={done} noun={`actions done in ${label}`} /> done in {label},{" "}
      <CountedLink counted={open} noun="open actions" /> open now,{" "}
      <CountedLink counted={overdue} noun="overdue actions" /> of them overdue.
    </p>
  );
}
