import type { InsertedPerson } from "#db/seed/demo/insert-people";
import type { OnCallCalendar } from "#db/seed/demo/on-call-calendar";
import { addPage } from "#db/seed/demo/page-rows";
import type { PlannedIncident } from "#db/seed/demo/plan-incidents";
import { note, TOUCHLINE } from "#db/seed/demo/rows";
import type { Author, Rows } from "#db/seed/demo/rows";
import { PROBE_RULE } from "#db/seed/demo/quiet-alerts";
import { NOTES, PROBE_TITLE, RESOLUTIONS } from "#db/seed/demo/titles";
import { newId } from "#lib/ids";
import type { GroupingReason } from "#lib/noise/grouping";
import { pick, randomFrom } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

const MINUTE = 60_000;
const PROBE_PAUSE = 2 * MINUTE;
// No story has more lines than this.
const LONGEST_STORY = 40;

export type StoryContext = {
  rows: Rows;
  calendar: OnCallCalendar;
  /** Who may take over from somebody. */
  colleagues: (person: InsertedPerson) => readonly InsertedPerson[];
  priorityIds: ReadonlyMap<number, string>;
  random: Random;
};

/** Ids of the incidents, in the order of the plan, so that merged ones can name their target. */
export type Story = { id: string; planned: PlannedIncident; mergedIntoId: string | null };

type Telling = { level: number; at: number; person: InsertedPerson };

export const authorOf = (person: InsertedPerson, channel = "website"): Author => ({
  type: "user",
  id: person.id,
  name: person.name,
  channel,
});

/** Writes the whole story of one past incident: who was told when, who took it, what was noted, how it ended. */
export function addStory(context: StoryContext, story: Story) {
  const { planned, id } = story;
  const told = tellings(planned, context.calendar);
  const responder = told.at(-1)?.person;
  const monitor: Author = {
    type: "integration",
    id: planned.service.integrationId,
    name: "Events API v2",
    channel: "events",
  };
  note(context.rows, id, planned.at, monitor, {
    type: "trigger",
    class: "key",
    data: { summary: planned.title, severity: planned.severity },
  });
  addTellings(context.rows, story, told);
  const last = responder && planned.acknowledgeAfter !== null ? addResponse(context, story, responder) : null;
  addResolution(context, story, last ? authorOf(last) : monitor);
  addIncident(context, story, told, last);
  addAlerts(context, story);
}

/** Who was told until somebody acknowledged: the levels of the policy, each after the delay of the one before. */
export function tellings(planned: PlannedIncident, calendar: OnCallCalendar): Telling[] {
  const { policy } = planned.service;
  const until = planned.at + (planned.acknowledgeAfter ?? planned.resolveAfter);
  const told: Telling[] = [];
  let at = planned.at;
  for (const [index, level] of policy.levels.entries()) {
    if (at >= until || (index > 0 && planned.urgency === "low")) break;
    const person = calendar(policy, index + 1, at);
    if (person) told.push({ level: index + 1, at, person });
    at += level.delayMinutes * MINUTE;
  }
  return told;
}

export function addTellings(rows: Rows, { id, planned }: Story, told: readonly Telling[]) {
  const end = planned.at + (planned.acknowledgeAfter ?? planned.resolveAfter);
  for (const [index, { level, at, person }] of told.entries()) {
    const first = index === 0;
    const data = { level, loop: 0, assignees: [{ id: person.id, name: person.name }] };
    note(
      rows,
      id,
      at,
      TOUCHLINE,
      first
        ? { type: "assign", class: "people", data: { ...data, via: "escalation_policy" } }
        : { type: "escalate", class: "key", data: { ...data, kind: "timeout" } },
    );
    addPage(rows, {
      incidentId: id,
      person,
      step: index + 1,
      level,
      reason: first ? "assigned" : "escalated",
      urgency: planned.urgency,
      at,
      endedAt: told[index + 1]?.at ?? end,
      because: `Level ${level} of ${planned.service.policy.name}`,
    });
  }
}

