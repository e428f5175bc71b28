import { draftIncident } from "#lib/alerts/commands/draft-incident";
import type { DraftedAlert } from "#lib/alerts/commands/draft-incident";
import { integrationActor } from "#lib/alerts/commands/integration-actor";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import type { TransactionContext } from "#lib/context";
import { afterTurns } from "#lib/escalation/choose-people";
import type { TraceStep } from "#lib/events/trace";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { IncidentState } from "#lib/incidents/incident";
import { takeIn } from "#lib/incidents/take-in";
import { attachStorms } from "#lib/noise/commands/attach-storms";
import { gatherAlerts } from "#lib/noise/commands/gather-alerts";
import type { GatheredAlerts } from "#lib/noise/commands/gather-alerts";
import type { Kind } from "#lib/noise/commands/mine-templates";
import type { Gathered } from "#lib/noise/gather";
import type { GroupingReason } from "#lib/noise/grouping";
import type { Comparable } from "#lib/noise/grouping-setting";

/** An alert that needs an incident now. */
export type Placeable = {
  drafted: DraftedAlert;
  source: EventSource;
  comparable: Comparable;
  kind: Kind | null;
};

export type OnIncident = { incidentId: string; trace: TraceStep[] };

/** Writes which incident alerts are on, and why, before its facts are computed. */
export type Attach = (
  rows: readonly { alertId: string; incidentId: string; reason: GroupingReason | null }[],
) => Promise<void>;

type Joining = Placeable & { incidentId: string; reason: GroupingReason };
type Opening = Placeable & { reason: GroupingReason | null };

/**
 * Gives each alert its incident: an open one that it joins, which pages nobody, or a new one that pages its service's policy. Should
 * an incident have been resolved in the meantime, the alert opens one of its own.
 */
export async function placeAlerts(
  scope: TransactionContext,
  alerts: readonly Placeable[],
  attach: Attach,
): Promise<Map<string, OnIncident>> {
  const placed = new Map<string, OnIncident>();
  if (alerts.length === 0) return placed;
  const gathered = await gatherAlerts(scope, alerts.map(newcomerOf));
  const wanted = alerts.map((alert) => ({ alert, place: placeOf(gathered, alert) }));
  const states = await lockIncidents(
    scope.tx,
    wanted.flatMap(({ place }) => (place.way === "joins" ? place.incidentId : [])),
  );
  const opening: Opening[] = [];
  const joining: Joining[] = [];
  const following: (Placeable & { leaderId: string; reason: GroupingReason })[] = [];
  for (const { alert, place } of wanted) {
    if (place.way === "follows") following.push({ ...alert, ...place });
    else if (place.way === "joins" && isOpen(states.get(place.incidentId)))
      joining.push({ ...alert, ...place });
    else opening.push({ ...alert, reason: place.way === "opens" ? place.reason : null });
  }
  await open(scope, opening, following, attach, placed);
  await join(scope, joining, { states, raising: gathered.raising }, attach, placed);
  return placed;
}

function isOpen(state: IncidentState | undefined): boolean {
  return state !== undefined && state.status !== "resolved";
}

function newcomerOf({ drafted, source, comparable, kind }: Placeable) {
  return { alertId: drafted.alertId, serviceId: source.service.id, comparable, kind };
}

function placeOf({ places }: GatheredAlerts, { drafted }: Placeable): Gathered {
  return places.get(drafted.alertId) ?? { way: "opens", reason: null };
}

