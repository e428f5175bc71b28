import { sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { alerts, changeEvents } from "#db/schema/events";
import { gameDays } from "#db/schema/game-days";
import {
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  logEntries,
  pendingActions,
  priorities,
} from "#db/schema/incidents";
import { alertTemplates } from "#db/schema/noise";
import { serviceLevelPolicies } from "#db/schema/service-levels";
import { deliveries, deliveryStates, pages } from "#db/schema/notifications";
import { assignKinds } from "#db/seed/demo/alert-kinds";
import { demoServiceLevels } from "#db/seed/demo/service-levels";
import { addStory } from "#db/seed/demo/incident-rows";
import type { StoryContext } from "#db/seed/demo/incident-rows";
import type { InsertedPeople } from "#db/seed/demo/insert-people";
import type { InsertedSchedules } from "#db/seed/demo/insert-schedules";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { insertVerdicts } from "#db/seed/demo/insert-verdicts";
import { loadCalendar } from "#db/seed/demo/on-call-calendar";
import { addOpenIncidents } from "#db/seed/demo/open-now";
import { planChanges } from "#db/seed/demo/plan-changes";
import { planGameDays } from "#db/seed/demo/plan-game-days";
import { planIncidents } from "#db/seed/demo/plan-incidents";
import { quietAlerts } from "#db/seed/demo/quiet-alerts";
import { noRows } from "#db/seed/demo/rows";
import type { Rows } from "#db/seed/demo/rows";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { rebuildInterruptions } from "#lib/notifications/commands/record-interruptions";
import type { Random } from "#lib/statistics/random";

const INCIDENTS = 1400;

export type Organisation = {
  people: InsertedPeople;
  schedules: InsertedSchedules;
  services: readonly InsertedService[];
};

/** Thirteen months of incidents and those open now, with their timelines, pages, deliveries, alerts and facts. */
export async function insertHistory(
  tx: Transaction,
  since: Date,
  now: Date,
  { people, schedules, services }: Organisation,
  random: Random,
): Promise<void> {
  const scheduleIds = [...schedules.teams.values(), schedules.commanders].map(({ id }) => id);
  const ranked = await tx.select({ id: priorities.id, rank: priorities.rank }).from(priorities);
  const context: StoryContext = {
    rows: noRows(),
    calendar: await loadCalendar(tx, scheduleIds, { start: since, end: now }, people),
    colleagues: (person) => {
      const teams = new Set(person.teams.map((team) => team.key));
      return people.people.filter(
        (other) => other !== person && other.teams.some(({ key }) => teams.has(key)),
      );
    },
    priorityIds: new Map(ranked.map(({ rank, id }) => [rank, id])),
    random,
  };
  const planned = planIncidents(services, now.getTime(), INCIDENTS, random);
  const ids = planned.map(({ at }) => newId(at));
  for (const [index, incident] of planned.entries()) {
    const mergedIntoId = incident.mergedInto === null ? null : (ids[incident.mergedInto] ?? null);
    addStory(context, { id: ids[index] ?? newId(incident.at), planned: incident, mergedIntoId });
  }
  const open = addOpenIncidents(context, services, people.byName, now.getTime());
  context.rows.alerts.push(...quietAlerts(services, planned, now.getTime()));
  await insertMany(tx, alertTemplates, assignKinds(context.rows.alerts, now));
  await insertRows(tx, context.rows);
  // Numbers are given as rows are written.
  await tx.execute(sql`
    update log_entries l set data = l.data || jsonb_build_object('intoNumber', i.number)
    from incidents i where l.type = 'merge' and i.id = l.data ->> 'into'`);
  await insertMany(tx, gameDays, planGameDays(now.getTime()));
  await insertMany(tx, changeEvents, planChanges(services, now.getTime(), random));
  await rebuildInterruptions({ tx });
  await tx.insert(serviceLevelPolicies).values(demoServiceLevels(since));
  await refreshFacts({ tx }, [...ids, ...open]);
  await insertVerdicts(tx, now);
  await tx.execute(sql`
    update services s set last_incident_at = l.at
    from (select service_id, max(created_at) as at from incidents group by service_id) l
    where l.service_id = s.id`);
}

async function insertRows(tx: Transaction, rows: Rows) {
  await insertMany(tx, incidents, rows.incidents);
  await insertMany(tx, incidentAssignments, rows.assignments);
  await insertMany(tx, incidentAcknowledgements, rows.acknowledgements);
  await insertMany(tx, logEntries, rows.logEntries);
  await insertMany(tx, pendingActions, rows.pendingActions);
  await insertMany(tx, pages, rows.pages);
  await insertMany(tx, deliveries, rows.deliveries);
  await insertMany(tx, deliveryStates, rows.deliveryStates);
  await insertMany(tx, alerts, rows.alerts);
}
