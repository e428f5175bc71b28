"use client";

import { useViewer } from "#components/time/viewer";
import { cn } from "#components/ui/class-name";
import type { OverrideOutlook } from "#lib/on-call/client";
import { formatDayTime, zoneCity } from "#lib/time/format";

interface OverrideOutcomeProps {
  preview: OverrideOutlook | undefined;
  error: Error | null;
  isStale: boolean;
  timeZone: string;
  personName: string | undefined;
}

/** What the override will be: its instants in the schedule's zone and in the viewer's, its length, whom it relieves. */
export function OverrideOutcome({ preview, error, isStale, timeZone, personName }: OverrideOutcomeProps) {
  const viewer = useViewer();
  if (error) return <p className="text-body text-status-red-fg">{error.message}</p>;
  if (preview === undefined) return <p className="text-body text-text-3">Working out the times…</p>;
  const span = (zone: string) =>
    [preview.startsAt, preview.endsAt]
      .map((at) => formatDayTime(Date.parse(at), { ...viewer, timeZone: zone }))
      .join(" – ");
  const relieved = [...new Set(preview.replaced.map(({ user }) => user.name))];
  return (
    <dl
      aria-live="polite"
      className={cn(
        "grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-card bg-sunken px-3 py-2.5 text-table",
        isStale && "text-text-3",
      )}
    >
      <dt className="text-text-3">{zoneCity(timeZone)}</dt>
      <dd className="tabular">{span(timeZone)}</dd>
      {viewer.timeZone === timeZone ? null : (
        <>
          <dt className="text-text-3">Your time</dt>
          <dd className="tabular">{span(viewer.timeZone)}</dd>
        </>
      )}
      <dt className="text-text-3">Length</dt>
      <dd className="tabular">{Math.round(preview.hours * 100) / 100} h elapsed</dd>
      <dt className="text-text-3">{relieved.length === 0 ? "Fills" : "Relieves"}</dt>
      <dd>
        {relieved.length === 0 ? "a gap" : relieved.join(", ")}
        {relieved.length > 0 && preview.gaps.length > 0 ? ", and fills a gap" : ""}
        {personName !== undefined && relieved.includes(personName) && relieved.length === 1
          ? " – who is on call then already"
          : ""}
      </dd>
    </dl>
  );
}