async function open(
  scope: TransactionContext,
  opening: readonly Opening[],
  following: readonly (Placeable & { leaderId: string; reason: GroupingReason })[],
  attach: Attach,
  placed: Map<string, OnIncident>,
): Promise<void> {
  const followersOf = Map.groupBy(following, ({ leaderId }) => leaderId);
  const drafts = opening.map(({ drafted, source }) =>
    draftFor({ drafted, source }, followersOf.get(drafted.alertId) ?? [], scope.now),
  );
  const opened = await openIncidents(
    scope,
    drafts.map(({ draft }) => draft),
    async (incidents) => {
      const rows = opening.flatMap(({ drafted, reason }, index) => {
        const incident = incidents[index];
        if (!incident) return [];
        const because = `Opened incident #${incident.number}; ${drafts[index]?.urgency.because ?? ""}`;
        const own = reason ? [{ step: "group", outcome: "own incident", because: reason.sentence }] : [];
        const trace = [...own, { step: "incident", outcome: "opened", because }];
        placed.set(drafted.alertId, { incidentId: incident.id, trace });
        const followers = followersOf.get(drafted.alertId) ?? [];
        for (const follower of followers) {
          placed.set(follower.drafted.alertId, joinedAs(incident, follower.reason));
        }
        return [
          { alertId: drafted.alertId, incidentId: incident.id, reason },
          ...followers.map((follower) => ({
            alertId: follower.drafted.alertId,
            incidentId: incident.id,
            reason: follower.reason,
          })),
        ];
      });
      await attach(rows);
    },
  );
  await attachStorms(scope.tx, opened);
}

type Drafted = Pick<Placeable, "drafted" | "source">;

/** An incident that opens for several alerts at once has the highest urgency that any of them asks for. */
function draftFor(leader: Drafted, followers: readonly Drafted[], now: Date) {
  const own = draftIncident(leader.drafted, leader.source, now);
  const high = followers
    .map(({ drafted, source }) => draftIncident(drafted, source, now).urgency)
    .find(({ urgency }) => urgency === "high");
  if (own.urgency.urgency === "high" || !high) return own;
  const trigger = { ...own.draft.trigger, ...high };
  return { urgency: high, draft: { ...own.draft, urgency: high.urgency, trigger } };
}

function joinedAs({ id, number }: { id: string; number: number }, reason: GroupingReason): OnIncident {
  const because = `Joined incident #${number}, which pages nobody again. ${reason.sentence}`;
  return { incidentId: id, trace: [{ step: "group", outcome: "joined", because }] };
}

async function join(
  scope: TransactionContext,
  joining: readonly Joining[],
  { states, raising }: { states: ReadonlyMap<string, IncidentState>; raising: ReadonlySet<string> },
  attach: Attach,
  placed: Map<string, OnIncident>,
): Promise<void> {
  if (joining.length === 0) return;
  await attach(
    joining.map(({ drafted, incidentId, reason }) => ({ alertId: drafted.alertId, incidentId, reason })),
  );
  const byIncident = [...Map.groupBy(joining, ({ incidentId }) => incidentId)].flatMap(([id, joiners]) => {
    const state = states.get(id);
    return state ? [{ state, joiners, raise: raises(state, joiners, raising, scope.now) }] : [];
  });
  const raised = byIncident.filter(({ raise }) => raise).map(({ state }) => state.policy);
  let facts = await lockOnCallFacts(scope, raised);
  const changes = byIncident.map(({ state, joiners, raise }): SavedChange => {
    const joined = joiners.map(({ drafted, reason }) => ({
      alertId: drafted.alertId,
      summary: drafted.summary,
      because: reason.sentence,
    }));
    const change = takeIn(state, joined, raise, facts, scope.now);
    facts = afterTurns(facts, change.rings);
    for (const { drafted, reason } of joiners) placed.set(drafted.alertId, joinedAs(state, reason));
    const [first] = joiners;
    return { state, change, ...(first && { actor: integrationActor(first.source.integration) }) };
  });
  await saveChanges(scope, changes);
}

/** Whether an alert among them would have had a high urgency of its own, on an incident of low urgency. */
function raises(
  state: IncidentState,
  joiners: readonly Joining[],
  raising: ReadonlySet<string>,
  now: Date,
): boolean {
  if (state.urgency === "high") return false;
  return joiners.some(
    ({ drafted, source }) =>
      raising.has(source.service.id) && draftIncident(drafted, source, now).urgency.urgency === "high",
  );
}
