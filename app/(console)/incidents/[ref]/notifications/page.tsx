import { AskWhy } from "#components/incidents/ask-why";
import { DecisionTrail } from "#components/incidents/decision-trail";
import { PagesTab } from "#components/incidents/pages-tab";
import { requireContext } from "#lib/auth/session";
import { orNotFound } from "#lib/http/or-not-found";
import { readDecisionTrail } from "#lib/incidents/queries/decision-trail";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { listPages } from "#lib/incidents/queries/timeline";
import { listPersonNames } from "#lib/people/queries/person-refs";

type Props = {
  params: Promise<{ ref: string }>;
  searchParams: Promise<{ person?: string | string[] }>;
};

export default async function IncidentNotificationsPage({ params, searchParams }: Props) {
  const [ctx, { ref }, { person }] = await Promise.all([requireContext(), params, searchParams]);
  const incident = await orNotFound(getIncident(ctx, ref));
  const chosen = typeof person === "string" && person !== "" ? person : null;
  const [people, pages, trail] = await Promise.all([
    listPersonNames(ctx),
    chosen === null ? listPages(ctx, incident.id) : [],
    chosen === null ? null : orNotFound(readDecisionTrail(ctx, { incidentId: incident.id, userId: chosen })),
  ]);
  return (
    <>
      <AskWhy
        number={incident.number}
        people={people}
        chosen={chosen}
        viewerId={ctx.actor.type === "user" ? ctx.actor.id : null}
      />
      {trail ? <DecisionTrail trail={trail} /> : <PagesTab incidentId={incident.id} initial={pages} />}
    </>
  );
}