/** From the first acknowledgement on; answers who had it in the end. */
function addResponse(context: StoryContext, story: Story, first: InsertedPerson): InsertedPerson {
  const { rows, random } = context;
  const { id, planned } = story;
  const at = planned.at + (planned.acknowledgeAfter ?? 0);
  const end = planned.at + planned.resolveAfter;
  const room = end - at;
  acknowledge(rows, id, at, first);
  if (planned.snoozed && room > 20 * MINUTE) addSnooze(rows, story, first, at + 2 * MINUTE);
  const owner =
    planned.reassigned && room > 12 * MINUTE ? handOver(context, story, first, at + 5 * MINUTE) : first;
  if (planned.priorityRank !== null && room > 15 * MINUTE) {
    const [text, later] = [pick(random, NOTES), at + Math.round(room * (0.3 + random() * 0.4))];
    note(rows, id, later, authorOf(owner), { type: "annotate", class: "people", note: text });
  }
  if (planned.reopened && room > 30 * MINUTE) {
    const resolvedAt = at + Math.round(room * 0.75);
    note(rows, id, resolvedAt, authorOf(owner), { type: "resolve", class: "key", data: { via: "person" } });
    const reopenedAt = resolvedAt + Math.round(room * 0.1);
    note(rows, id, reopenedAt, authorOf(owner), { type: "reopen", class: "key", note: "It is back." });
  }
  return owner;
}

function acknowledge(rows: Rows, id: string, at: number, person: InsertedPerson) {
  note(rows, id, at, authorOf(person, "email"), {
    type: "acknowledge",
    class: "key",
    userId: person.id,
    data: { again: false, timeoutSeconds: 1800 },
  });
}

function addSnooze(rows: Rows, { id, planned }: Story, person: InsertedPerson, at: number) {
  const until = at + 120 * MINUTE;
  note(rows, id, at, authorOf(person), {
    type: "snooze",
    class: "key",
    userId: person.id,
    data: { until: new Date(until).toISOString(), seconds: 7200 },
  });
  if (until + 3 * MINUTE >= planned.at + planned.resolveAfter) return;
  note(rows, id, until, TOUCHLINE, {
    type: "unacknowledge",
    class: "key",
    data: { because: "The snooze ended", how: "snooze", assignees: [{ id: person.id, name: person.name }] },
  });
  acknowledge(rows, id, until + 3 * MINUTE, person);
}

function handOver(
  context: StoryContext,
  { id, planned }: Story,
  from: InsertedPerson,
  at: number,
): InsertedPerson {
  const others = context.colleagues(from);
  if (others.length === 0) return from;
  const person = pick(context.random, others);
  note(context.rows, id, at, authorOf(from), {
    type: "assign",
    class: "people",
    userId: person.id,
    data: { assignee: person.name, via: "direct_assignment" },
  });
  const acknowledgedAt = at + 4 * MINUTE;
  addPage(context.rows, {
    incidentId: id,
    person,
    step: 10,
    level: null,
    reason: "reassigned",
    urgency: planned.urgency,
    at,
    endedAt: acknowledgedAt,
    because: `Reassigned by ${from.name}`,
  });
  acknowledge(context.rows, id, acknowledgedAt, person);
  return person;
}

function addResolution(context: StoryContext, { id, planned, mergedIntoId }: Story, author: Author) {
  const via = mergedIntoId ? "merge" : author.type === "user" ? "person" : "integration";
  const at = planned.at + planned.resolveAfter;
  if (mergedIntoId)
    note(context.rows, id, at, author, { type: "merge", class: "key", data: { into: mergedIntoId } });
  note(context.rows, id, at, author, {
    type: "resolve",
    class: "key",
    note: via === "person" ? pick(context.random, RESOLUTIONS) : null,
    data: { via },
  });
}

