"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PhaseRail } from "#components/charts/phase-rail";
import { IncidentHeader } from "#components/incidents/incident-header";
import { PageQuestion } from "#components/incidents/page-question";
import { JoinCallout } from "#components/incidents/responders-card";
import { IncidentSide } from "#components/incidents/incident-side";
import { useLiveChanges } from "#components/live/live-connection";
import { useNow } from "#components/time/clock";
import { Duration } from "#components/time/duration";
import { Callout } from "#components/ui/callout";
import { TextLink } from "#components/ui/link";
import { LinkTabs } from "#components/ui/tabs";
import type { ChangeBefore } from "#lib/events/client";
import { incidentOptions } from "#lib/incidents/client";
import { phaseSpans } from "#lib/incidents/phases";
import type { FilterChoicesDto } from "#lib/incidents/schemas";
import type { IncidentDetailDto, ResponderRequestDto } from "#lib/incidents/schemas";

interface IncidentFrameProps {
  initial: IncidentDetailDto;
  requests: ResponderRequestDto[];
  changes: readonly ChangeBefore[];
  policies: readonly { id: string; name: string }[];
  viewerId: string | null;
  choices: FilterChoicesDto;
  people: readonly { id: string; name: string }[];
  canRespond: boolean;
  /** What happened before and beside it. */
  context: ReactNode;
  /** What is known of its cause. */
  known: ReactNode;
  /** What may follow from it. */
  follow: ReactNode;
  children: ReactNode;
}

/** Everything around the tabs of one incident, kept true by the event stream. */
export function IncidentFrame(props: IncidentFrameProps) {
  const { initial, requests, changes, policies, viewerId, choices, people, canRespond } = props;
  const { context, known, follow, children } = props;
  const queryClient = useQueryClient();
  const { data: incident } = useQuery({ ...incidentOptions(initial.id), initialData: initial });
  useLiveChanges((change) => {
    const ours =
      change === "everything" || change.entityId === initial.id || change.data["incidentId"] === initial.id;
    if (ours) void queryClient.invalidateQueries({ queryKey: ["incidents"] });
  });
  return (
    <>
      <IncidentHeader incident={incident} choices={choices} people={people} canRespond={canRespond} />
      <JoinCallout incident={incident} requests={requests} viewerId={viewerId} />
      {canRespond ? <PageQuestion incident={incident} /> : null}
      {incident.mergedInto ? (
        <Callout tone="info" title={`Merged into #${incident.mergedInto.number}.`} className="mb-4">
          <TextLink href={`/incidents/${incident.mergedInto.number}`}>Go on there</TextLink>
        </Callout>
      ) : null}
      {incident.unassigned && incident.status !== "resolved" ? (
        <Callout tone="danger" title="Nobody has this incident." className="mb-4">
          Nobody was on call and no fallback could be reached. Reassign it to somebody.
        </Callout>
      ) : null}
      {known}
      <Phases incident={incident} />
      <div className="grid gap-6 pb-20 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-4">
          <LinkTabs
            label="Incident sections"
            tabs={[
              { href: `/incidents/${incident.number}`, label: "Timeline", exact: true },
              { href: `/incidents/${incident.number}/alerts`, label: "Alerts", count: incident.alertCount },
              { href: `/incidents/${incident.number}/notifications`, label: "Why was I paged?" },
              { href: `/incidents/${incident.number}/review`, label: "Review" },
            ]}
          />
          {children}
        </div>
        <IncidentSide
          incident={incident}
          requests={requests}
          changes={changes}
          context={context}
          people={people}
          policies={policies}
          canRespond={canRespond}
          follow={follow}
        />
      </div>
    </>
  );
}

function Phases({ incident }: { incident: IncidentDetailDto }) {
  const now = useNow("minute");
  const spans = phaseSpans(incident, now);
  return (
    <div className="mb-5">
      <PhaseRail
        label="Phases of the incident"
        phases={spans.map((span) => ({
          label: span.label,
          length: span.milliseconds ?? undefined,
          lengthLabel: span.milliseconds === null ? "–" : <Duration milliseconds={span.milliseconds} />,
          running: span.running,
        }))}
      />
    </div>
  );
}
