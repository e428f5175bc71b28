"use client";

import { useQuery } from "@tanstack/react-query";
import { Callout } from "#components/ui/callout";
import { Disclosure } from "#components/ui/disclosure";
import { Skeleton } from "#components/ui/skeleton";
import { previewOptions } from "#lib/noise/client";
import type { Preview } from "#lib/noise/client";
import type { PreviewInput } from "#lib/noise/schemas";

/** What the settings would have made of the last 30 days, before they are saved. */
export function NoisePreview({ input }: { input: PreviewInput }) {
  const preview = useQuery({ ...previewOptions(input), placeholderData: (before) => before });
  if (preview.error) {
    return <Callout tone="warning" title={`No preview: ${preview.error.message}`} />;
  }
  if (!preview.data) return <Skeleton className="h-16" />;
  return <PreviewResult preview={preview.data} />;
}

function PreviewResult({ preview }: { preview: Preview }) {
  const { alerts, days, isCut, incidentsAfter, incidentsBefore, heldAndOver, heldAndLate, largest } = preview;
  if (alerts === 0) {
    return <Callout tone="info" title={`No alerts in the last ${days} days to try this on.`} />;
  }
  return (
    <div aria-live="polite" className="flex flex-col gap-2">
      <Callout
        tone="info"
        title={`The last ${days} days: ${alerts} alerts would have made ${count(incidentsAfter, "incident")} instead of ${incidentsBefore}.`}
      >
        {heldAndOver + heldAndLate > 0
          ? `${count(heldAndOver, "alert")} would have been held and ended without anybody being told; ${count(heldAndLate, "alert")} would have been told of later. `
          : null}
        {isCut ? `Only the newest ${alerts} alerts were tried.` : null}
      </Callout>
      {largest.length > 0 ? (
        <Disclosure summary="The largest incidents that would have been">
          <ul className="flex flex-col gap-2 text-table">
            {largest.map(({ alerts: size, summaries, because }) => (
              <li key={summaries.join()}>
                <p className="font-medium">
                  {size} alerts: {summaries.map((summary) => `“${summary}”`).join(", ")}
                </p>
                <p className="text-text-3">{because}</p>
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </div>
  );
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
