"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AskToJoin } from "#components/incidents/ask-to-join";
import { useChange } from "#components/settings/use-change";
import { Countdown } from "#components/time/duration";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { PersonChip } from "#components/ui/person-chip";
import { answerRequest, cancelRequest, respondersOptions } from "#lib/incidents/client";
import type { IncidentDetailDto, ResponderRequestDto } from "#lib/incidents/schemas";
import type { ResponderState } from "#lib/incidents/responder-request";

export interface RespondersProps {
  incident: IncidentDetailDto;
  requests: ResponderRequestDto[];
  /** Whom one can ask. */
  people: readonly { id: string; name: string }[];
  policies: readonly { id: string; name: string }[];
  canRespond: boolean;
}

/** Who has it, who was asked to join, and why each of them was paged. */
export function RespondersCard({
  incident,
  requests: initial,
  people,
  policies,
  canRespond,
}: RespondersProps) {
  const { data: requests } = useQuery({ ...respondersOptions(incident.id), initialData: initial });
  const level = Math.min(incident.level, incident.policy.levels);
  const isOpen = incident.status !== "resolved";
  return (
    <Card
      title="Responders"
      actions={
        canRespond && isOpen ? (
          <AskToJoin incidentId={incident.id} people={people} policies={policies} />
        ) : undefined
      }
    >
      {incident.assignees.length === 0 ? (
        <p className="text-body text-text-2">{isOpen ? "Nobody has it." : "Nobody: it is resolved."}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {incident.assignees.map((person) => {
            const took = incident.acknowledgements.find(({ id }) => id === person.id);
            return (
              <li key={person.id} className="flex items-center justify-between gap-2 text-body">
                <PersonChip person={person} href={`/people/${person.id}`} />
                <span className="flex items-center gap-2 text-table text-text-3">
                  {took ? (
                    <span>
                      acknowledged <Time at={took.at} format="clock" />
                    </span>
                  ) : (
                    "paged"
                  )}
                  <Why incident={incident} person={person} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <p className="mt-2 text-table text-text-3">
        {incident.policy.name}
        {level > 0 ? `, level ${level} of ${incident.policy.levels}` : ""}
      </p>
      {requests.map((request) => (
        <Request key={request.id} incident={incident} request={request} canCancel={canRespond && isOpen} />
      ))}
    </Card>
  );
}

function Why({
  incident,
  person,
}: {
  incident: Pick<IncidentDetailDto, "number">;
  person: { id: string; name: string };
}) {
  return (
    <TextLink
      tone="quiet"
      href={`/incidents/${incident.number}/notifications?person=${person.id}`}
      aria-label={`Why ${person.name}?`}
    >
      why?
    </TextLink>
  );
}

const WORDS: Record<ResponderState, string> = {
  pending: "asked",
  joined: "joined",
  declined: "declined",
  user_cancelled: "not needed",
};

interface RequestProps {
  incident: IncidentDetailDto;
  request: ResponderRequestDto;
  canCancel: boolean;
}

function Request({ incident, request, canCancel }: RequestProps) {
  const queryClient = useQueryClient();
  const cancel = useChange({
    change: () => cancelRequest(incident.id, request.id),
    done: "Request taken back",
    failed: "Not taken back",
    onDone: () => void queryClient.invalidateQueries({ queryKey: ["incidents"] }),
  });
  const isAsking = request.cancelledAt === null && request.targets.some(({ state }) => state === "asking");
  return (
    <section aria-label={`Asked by ${request.requester.name}`} className="mt-3 border-t pt-3">
      <p className="flex flex-wrap items-center justify-between gap-2 text-table text-text-2">
        <span>
          {request.requester.name} asked <Time at={request.createdAt} format="clock" />
          {request.cancelledAt === null ? "" : ", taken back"}
        </span>
        {canCancel && isAsking ? (
          <Button size="small" variant="ghost" pending={cancel.isPending} onClick={() => cancel.mutate()}>
            Take back
          </Button>
        ) : null}
      </p>
      {request.message === "" ? null : (
        <p className="mt-1 text-body [overflow-wrap:anywhere]">
          <bdi>{request.message}</bdi>
        </p>
      )}
      {request.targets.map((target) => (
        <div key={target.id} className="mt-2">
          {target.policy ? (
            <p className="text-table text-text-3">
              {target.policy.name}
              {target.state === "asking" && target.nextAt ? (
                <>
                  , next level in <Countdown until={target.nextAt} after="now" />
                </>
              ) : null}
              {target.state === "ended" ? ", everybody was asked" : ""}
            </p>
          ) : null}
          <ul className="flex flex-col gap-1.5">
            {target.responders.map(({ user, state }) => (
              <li key={user.id} className="flex items-center justify-between gap-2 text-body">
                <PersonChip person={user} href={`/people/${user.id}`} />
                <span className="flex items-center gap-2 text-table text-text-3">
                  {WORDS[state]}
                  <Why incident={incident} person={user} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Somebody asks the viewer to join: who, for what, and the two answers. */
export function JoinCallout({
  incident,
  requests: initial,
  viewerId,
}: {
  incident: IncidentDetailDto;
  requests: ResponderRequestDto[];
  viewerId: string | null;
}) {
  const queryClient = useQueryClient();
  const { data: requests } = useQuery({ ...respondersOptions(incident.id), initialData: initial });
  const answer = useChange({
    change: (how: "joined" | "declined") => answerRequest(incident.id, how),
    done: (_, how) => (how === "joined" ? "You have joined" : "You have declined"),
    failed: "Not answered",
    onDone: () => void queryClient.invalidateQueries({ queryKey: ["incidents"] }),
  });
  const mine = requests.find(({ targets }) =>
    targets.some(({ responders }) =>
      responders.some(({ user, state }) => user.id === viewerId && state === "pending"),
    ),
  );
  if (!mine || incident.status === "resolved") return null;
  return (
    <Callout
      tone="info"
      className="mb-4"
      title={`${mine.requester.name} asks you to join.`}
      actions={
        <>
          <Button
            variant="primary"
            pending={answer.isPending && answer.variables === "joined"}
            pendingLabel="Joining…"
            onClick={() => answer.mutate("joined")}
          >
            Join
          </Button>
          <Button
            pending={answer.isPending && answer.variables === "declined"}
            pendingLabel="Declining…"
            onClick={() => answer.mutate("declined")}
          >
            Decline
          </Button>
        </>
      }
    >
      {mine.message === "" ? "You are paged for it until you answer." : <bdi>{mine.message}</bdi>}
    </Callout>
  );
}