function addIncident(
  context: StoryContext,
  { id, planned, mergedIntoId }: Story,
  told: readonly Telling[],
  by: InsertedPerson | null,
) {
  const at = (after: number | null) => (after === null ? null : new Date(planned.at + after));
  const end = new Date(planned.at + planned.resolveAfter);
  const own = context.rows.logEntries.slice(-LONGEST_STORY).filter((entry) => entry.incidentId === id);
  const machine = { type: "integration", id: null, name: "Events API v2" };
  context.rows.incidents.push({
    ...basicsOf(context, id, planned),
    status: "resolved",
    level: told.at(-1)?.level ?? 0,
    step: told.length,
    acknowledgedAt: at(planned.acknowledgeAfter),
    mitigatedAt: at(planned.mitigateAfter),
    resolvedAt: end,
    resolution: own.findLast((entry) => entry.type === "resolve")?.note ?? null,
    resolvedVia: mergedIntoId ? "merge" : by ? "person" : "integration",
    mergedIntoId,
    reopenCount: own.filter((entry) => entry.type === "reopen").length,
    lastStatusChangeAt: end,
    lastStatusChangeBy: by ? { type: "user", id: by.id, name: by.name } : machine,
    updatedAt: end,
  });
}

/** The columns that any incident of the demo has, open or not. */
export function basicsOf(context: Pick<StoryContext, "priorityIds">, id: string, planned: PlannedIncident) {
  const { service, priorityRank, detection } = planned;
  return {
    id,
    title: planned.title,
    urgency: planned.urgency,
    priorityId: priorityRank === null ? null : (context.priorityIds.get(priorityRank) ?? null),
    serviceId: service.id,
    policySnapshot: service.policy,
    detectionSource: detection,
    causeClass: planned.cause,
    customersAffected: planned.customersAffected,
    origin: "demo" as const,
    startedAt: new Date(planned.startedAt),
    detectedAt: new Date(planned.detectedAt),
    createdAt: new Date(planned.at),
    customerImpact: detection === "customer_report" ? true : (priorityRank ?? 9) <= 2,
  };
}

/** The first alert opened it, after its rule waited for it where it is a probe; the others joined by their words. */
export function addAlerts(context: Pick<StoryContext, "rows">, { id, planned }: Story, open = false) {
  const { service, title, at: begins } = planned;
  const random = randomFrom(begins % 2 ** 31);
  const span = Math.min(planned.resolveAfter, 20 * MINUTE);
  const isProbe = title === PROBE_TITLE;
  const firstAt = isProbe ? begins - PROBE_PAUSE : begins;
  const firstId = newId(firstAt);
  for (let index = 0; index < planned.alerts; index += 1) {
    const at = index === 0 ? firstAt : begins + Math.round((span * index) / Math.max(planned.alerts, 1));
    context.rows.alerts.push({
      id: index === 0 ? firstId : newId(at),
      serviceId: service.id,
      integrationId: service.integrationId,
      incidentId: id,
      dedupKey: `${service.name}/${id}/${index}`,
      status: open ? "triggered" : "resolved",
      severity: planned.severity,
      summary: title,
      source: `${service.name.toLowerCase().replaceAll(" ", "-")}-${(index % 5) + 1}`,
      component: service.kind,
      ...(isProbe && index === 0
        ? { pausedBy: "rules" as const, pausedUntil: new Date(begins), heldBecause: PROBE_RULE }
        : {}),
      occurrenceCount: 1 + Math.floor(random() * random() * 12),
      groupingReason: index === 0 ? null : joinedLike(firstId, title),
      // A machine closed it: its monitor said that it is over.
      selfResolved: !open && planned.acknowledgeAfter === null,
      startedAt: new Date(Math.min(planned.startedAt, at)),
      lastSeenAt: new Date(at),
      createdAt: new Date(at),
      resolvedAt: open ? null : new Date(begins + planned.resolveAfter),
      isDemo: true,
    });
  }
}

function joinedLike(alertId: string, title: string): GroupingReason {
  return {
    mode: "similarity",
    joined: true,
    score: 0.8,
    threshold: 0.72,
    features: { wording: 1, sameTemplate: 1, learned: 0, adjacent: 0, apart: 0 },
    likeAlertId: alertId,
    sentence: `Like “${title}” (100 % of the words agree, the same kind of text; score 0.8, 0.72 is needed).`,
  };
}
