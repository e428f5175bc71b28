import type { ReactNode } from "react";
import { CountedLink } from "#components/reports/counted-link";
import { Time } from "#components/time/time";
import type { ReportFrame } from "#lib/reports/report-frame";

/** How many, what was left out, and as of when. */
export function ReportFooter({ frame, children }: { frame: ReportFrame; children?: ReactNode }) {
  const { total, open, corrected, excluded, generatedAt, timeZone } = frame;
  return (
    <footer className="border-t pt-3 text-meta text-text-3">
      <p>
        n = <CountedLink counted={total} noun="incidents in this report" /> incidents,{" "}
        <CountedLink counted={open} noun="open incidents" /> still open. Left out:{" "}
        <CountedLink counted={excluded.merged} noun="merged incidents" /> merged,{" "}
        <CountedLink counted={excluded.auto} noun="incidents that a machine resolved" /> resolved by a
        machine.
        {corrected.count === 0 ? null : (
          <>
            {" "}
            <CountedLink counted={corrected} noun="incidents with corrected times" /> with times corrected by
            people.
          </>
        )}
        {children}
      </p>
      <p>
        Generated <Time at={generatedAt} format="date-time" /> ({timeZone}), data complete to that moment.
      </p>
    </footer>
  );
}
