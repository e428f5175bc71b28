"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { judgePage } from "#lib/incidents/client";
import type { IncidentDetailDto } from "#lib/incidents/schemas";

/** Asks whoever was paged about an incident that is over whether that was useful, and lets the answer be changed and taken back. */
export function PageQuestion({ incident }: { incident: Pick<IncidentDetailDto, "id" | "ownVerdict"> }) {
  const queryClient = useQueryClient();
  const sentence = useId();
  const answer = useChange({
    change: (useful: boolean | null) => judgePage(incident.id, useful),
    done: null,
    failed: "Not kept",
    onDone: () => void queryClient.invalidateQueries({ queryKey: ["incidents"] }),
  });
  if (incident.ownVerdict === null) return null;
  const { useful } = incident.ownVerdict;
  const choice = (value: boolean, label: string) => (
    <Button
      size="small"
      aria-pressed={useful === value}
      pending={answer.isPending && answer.variables === value}
      className="aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-on-ink"
      onClick={() => answer.mutate(value)}
    >
      {label}
    </Button>
  );
  return (
    <fieldset
      aria-labelledby={sentence}
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-body text-text-2"
    >
      <span id={sentence} aria-live="polite">
        {useful === null
          ? "You were paged about this. Was the page useful?"
          : `You said that the page was ${useful ? "" : "not "}useful.`}
      </span>
      <span className="flex flex-wrap gap-2">
        {choice(true, "Useful")}
        {choice(false, "Not useful")}
        {useful === null ? null : (
          <Button
            size="small"
            variant="ghost"
            pending={answer.isPending && answer.variables === null}
            onClick={() => answer.mutate(null)}
          >
            Take back
          </Button>
        )}
      </span>
    </fieldset>
  );
}
