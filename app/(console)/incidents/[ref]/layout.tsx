import type { Metadata } from "next";
import type { ReactNode } from "react";
import { IncidentContextCards } from "#components/incidents/incident-context";
import { IncidentFrame } from "#components/incidents/incident-frame";
import { requireContext } from "#lib/auth/session";
import { listChangesBefore } from "#lib/events/queries/change-events";
import { listPolicyNames } from "#lib/escalation/queries/policy-names";
import { listKnownProblems } from "#lib/problems/queries/known-problems";
import { readIncidentContext } from "#lib/noise/queries/incident-context";
import { orNotFound } from "#lib/http/or-not-found";
import { readFilterChoices } from "#lib/incidents/queries/filter-choices";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listAssignable } from "#lib/incidents/queries/list-assignable";
import { listResponderRequests } from "#lib/incidents/queries/responder-requests";
import { KnownProblems } from "#components/problems/known-problems";
import { NewProblem } from "#components/problems/new-problem";
import { hasPermission } from "#lib/people/permissions";

type Params = { params: Promise<{ ref: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  return { title: `#${incident.number} ${incident.title}` };
}

export default async function IncidentLayout({ params, children }: Params & { children: ReactNode }) {
  const [ctx, { ref }] = await Promise.all([requireContext(), params]);
  const incident = await orNotFound(getIncident(ctx, ref));
  const [choices, people, requests, policies, changes, known, context] = await Promise.all([
    readFilterChoices(ctx),
    listAssignable(ctx),
    listResponderRequests(ctx, incident.id),
    listPolicyNames(ctx),
    listChangesBefore(ctx, incident.id),
    listKnownProblems(ctx, incident.id),
    readIncidentContext(ctx, incident),
  ]);
  const canRespond = hasPermission(ctx.actor.role, "incident.respond");
  return (
    <IncidentFrame
      key={incident.id}
      initial={incident}
      choices={choices}
      people={people}
      requests={requests}
      policies={policies}
      changes={changes}
      viewerId={ctx.actor.id}
      canRespond={canRespond}
      context={<IncidentContextCards {...context} />}
      known={<KnownProblems problems={known} />}
      follow={
        canRespond && known.length === 0 ? (
          <NewProblem services={choices.services} incident={{ id: incident.id, title: incident.title }} />
        ) : null
      }
    >
      {children}
    </IncidentFrame>
  );
}
