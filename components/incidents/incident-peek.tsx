"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import { AcknowledgeButton } from "#components/incidents/acknowledge-button";
import { IncidentClock } from "#components/incidents/incident-clock";
import { StatusBadge } from "#components/incidents/incident-status";
import { PriorityBadge, UrgencyIcon } from "#components/incidents/priority";
import { priorityLevel, shownStatus } from "#components/incidents/shown-status";
import { Timeline } from "#components/incidents/timeline";
import { useLiveChanges } from "#components/live/live-connection";
import { Time } from "#components/time/time";
import { ErrorState } from "#components/ui/error-state";
import { Fact, Facts } from "#components/ui/facts";
import { ButtonLink, TextLink } from "#components/ui/link";
import { PeekPanel } from "#components/ui/peek-panel";
import { PersonChip } from "#components/ui/person-chip";
import { CardSkeleton } from "#components/ui/skeleton";
import type { Peek } from "#components/ui/use-peek";
import { incidentOptions, timelineOptions } from "#lib/incidents/client";
import type { IncidentRowDto } from "#lib/incidents/schemas";

interface IncidentPeekProps {
  peek: Peek<IncidentRowDto>;
  canRespond: boolean;
  pending: boolean;
  onAcknowledge: (incidentId: string) => void;
}

/** A look into an incident beside the list; `a` acknowledges it. */
export function IncidentPeek({ peek, canRespond, pending, onAcknowledge }: IncidentPeekProps) {
  const { row } = peek;
  const acknowledge = () => {
    if (canRespond && row?.status === "triggered") onAcknowledge(row.id);
  };
  if (row === undefined) return null;
  return (
    <PeekPanel
      peek={peek}
      keys={{ a: acknowledge }}
      title={<bdi>{row.title}</bdi>}
      description={
        <span className="tabular">
          #{row.number} · {row.service.name} · opened <Time at={row.createdAt} card={false} />
        </span>
      }
      footer={
        <>
          <ButtonLink href={`/incidents/${row.number}`}>Open the incident</ButtonLink>
          {canRespond && row.status === "triggered" ? (
            <AcknowledgeButton incident={row} size="large" pending={pending} onAcknowledge={acknowledge} />
          ) : null}
        </>
      }
    >
      <Summary row={row} />
      <Story key={row.id} row={row} />
    </PeekPanel>
  );
}

function Summary({ row }: { row: IncidentRowDto }) {
  return (
    <>
      <p className="tabular mb-3 flex flex-wrap items-center gap-2 text-table text-text-2">
        <StatusBadge status={shownStatus(row)} />
        {row.priority ? (
          <PriorityBadge level={priorityLevel(row.priority.rank)} name={row.priority.name} />
        ) : null}
        <UrgencyIcon urgency={row.urgency} labelled />
        <IncidentClock incident={row} />
      </p>
      <Facts>
        <Fact term="Has it">
          {row.assignees.length === 0 ? (row.unassigned ? "Nobody" : "–") : null}
          <span className="flex flex-wrap gap-x-3">
            {row.assignees.map((person) => (
              <PersonChip key={person.id} person={person} href={`/people/${person.id}`} />
            ))}
          </span>
        </Fact>
        <Fact term="Service">
          <TextLink tone="quiet" href={`/services/${row.service.slug}`}>
            {row.service.name}
          </TextLink>
          {row.team ? <span className="text-text-3"> of {row.team.name}</span> : null}
        </Fact>
        <Fact term="Alerts">
          <TextLink tone="quiet" href={`/incidents/${row.number}/alerts`}>
            {row.alertCount}
          </TextLink>
        </Fact>
      </Facts>
    </>
  );
}

/** Its runbook and its timeline, kept up with the incident. */
function Story({ row }: { row: IncidentRowDto }) {
  const queryClient = useQueryClient();
  const detail = useQuery(incidentOptions(row.id));
  const log = useQuery(timelineOptions(row.id));
  useLiveChanges((change) => {
    if (change !== "everything" && change.entityId !== row.id) return;
    for (const { queryKey } of [incidentOptions(row.id), timelineOptions(row.id)]) {
      void queryClient.invalidateQueries({ queryKey });
    }
  });
  const error = detail.error ?? log.error;
  if (error && !log.data) {
    return <ErrorState title={error.message} onRetry={() => void log.refetch()} />;
  }
  if (!log.data) {
    return (
      <div className="mt-3">
        <CardSkeleton lines={5} />
      </div>
    );
  }
  return (
    <div className="mt-3 flex flex-col gap-4">
      {detail.data?.runbookUrl ? (
        <p className="flex items-center gap-2 text-body">
          <BookOpen aria-hidden className="size-4 text-text-3" />
          <TextLink href={detail.data.runbookUrl}>Runbook</TextLink>
        </p>
      ) : null}
      <Timeline entries={log.data} startedAt={row.createdAt} open={row.status !== "resolved"} />
    </div>
  );
}
