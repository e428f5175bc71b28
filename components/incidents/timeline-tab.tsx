"use client";

import { useQuery } from "@tanstack/react-query";
import { Composer } from "#components/incidents/composer";
import { Timeline } from "#components/incidents/timeline";
import { ErrorState } from "#components/ui/error-state";
import { timelineOptions } from "#lib/incidents/client";
import type { IncidentDetailDto, LogEntryDto } from "#lib/incidents/schemas";

interface TimelineTabProps {
  incident: Pick<IncidentDetailDto, "id" | "startedAt" | "status">;
  initial: LogEntryDto[];
  canRespond: boolean;
}

export function TimelineTab({ incident, initial, canRespond }: TimelineTabProps) {
  const log = useQuery({ ...timelineOptions(incident.id), initialData: initial });
  return (
    <>
      {canRespond ? <Composer incidentId={incident.id} /> : null}
      {log.error ? (
        <ErrorState
          title="The timeline could not be brought up to date."
          onRetry={() => void log.refetch()}
        />
      ) : null}
      <Timeline entries={log.data} startedAt={incident.startedAt} open={incident.status !== "resolved"} />
    </>
  );
}
