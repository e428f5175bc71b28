"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { fieldErrors } from "#lib/browser/api";
import { linkIncident, unlinkIncident } from "#lib/problems/client";
import type { ProblemDetailDto, ProblemIncidentDto } from "#lib/problems/schemas";

const VIA: Record<ProblemIncidentDto["via"], string> = {
  person: "by hand",
  suggestion: "by suggestion",
  match: "same kind",
};

/** The incidents of a problem, newest first; those that came after the fix say so. */
export function LinkedIncidents({ problem, canRespond }: { problem: ProblemDetailDto; canRespond: boolean }) {
  const { id, incidents, incidentCount, fixedAt, isGathering } = problem;
  const remove = useChange<string>({
    change: (incidentId) => unlinkIncident(id, incidentId),
    done: "Incident taken out",
    failed: "Not taken out",
  });
  return (
    <Card
      title="Incidents"
      subtitle={
        isGathering
          ? `${incidentCount}, gathered by kind; those to come join by themselves`
          : `${incidentCount}, linked by hand`
      }
    >
      {incidents.length === 0 ? <p className="text-body text-text-2">No incident is linked.</p> : null}
      <ul className="flex max-h-120 flex-col divide-y overflow-y-auto" aria-label="Linked incidents">
        {incidents.map((incident) => (
          <li key={incident.id} className="flex items-center gap-3 py-1.5 text-table">
            <TextLink tone="quiet" href={`/incidents/${incident.number}`} className="min-w-0 flex-1 truncate">
              <span className="text-text-3">#{incident.number}</span> {incident.title}
            </TextLink>
            <span className="shrink-0 text-meta text-text-3 max-sm:hidden">
              {fixedAt !== null && incident.createdAt > fixedAt ? "after the fix · " : ""}
              {incident.relation === "related" ? "related · " : ""}
              {VIA[incident.via]}
            </span>
            <Time at={incident.createdAt} card={false} className="shrink-0 text-text-3" />
            {canRespond ? (
              <IconButton
                size="small"
                name={`Take #${incident.number} out`}
                icon={<X aria-hidden />}
                onClick={() => remove.mutate(incident.id)}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {canRespond ? <LinkForm problemId={id} /> : null}
    </Card>
  );
}

function LinkForm({ problemId }: { problemId: string }) {
  const [incident, setIncident] = useState("");
  const link = useChange({
    change: () => linkIncident(problemId, { incident }),
    done: "Incident linked",
    onDone: () => setIncident(""),
  });
  return (
    <form
      className="mt-3 flex items-start gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        link.mutate();
      }}
    >
      <Field
        label="Number of an incident"
        hideLabel
        className="w-48"
        errors={fieldErrors(link.error, "incident")}
      >
        {(control) => (
          <Input
            {...control}
            required
            inputMode="numeric"
            placeholder="#1042"
            value={incident}
            onChange={(event) => setIncident(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" pending={link.isPending} pendingLabel="Linking…">
        Link incident
      </Button>
    </form>
  );
}
