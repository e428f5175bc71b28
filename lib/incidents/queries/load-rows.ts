import { asc, eq, inArray } from "drizzle-orm";
import type { Database } from "#db/connect";
import { incidentFacts } from "#db/schema/incident-facts";
import { incidentAssignments, incidents, pendingActions, priorities } from "#db/schema/incidents";
import { teams, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { loadIncidentLevels } from "#lib/service-levels/queries/incident-levels";
import type { IncidentLevelDto } from "#lib/service-levels/schemas";
import { planFrom } from "#lib/incidents/take-step";
import type { ConsequenceDto, IncidentRowDto, PersonDto } from "#lib/incidents/schemas";

type Row = typeof incidents.$inferSelect;

/** The incidents with what every list shows of them, in the order of the ids, in a fixed number of queries. */
export async function loadIncidentRows(
  db: Database,
  incidentIds: readonly string[],
  now: Date,
): Promise<{ row: Row; dto: IncidentRowDto }[]> {
  const ids = [...incidentIds];
  if (ids.length === 0) return [];
  const [levels, rows, assignees, pending] = await Promise.all([
    loadIncidentLevels(db, ids),
    selectRows(db, ids),
    db
      .select({ incidentId: incidentAssignments.incidentId, id: users.id, name: users.name })
      .from(incidentAssignments)
      .innerJoin(users, eq(users.id, incidentAssignments.userId))
      .where(inArray(incidentAssignments.incidentId, ids))
      .orderBy(asc(users.name)),
    db
      .select()
      .from(pendingActions)
      .where(inArray(pendingActions.incidentId, ids))
      .orderBy(asc(pendingActions.at)),
  ]);
  const waiting = rows.filter(({ incident }) => incident.status === "triggered");
  const facts = await loadOnCallFacts(
    db,
    waiting.map(({ incident }) => incident.policySnapshot),
    now,
  );
  const byId = new Map(
    rows.map((row) => {
      const { incident } = row;
      const people = assignees.filter(({ incidentId }) => incidentId === incident.id);
      const next = pending.find(({ incidentId, type }) => incidentId === incident.id && type !== "resolve");
      const dto = rowDto(
        row,
        people.map(({ id, name }) => ({ id, name })),
        next ? consequenceOf(incident, next, facts, people.length > 0) : null,
        levels.get(incident.id) ?? [],
      );
      return [incident.id, { row: incident, dto }];
    }),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function selectRows(db: Database, ids: string[]) {
  return db
    .select({
      incident: incidents,
      priority: priorities,
      service: { id: services.id, slug: services.slug, name: services.name },
      team: { id: teams.id, name: teams.name, slug: teams.slug },
      alertCount: incidentFacts.alertCount,
    })
    .from(incidents)
    .innerJoin(services, eq(services.id, incidents.serviceId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(priorities, eq(priorities.id, incidents.priorityId))
    .leftJoin(incidentFacts, eq(incidentFacts.incidentId, incidents.id))
    .where(inArray(incidents.id, ids));
}

type Selected = Awaited<ReturnType<typeof selectRows>>[number];

function rowDto(
  { incident, priority, service, team, alertCount }: Selected,
  assignees: PersonDto[],
  consequence: ConsequenceDto | null,
  levels: IncidentLevelDto[],
): IncidentRowDto {
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    status: incident.status,
    urgency: incident.urgency,
    priority: priority && {
      id: priority.id,
      name: priority.name,
      rank: priority.rank,
      description: priority.description,
    },
    service,
    team,
    assignees,
    unassigned: incident.unassigned,
    createdAt: incident.createdAt.toISOString(),
    acknowledgedAt: incident.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: incident.resolvedAt?.toISOString() ?? null,
    snoozedUntil: incident.snoozedUntil?.toISOString() ?? null,
    updatedAt: incident.updatedAt.toISOString(),
    alertCount: alertCount ?? 0,
    merged: incident.mergedIntoId !== null,
    customerImpact: incident.customerImpact,
    consequence,
    levels,
  };
}

/** What is due next and, for an escalation, who would be told: by the plan that pages. */
function consequenceOf(
  incident: Row,
  next: typeof pendingActions.$inferSelect,
  facts: OnCallFacts,
  isHeld: boolean,
): ConsequenceDto {
  const at = next.at.toISOString();
  if (next.type !== "escalate") return { type: next.type, at, to: next.to };
  const from = incident.assignedVia === "direct_assignment" ? TOP : incident;
  const state = { policy: incident.policySnapshot, ringMembers: incident.ringMembers };
  // By the hours of that time; who is on call then may still change.
  const plan = planFrom(state, from, { ...facts, at: next.at }, isHeld);
  const taking = plan.kind === "enter" || plan.kind === "fallback" ? plan.people : [];
  const people = plan.kind === "exhausted" ? [] : [...taking, ...plan.told];
  const names = people.map(({ userId }) => facts.people.get(userId)?.name ?? userId);
  return { type: "escalate", at, to: names.length > 0 ? names.join(", ") : null };
}
