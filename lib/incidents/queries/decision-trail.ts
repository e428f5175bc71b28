import { and, asc, eq, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { incidents, logEntries } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { completePolicy } from "#lib/escalation/policy";
import type { PolicySnapshot } from "#lib/escalation/policy";
import type { TraceStep } from "#lib/events/trace";
import { explainEntry } from "#lib/incidents/commands/load-on-call";
import { whyNotPaged } from "#lib/incidents/decision-trail";
import type { ThenOnCall, TrailEntry } from "#lib/incidents/decision-trail";
import { logSentence } from "#lib/incidents/log-sentence";
import { listPages } from "#lib/incidents/queries/timeline";
import type { PageDto } from "#lib/incidents/schemas";
import type { LogEntryType } from "#lib/incidents/vocabulary";
import { loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { whoIsOnCall } from "#lib/on-call/resolve";
import type { ScheduleFacts } from "#lib/on-call/schedule";
import { mayBePaged } from "#lib/people/permissions";
import { loadPersonRefs } from "#lib/people/queries/person-refs";

export type DecisionTrail = {
  person: { id: string; name: string };
  incident: { id: string; number: number; title: string };
  /** How the event became this incident; empty where no event did. */
  event: { alert: { summary: string; at: string } | null; trace: TraceStep[] };
  /** What happened to the incident that decides who is paged, oldest first. */
  course: { at: string; sentence: string; because: string | null }[];
  /** Their pages, with the reasons of each and every send. */
  pages: PageDto[];
  /** Why not, where they were never paged. */
  whyNot: { at: string | null; sentence: string; because: string }[];
};

const COURSE: readonly LogEntryType[] = [
  "trigger",
  "assign",
  "escalate",
  "skip_level",
  "wait_level",
  "tell",
  "handoff",
  "fallback",
  "coverage_gap",
  "repeat_escalation_path",
  "exhaust_escalation_path",
  "nobody_answered",
  "delegate",
  "acknowledge",
  "unacknowledge",
  "snooze",
  "urgency_change",
  "merge",
  "reopen",
  "resolve",
  "responder_request",
  "responder_reply",
];

/**
 * Why a person was paged about an incident, or why not: from the event over the policy's levels and schedules to every send, all from
 * what was stored. Throws `not_found`.
 */
export async function readDecisionTrail(
  ctx: Context,
  input: { incidentId: string; userId: string },
): Promise<DecisionTrail> {
  requirePermission(ctx.actor, "read");
  const [[incident], [person], allPages, entries] = await Promise.all([
    ctx.db.select().from(incidents).where(eq(incidents.id, input.incidentId)),
    ctx.db
      .select({ id: users.id, name: users.name, role: users.role, deactivatedAt: users.deactivatedAt })
      .from(users)
      .where(eq(users.id, input.userId)),
    listPages(ctx, input.incidentId),
    readEntries(ctx, input.incidentId),
  ]);
  if (!incident || !person) throw new AppError("not_found", "There is no such incident or person.");
  const policy = completePolicy(incident.policySnapshot);
  const pages = allPages.filter(({ user }) => user.id === person.id);
  const steps = entries.map(({ entry }) => ({
    type: entry.type,
    at: entry.at,
    actorName: entry.actorName,
    data: entry.data,
  }));
  const [event, schedules] = await Promise.all([
    readEvent(ctx, incident.id),
    pages.length > 0 ? null : readSchedules(ctx, { policy, userId: person.id, entries: steps }),
  ]);
  const whyNot = schedules
    ? whyNotPaged({
        person,
        incident: {
          number: incident.number,
          urgency: incident.urgency,
          isOpen: incident.status !== "resolved",
          policy,
          assignedDirectly: incident.assignedVia === "direct_assignment",
        },
        entries: steps,
        mayBePagedNow: mayBePaged(person),
        ...schedules,
      })
    : [];
  return {
    person: { id: person.id, name: person.name },
    incident: { id: incident.id, number: incident.number, title: incident.title },
    event,
    course: entries.map(({ entry, user }) => ({
      at: entry.at.toISOString(),
      sentence: logSentence({ ...entry, actor: { name: entry.actorName }, user }),
      because: entry.note,
    })),
    pages,
    whyNot: whyNot.map(({ at, ...reason }) => ({ ...reason, at: at?.toISOString() ?? null })),
  };
}

function readEntries(ctx: Context, incidentId: string) {
  return ctx.db
    .select({ entry: logEntries, user: { id: users.id, name: users.name } })
    .from(logEntries)
    .leftJoin(users, eq(users.id, logEntries.userId))
    .where(
      and(
        eq(logEntries.incidentId, incidentId),
        sql`${logEntries.type} = any(${sql.param([...COURSE])}::text[])`,
      ),
    )
    .orderBy(asc(logEntries.at), asc(logEntries.id));
}

/** The incident's first alert and how its first event was judged. Events past their retention are gone. */
async function readEvent(ctx: Context, incidentId: string): Promise<DecisionTrail["event"]> {
  const [alert] = await ctx.db
    .select({ id: alerts.id, summary: alerts.summary, at: alerts.createdAt })
    .from(alerts)
    .where(eq(alerts.incidentId, incidentId))
    .orderBy(asc(alerts.createdAt), asc(alerts.id))
    .limit(1);
  if (!alert) return { alert: null, trace: [] };
  const [event] = await ctx.db.execute<{ trace: TraceStep[] | null }>(sql`
    select trace from inbox where alert_id = ${alert.id} order by id limit 1`);
  return { alert: { summary: alert.summary, at: alert.at.toISOString() }, trace: event?.trace ?? [] };
}

/** In which of the policy's schedules the person had a place, and who was on call in them when a level was entered. */
async function readSchedules(
  ctx: Context,
  { policy, userId, entries }: { policy: PolicySnapshot; userId: string; entries: readonly TrailEntry[] },
): Promise<{ memberOf: Set<string>; onCallThen: ThenOnCall[] }> {
  const targets = policy.levels.flatMap((level) => level.targets).filter(({ type }) => type === "schedule");
  const times = entries.filter(({ data }) => typeof data["level"] === "number").map(({ at }) => at);
  const from = times[0] ?? (await readNow(ctx.db));
  const until = new Date((times.at(-1) ?? from).getTime() + 1);
  const facts = await loadScheduleFacts(
    ctx.db,
    targets.map(({ id }) => id),
    { start: from, end: until },
  );
  const memberOf = new Set([...facts].filter(([, schedule]) => hasPlace(schedule, userId)).map(([id]) => id));
  const mine = [...facts].filter(([id]) => memberOf.has(id));
  const found = mine.flatMap(([scheduleId, schedule]) => {
    const name = targets.find(({ id }) => id === scheduleId)?.name ?? "a schedule";
    return times.map((at) => ({
      scheduleId,
      at,
      entries: whoIsOnCall(asOf(schedule, at), at).map((entry) => explainEntry(entry, name)),
    }));
  });
  const people = await loadPersonRefs(
    ctx.db,
    found.flatMap((one) => one.entries.map((entry) => entry.userId)),
  );
  return {
    memberOf,
    onCallThen: found.map(({ scheduleId, at, entries: then }) => ({
      scheduleId,
      at,
      people: then.map((entry) => ({ ...entry, name: people.get(entry.userId)?.name ?? entry.userId })),
    })),
  };
}

function hasPlace({ versions, overrides }: ScheduleFacts, userId: string): boolean {
  return (
    overrides.some((override) => override.userId === userId) ||
    versions.some(({ definition }) =>
      definition.layers.some((layer) => layer.turns.some((turn) => turn.includes(userId))),
    )
  );
}

/** What was said only afterwards did not count then. */
function asOf(schedule: ScheduleFacts, at: Date): ScheduleFacts {
  return { ...schedule, overrides: schedule.overrides.filter(({ createdAt }) => createdAt <= at) };
}
