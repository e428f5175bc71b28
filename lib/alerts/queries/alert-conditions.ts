import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AlertFilter } from "#lib/alerts/filter";
import { actedCase, SAID_OF_INCIDENTS } from "#lib/alerts/queries/acted";
import { filterInstant, hasWords } from "#lib/incidents/queries/filter-conditions";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";

/** How long after a hidden alert people may act on its kind for it to count as missed. */
const MISSED_WITHIN = sql.raw("interval '1 hour'");
const BRIEF_WITHIN = sql.raw("interval '5 minutes'");

/** Alerts as `a` with the facts of their incident as `f` and what people said of it: what all conditions and expressions here are about. */
export const ALERTS = sql`alerts a left join incident_facts f on f.incident_id = a.incident_id
  left join ${SAID_OF_INCIDENTS} said on said.incident_id = a.incident_id`;

/** An alert's `AlertOutcome`. Whoever was moved by a person has joined. */
export const OUTCOME = sql`(case
  when a.incident_id is null then case when a.suppressed then 'suppressed' when a.paused_by is not null then 'held' else 'none' end
  when (a.grouping_reason ->> 'joined')::boolean then 'joined'
  else 'opened' end)`;

/** An alert's `Acted`; null without an incident. */
export const ACTED = actedCase("f", "said");

/** An alert's `Said`; null: nobody said anything. */
export const SAID = sql`(case when said.useful then 'useful' when not said.useful then 'not_useful' end)`;

export const INTERRUPTED = sql`coalesce(f.interruption_count > 0, false)`;

/** Its source ended it within five minutes. */
export const BRIEF = sql`(a.self_resolved and a.resolved_at < a.created_at + ${BRIEF_WITHIN})`;

/**
 * Ids of alerts that were hidden though they mattered, among those opened between two instants: they have no incident, and within the
 * hour after them came an alert of their kind on an incident that people acted on. One sort: a kind may have any number of alerts.
 */
export function missedAlerts(from: SQL | null, to: SQL | null): SQL {
  return sql`select m.id from (
    select b.id, b.incident_id, b.created_at, min(b.created_at) filter (where ${actedCase("e", "s")} = 'yes') over (
      partition by b.template_id order by b.created_at desc, b.id rows between unbounded preceding and 1 preceding
    ) as acted_at
    from alerts b left join incident_facts e on e.incident_id = b.incident_id
    left join ${SAID_OF_INCIDENTS} s on s.incident_id = b.incident_id
    where b.template_id is not null ${from === null ? sql`` : sql`and b.created_at >= ${from}`}
      ${to === null ? sql`` : sql`and b.created_at < ${to} + ${MISSED_WITHIN}`}
  ) m where m.incident_id is null and m.acted_at < m.created_at + ${MISSED_WITHIN}`;
}

/** The where clause of an alert filter, for what reads from `ALERTS`. Lists and reports share it, so that they can't disagree. */
export function alertConditions(filter: AlertFilter, viewer: FilterViewer): SQL {
  const conditions = [
    ...wordConditions(filter),
    ...placeConditions(filter),
    ...timeConditions(filter, viewer),
  ];
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

function wordConditions(filter: AlertFilter): (SQL | null)[] {
  return [
    anyOf(sql`a.status`, filter.status),
    anyOf(sql`a.severity`, filter.severity),
    anyOf(OUTCOME, filter.outcome),
    anyOf(ACTED, filter.acted),
    anyOf(SAID, filter.said),
    anyOf(sql`a.paused_by`, filter.by),
    flag(INTERRUPTED, filter.interrupted),
    flag(BRIEF, filter.brief),
    filter.because === null ? null : sql`a.held_because = ${filter.because}`,
    filter.q === null ? null : hasWords(sql`a.summary`, filter.q),
  ];
}

function placeConditions(filter: AlertFilter): (SQL | null)[] {
  const owned = (condition: SQL) => sql`a.service_id in (select s.id from services s where ${condition})`;
  return [
    anyOf(sql`a.service_id`, filter.service),
    anyOf(sql`a.integration_id`, filter.integration),
    withNone(filter.kind, sql`a.template_id is null`, (ids) => sql`a.template_id = any(${ids})`),
    withNone(filter.team, owned(sql`s.team_id is null`), (ids) => owned(sql`s.team_id = any(${ids})`)),
  ];
}

function timeConditions(filter: AlertFilter, viewer: FilterViewer): (SQL | null)[] {
  const from = filter.from === null ? null : filterInstant(filter.from, viewer, 0);
  const to = filter.to === null ? null : filterInstant(filter.to, viewer, 1);
  return [
    from === null ? null : sql`a.created_at >= ${from}`,
    to === null ? null : sql`a.created_at < ${to}`,
    flag(sql`(a.id in (${missedAlerts(from, to)}))`, filter.missed),
  ];
}

function anyOf(value: SQL, words: readonly string[]): SQL | null {
  return words.length === 0 ? null : sql`${value} = any(${sql.param([...words])}::text[])`;
}

function flag(value: SQL, wanted: boolean | null): SQL | null {
  return wanted === null ? null : sql`${value} = ${wanted}`;
}

function withNone(given: readonly string[], none: SQL, some: (ids: SQL) => SQL): SQL | null {
  if (given.length === 0) return null;
  const ids = given.filter((id) => id !== "none");
  const named = some(sql`${sql.param(ids)}::text[]`);
  return given.includes("none") ? sql`(${none} or ${named})` : named;
}
