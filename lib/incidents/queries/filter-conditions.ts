import { and, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Column, SQL } from "drizzle-orm";
import { incidentFacts } from "#db/schema/incident-facts";
import { LEVEL_STATE } from "#lib/service-levels/queries/level-state";
import type { Clock, IncidentFilter } from "#lib/incidents/filter";

/** Whose "me" and whose days the filter means. */
export type FilterViewer = { userId: string | null; timeZone: string };

const f = incidentFacts;

// Who hears of an incident from a customer need not be told that customers noticed.
const IMPACT = sql`(coalesce(${f.customerImpact}, false) or ${f.detectionSource} in ('customer_report', 'partner', 'social'))`;

const AFTER_CHANGE = sql`exists (select from change_events c where c.service_id = ${f.serviceId}
  and c.at <= ${f.createdAt} and ${f.createdAt} < c.at + interval '24 hours')`;

const CORRECTED = sql.raw("select i.id from incidents i where i.corrections <> '{}'::jsonb");

const CLOCK_COLUMNS: Record<Clock, Column> = {
  acknowledge: f.msToAcknowledge,
  respond: f.msToRespond,
  resolve: f.msToResolve,
  mitigate: f.msToMitigate,
};

/**
 * The where clause of an incident filter, for any query that has `incident_facts` (unaliased; one row an incident) in its
 * from clause. Lists and reports share it, so that a number and the list it opens can't disagree. Undefined: no restriction.
 */
export function incidentConditions(filter: IncidentFilter, viewer: FilterViewer): SQL | undefined {
  return and(
    ...wordConditions(filter),
    ...ownerConditions(filter, viewer),
    ...factConditions(filter),
    ...circumstanceConditions(filter),
    ...timeConditions(filter, viewer),
  );
}

/** The duration column of a clock; null in a row: not measured there. */
export function clockColumn(clock: Clock): Column {
  return CLOCK_COLUMNS[clock];
}

function wordConditions(filter: IncidentFilter): (SQL | undefined)[] {
  return [
    anyOf(f.status, filter.status),
    anyOf(f.urgency, filter.urgency),
    anyOf(f.origin, filter.origin),
    anyOf(f.detectionSource, filter.detection),
    anyOf(f.serviceId, filter.service),
    withNone(filter.priority, isNull(f.priorityRank), (names) => {
      return sql`${f.priorityRank} in (select p.rank from priorities p where ${inArray(sql`p.name`, names)})`;
    }),
    withNone(filter.feature, isNull(f.feature), (labels) => inArray(f.feature, labels)),
    withNone(filter.cause, isNull(f.causeClass), (causes) => inArray(f.causeClass, causes)),
    filter.q === null ? undefined : textCondition(filter.q),
  ];
}

function ownerConditions(filter: IncidentFilter, viewer: FilterViewer): (SQL | undefined)[] {
  const owned = (condition: SQL) => sql`${f.serviceId} in (select s.id from services s where ${condition})`;
  const people = filter.assignee.flatMap((who) => (who === "me" ? [viewer.userId ?? ""] : [who]));
  const assigned = (condition: SQL) =>
    sql`exists (select from incident_assignments a where a.incident_id = ${f.incidentId} and ${condition})`;
  return [
    withNone(filter.team, owned(sql`s.team_id is null`), (ids) => owned(inArray(sql`s.team_id`, ids))),
    withNone(people, sql`not ${assigned(sql`true`)}`, (ids) => assigned(inArray(sql`a.user_id`, ids))),
  ];
}

function factConditions(filter: IncidentFilter): (SQL | undefined)[] {
  return [
    filter.clock === null ? undefined : isNotNull(clockColumn(filter.clock)),
    filter.without === null ? undefined : isNull(clockColumn(filter.without)),
    filter.acknowledged === null
      ? undefined
      : filter.acknowledged
        ? isNotNull(f.firstAckAt)
        : isNull(f.firstAckAt),
    filter.resolved === null ? undefined : sql`(${f.status} = 'resolved') = ${filter.resolved}`,
    filter.major === null ? undefined : eq(f.major, filter.major),
    filter.merged === null ? undefined : eq(f.merged, filter.merged),
    filter.auto === null ? undefined : eq(f.autoResolved, filter.auto),
    filter.escalated === null ? undefined : sql`(${f.timeoutEscalationCount} > 0) = ${filter.escalated}`,
    filter.level === null ? undefined : levelCondition(filter.level),
    filter.outage === null ? undefined : sql`(coalesce(${f.customerImpact}, ${f.major})) = ${filter.outage}`,
  ];
}

function circumstanceConditions(filter: IncidentFilter): (SQL | undefined)[] {
  return [
    filter.impact === null ? undefined : sql`${IMPACT} = ${filter.impact}`,
    filter.gameDay === null ? undefined : eq(f.gameDay, filter.gameDay),
    filter.corrected === null ? undefined : correctedCondition(filter.corrected),
    filter.afterChange === null ? undefined : sql`${AFTER_CHANGE} = ${filter.afterChange}`,
  ];
}

/** Few are corrected: as a condition of its own, so that those few are looked for and not all others looked at. */
function correctedCondition(isCorrected: boolean): SQL {
  return isCorrected ? sql`${f.incidentId} in (${CORRECTED})` : sql`${f.incidentId} not in (${CORRECTED})`;
}

function levelCondition(level: string): SQL {
  const [policyId, state] = level.split(":");
  return sql`${f.incidentId} in (
    select l.incident_id from incident_service_levels l where l.policy_id = ${policyId} and (${LEVEL_STATE}) = ${state})`;
}

function timeConditions(filter: IncidentFilter, viewer: FilterViewer): (SQL | undefined)[] {
  return [
    filter.from === null ? undefined : gte(f.createdAt, filterInstant(filter.from, viewer, 0)),
    filter.to === null ? undefined : lt(f.createdAt, filterInstant(filter.to, viewer, 1)),
  ];
}

/** An instant as it is; of a date the midnight in the viewer's zone that begins it, or the day `plusDays` later. */
export function filterInstant(text: string, viewer: FilterViewer, plusDays: number): SQL {
  if (text.includes("T")) return sql`${text}::timestamptz`;
  return sql`((${text}::date + ${plusDays}::int)::timestamp at time zone ${viewer.timeZone}::text)`;
}

/** Every word must be in the title; a number (with or without #) also finds that incident. */
function textCondition(q: string): SQL | undefined {
  const inTitle = sql`exists (select from incidents i where i.id = ${f.incidentId} and ${hasWords(sql`i.title`, q)})`;
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  return number === undefined ? inTitle : or(eq(f.number, Number(number)), inTitle);
}

/** A text has every word of what was typed, in any case of letters. */
export function hasWords(text: SQL, q: string): SQL {
  const words = q.split(/\s+/).map((word) => `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  return sql`${text} ilike all (array[${sql.join(
    words.map((word) => sql`${word}`),
    sql`, `,
  )}]::text[])`;
}

function anyOf(column: Column, values: readonly string[]): SQL | undefined {
  return values.length === 0 ? undefined : inArray(column, [...values]);
}

function withNone(values: readonly string[], none: SQL, some: (values: string[]) => SQL): SQL | undefined {
  if (values.length === 0) return undefined;
  const named = values.filter((value) => value !== "none");
  return or(values.includes("none") ? none : undefined, named.length > 0 ? some(named) : undefined);
}
