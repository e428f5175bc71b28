import { and, eq, gt, sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { alerts, inbox } from "#db/schema/events";
import { ruleHits } from "#db/schema/rules";
import { LOAD_TEST_RULE, PROBE_RULE } from "#db/seed/demo/quiet-alerts";
import type { Transaction } from "#lib/context";
import { laneOf } from "#lib/events/lane";
import type { TraceStep } from "#lib/events/trace";

type Alert = typeof alerts.$inferSelect;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Older events are not kept as long as alerts are. */
const KEPT_DAYS = 2;
/** As the rules of the demo are called. */
const RULES: Record<string, { ruleId: string; did: string }> = {
  [LOAD_TEST_RULE]: {
    ruleId: "known-noise",
    did: "Load tests are announced of Rules of Bet slip (version 1): suppressed, tagged load-test",
  },
  [PROBE_RULE]: {
    ruleId: "probes",
    did: "Single probes are given two minutes of Rules of Bet slip (version 1): paused for 120 s",
  },
};

/** The events of the newest demo alerts with what was decided about each, and how often the demo's rules matched. */
export async function insertEvents(tx: Transaction, now: Date, setId: string): Promise<void> {
  const since = new Date(now.getTime() - KEPT_DAYS * DAY);
  await tx.execute(
    sql`select ensure_inbox_partitions(${since.toISOString().slice(0, 10)}::date, ${KEPT_DAYS + 1})`,
  );
  const newest = await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.isDemo, true), gt(alerts.createdAt, since)));
  const rows = newest
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .flatMap((alert) => eventsOf(alert, setId));
  if (rows.length > 0) {
    await tx.insert(inbox).values(rows.map((row) => ({ ...row, id: sql`nextval('inbox_id_seq')` })));
  }
  await insertHits(tx, now, setId);
  await insertHours(tx);
}

/** When each integration was heard, as its health reads it. */
async function insertHours(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    insert into integration_hours (integration_id, hour)
    select distinct integration_id, date_trunc('hour', created_at, 'UTC') from alerts
    where is_demo and integration_id is not null and created_at > now() - interval '60 days'`);
  await tx.execute(sql`
    update integrations set last_event_at = heard.at
    from (select integration_id, max(created_at) as at from alerts where is_demo group by integration_id) as heard
    where integrations.id = heard.integration_id`);
}

function eventsOf(alert: Alert, setId: string) {
  const { integrationId } = alert;
  if (integrationId === null) return [];
  const event = (action: "trigger" | "resolve", at: Date, outcome: string, trace: TraceStep[]) => ({
    receivedAt: at,
    lane: laneOf(integrationId, alert.dedupKey),
    integrationId,
    source: "events_v2",
    action,
    dedupKey: alert.dedupKey,
    event: JSON.stringify(normalised(alert, action, at)),
    processedAt: at,
    alertId: alert.id,
    incidentId: alert.incidentId,
    outcome,
    trace,
  });
  return [
    event("trigger", alert.createdAt, "create", openingTrace(alert, setId)),
    ...(alert.selfResolved && alert.resolvedAt !== null
      ? [
          event("resolve", alert.resolvedAt, "resolve", [
            { step: "deduplicate", outcome: "resolved", because: "Its alert was open" },
          ]),
        ]
      : []),
  ];
}

function openingTrace(alert: Alert, setId: string): TraceStep[] {
  const rule = RULES[alert.heldBecause ?? ""];
  const judged: TraceStep[] =
    rule === undefined
      ? []
      : [
          {
            step: "rules",
            outcome: "matched",
            because: rule.did,
            rule: { setId, version: 1, ruleId: rule.ruleId },
          },
        ];
  const fresh: TraceStep = {
    step: "deduplicate",
    outcome: "new alert",
    because: "No alert with this key was open",
  };
  if (alert.heldBecause !== null && alert.incidentId === null) {
    const outcome = alert.suppressed ? "suppressed" : "paused";
    return [...judged, fresh, { step: "hold", outcome, because: alert.heldBecause }];
  }
  const joined = alert.groupingReason?.joined === true;
  const because = joined
    ? `Joined its incident, which pages nobody again. ${alert.groupingReason?.sentence ?? ""}`
    : "Opened an incident";
  return [
    ...judged,
    fresh,
    { step: joined ? "group" : "incident", outcome: joined ? "joined" : "opened", because },
  ];
}

function normalised(alert: Alert, action: "trigger" | "resolve", at: Date) {
  return {
    action,
    dedupKey: alert.dedupKey,
    summary: alert.summary,
    source: alert.source,
    severity: alert.severity,
    timestamp: at.toISOString(),
    component: alert.component,
    group: null,
    class: null,
    customDetails: alert.tags.includes("load-test") ? { labels: { load_test: "true" } } : {},
    links: [],
    images: [],
    client: null,
    clientUrl: null,
    warnings: [],
  };
}

/** By day, as old hours are kept, and by the hour within the last week. */
async function insertHits(tx: Transaction, now: Date, setId: string): Promise<void> {
  const matched = await tx
    .select({ because: alerts.heldBecause, at: alerts.createdAt, events: alerts.occurrenceCount })
    .from(alerts)
    .where(and(eq(alerts.isDemo, true), sql`${alerts.heldBecause} in (${LOAD_TEST_RULE}, ${PROBE_RULE})`));
  const hits = new Map<string, typeof ruleHits.$inferInsert>();
  for (const { because, at, events } of matched) {
    const ruleId = RULES[because ?? ""]?.ruleId ?? "";
    const unit = now.getTime() - at.getTime() > 7 * DAY ? DAY : HOUR;
    const hour = new Date(Math.floor(at.getTime() / unit) * unit);
    const key = `${ruleId} ${hour.getTime()}`;
    const row = hits.get(key) ?? { ruleSetId: setId, ruleId, hour, lane: 0, hits: 0, shadowHits: 0 };
    hits.set(key, { ...row, hits: row.hits + events });
  }
  await insertMany(tx, ruleHits, [...hits.values()]);
}
