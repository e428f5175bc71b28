import { addAlerts, addTellings, authorOf, basicsOf, tellings } from "#db/seed/demo/incident-rows";
import type { StoryContext } from "#db/seed/demo/incident-rows";
import type { InsertedPerson } from "#db/seed/demo/insert-people";
import type { InsertedService } from "#db/seed/demo/insert-services";
import type { PlannedIncident } from "#db/seed/demo/plan-incidents";
import { note } from "#db/seed/demo/rows";
import { newId } from "#lib/ids";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type OpenIncident = {
  service: string;
  title: string;
  priorityRank: number | null;
  urgency: "high" | "low";
  minutesAgo: number;
  acknowledgedBy: string | null;
  snoozedHours: number | null;
  customers: boolean;
  alerts: number;
  notes: readonly string[];
};

const OPEN: readonly OpenIncident[] = [
  {
    service: "Cash-out",
    title: "Cash-out offers are refused for every live parlay in New Jersey and Pennsylvania",
    priorityRank: 1,
    urgency: "high",
    minutesAgo: 38,
    acknowledgedBy: "Jonas Brandt",
    snoozedHours: null,
    customers: true,
    alerts: 9,
    notes: [
      "Offers time out in the price service: 4.8 s instead of 200 ms. Started with the 18:20 markets.",
      "Rolled the price service back one release in us-east. Latency falls, offers come through for about half.",
      "Customer experience has 60 contacts. Asked trading to suspend cash-out on parlays until it is clean.",
    ],
  },
  {
    service: "KYC checks",
    title: "KYC checks: document provider answers 503 for one in five uploads",
    priorityRank: 3,
    urgency: "high",
    minutesAgo: 95,
    acknowledgedBy: "Elias Haddad",
    snoozedHours: null,
    customers: false,
    alerts: 3,
    notes: ["Provider has an incident open. Retries hold; the queue is 300 long and stable."],
  },
  {
    service: "Regulatory reporting",
    title: "Regulatory reporting: daily file for Ontario is late",
    priorityRank: 4,
    urgency: "low",
    minutesAgo: 260,
    acknowledgedBy: "Caleb Turner",
    snoozedHours: 10,
    customers: false,
    alerts: 1,
    notes: ["The regulator accepts it until tomorrow noon. Looking again in the morning."],
  },
  {
    service: "Warehouse",
    title: "Warehouse: slow queries on the primary",
    priorityRank: null,
    urgency: "low",
    minutesAgo: 17,
    acknowledgedBy: null,
    snoozedHours: null,
    customers: false,
    alerts: 2,
    notes: [],
  },
];

/** The work of this evening that needs no engine: taken by somebody, or of low urgency. Answers the incidents' ids. */
export function addOpenIncidents(
  context: StoryContext,
  services: readonly InsertedService[],
  byName: ReadonlyMap<string, InsertedPerson>,
  now: number,
): string[] {
  return OPEN.flatMap((open) => {
    const service = services.find(({ name }) => name === open.service);
    if (!service) return [];
    return [addOpen(context, open, service, byName.get(open.acknowledgedBy ?? ""), now)];
  });
}

function addOpen(
  context: StoryContext,
  open: OpenIncident,
  service: InsertedService,
  person: InsertedPerson | undefined,
  now: number,
): string {
  const planned = planOf(open, service, now);
  const id = newId(planned.at);
  const monitor = {
    type: "integration" as const,
    id: service.integrationId,
    name: "Events API v2",
    channel: "events",
  };
  note(context.rows, id, planned.at, monitor, {
    type: "trigger",
    class: "key",
    data: { summary: planned.title, severity: planned.severity },
  });
  const story = { id, planned, mergedIntoId: null };
  const told = tellings(planned, context.calendar).slice(0, 1);
  addTellings(context.rows, story, told);
  addAlerts(context, story, true);
  const owner = person ?? told[0]?.person;
  if (owner) {
    context.rows.assignments.push({ incidentId: id, userId: owner.id, at: new Date(planned.at) });
  }
  const takenAt = person ? addTaking(context, open, planned, id, person, now) : null;
  const changedAt = new Date(takenAt ?? planned.at);
  context.rows.incidents.push({
    ...basicsOf(context, id, planned),
    status: takenAt === null ? "triggered" : "acknowledged",
    level: 1,
    step: told.length,
    unassigned: owner === undefined,
    acknowledgedAt: takenAt === null ? null : new Date(takenAt),
    snoozedUntil: open.snoozedHours === null ? null : new Date(now + open.snoozedHours * HOUR),
    lastStatusChangeAt: changedAt,
    lastStatusChangeBy: person ? { type: "user", id: person.id, name: person.name } : null,
    updatedAt: changedAt,
  });
  return id;
}

function planOf(open: OpenIncident, service: InsertedService, now: number): PlannedIncident {
  const at = now - open.minutesAgo * MINUTE;
  return {
    service,
    at,
    startedAt: at - (open.customers ? 12 : 1) * MINUTE,
    detectedAt: at - (open.customers ? 4 : 0) * MINUTE,
    title: open.title,
    severity: open.urgency === "high" ? "critical" : "warning",
    urgency: open.urgency,
    priorityRank: open.priorityRank,
    detection: open.customers ? "customer_report" : "monitoring",
    acknowledgeAfter: 2 * MINUTE,
    mitigateAfter: null,
    resolveAfter: open.minutesAgo * MINUTE,
    snoozed: false,
    reassigned: false,
    reopened: false,
    mergedInto: null,
    alerts: open.alerts,
    cause: null,
    customersAffected: null,
  };
}

/** Somebody took it two minutes after the page, noted what they found, and perhaps put it to sleep. */
function addTaking(
  context: StoryContext,
  open: OpenIncident,
  planned: PlannedIncident,
  id: string,
  person: InsertedPerson,
  now: number,
): number {
  const author = authorOf(person);
  const takenAt = planned.at + 2 * MINUTE;
  context.rows.acknowledgements.push({ incidentId: id, userId: person.id, at: new Date(takenAt) });
  note(context.rows, id, takenAt, author, {
    type: "acknowledge",
    class: "key",
    userId: person.id,
    data: { again: false, timeoutSeconds: null },
  });
  for (const [index, text] of open.notes.entries()) {
    const share = (index + 1) / (open.notes.length + 1);
    note(context.rows, id, Math.round(takenAt + share * (now - takenAt)), author, {
      type: "annotate",
      class: "people",
      note: text,
    });
  }
  if (open.snoozedHours !== null) {
    const until = new Date(now + open.snoozedHours * HOUR);
    const seconds = open.snoozedHours * 3600;
    note(context.rows, id, now - MINUTE, author, {
      type: "snooze",
      class: "key",
      userId: person.id,
      data: { until: until.toISOString(), seconds },
    });
    context.rows.pendingActions.push({ incidentId: id, type: "unacknowledge", at: until, generation: 1 });
  }
  return takenAt;
}
