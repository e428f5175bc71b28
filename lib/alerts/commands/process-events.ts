import { and, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { integrations } from "#db/schema/services";
import {
  alertKey,
  closedBecause,
  loadAlertStates,
  loadSources,
  sourceOf,
} from "#lib/alerts/commands/load-alert-facts";
import type { AlertFacts, AlertStates, Sources } from "#lib/alerts/commands/load-alert-facts";
import { applyToIncidents } from "#lib/alerts/commands/apply-to-incidents";
import { lockHeldAlerts } from "#lib/alerts/commands/lock-held-alerts";
import { openFor } from "#lib/alerts/commands/open-for";
import type { Placed } from "#lib/alerts/commands/open-for";
import { openHeld } from "#lib/alerts/commands/open-held";
import { countAlerts, endAlerts } from "#lib/alerts/commands/write-alerts";
import { wavesOf } from "#lib/alerts/segments";
import { untouched } from "#lib/alerts/verdict";
import type { RuleVerdict } from "#lib/alerts/verdict";
import { planWave } from "#lib/alerts/wave";
import type { Judged, PendingEvent } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import type { TraceStep } from "#lib/events/trace";
import { newId } from "#lib/ids";
import { beginOutbreaks } from "#lib/noise/commands/begin-storms";
import { gatherAlerts } from "#lib/noise/commands/gather-alerts";
import { lockScopes } from "#lib/noise/commands/lock-scopes";
import { readKinds } from "#lib/noise/commands/mine-templates";
import { holdIncidents } from "#lib/incidents/commands/lock-incidents";

/** A row of the inbox that was not processed yet. */
export type InboxEvent = {
  id: number;
  integrationId: string;
  dedupKey: string;
  event: NormalisedEvent;
  /** The part of the source's message that it was read from; null where none was kept. */
  raw: unknown;
  receivedAt: Date;
  /** More than one where a key sent beyond its limit. */
  occurrences: number;
};

type Outcome = {
  id: number;
  received_at: string;
  outcome: string;
  alert_id: string | null;
  incident_id: string | null;
  trace: TraceStep[];
};

/**
 * Turns one lane's events, in order, into alerts and incidents, and stores the decision trace of each. All in the surrounding
 * transaction: if the process dies before its commit, the events are simply still to do. `verdicts`: what rules decided, by the
 * event's number; where there is none, no rule applies.
 */
export async function processEvents(
  scope: TransactionContext,
  events: readonly InboxEvent[],
  verdicts: ReadonlyMap<number, RuleVerdict> = new Map(),
): Promise<void> {
  const pending = events.map((row): PendingEvent => {
    const verdict = verdicts.get(row.id) ?? untouched(row.event, row.dedupKey);
    return {
      inboxId: row.id,
      key: alertKey(row.integrationId, verdict.dedupKey),
      integrationId: row.integrationId,
      action: verdict.event.action,
      verdict,
      receivedAt: row.receivedAt,
      occurrences: row.occurrences,
    };
  });
  const facts = await lockAlertFacts(scope, pending);
  const outcomes: Outcome[] = [];
  for (const wave of wavesOf(pending)) outcomes.push(...(await writeWave(scope, wave, facts)));
  await writeOutcomes(scope, outcomes);
  await touchIntegrations(scope, [...facts.sources.keys()]);
}

/** To the second will do, and whoever else is just writing it writes the same: lanes must not wait for each other here. */
async function touchIntegrations({ tx, now }: TransactionContext, ids: readonly string[]): Promise<void> {
  const stale = tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(
      and(
        inArray(integrations.id, [...ids]),
        or(isNull(integrations.lastEventAt), lt(integrations.lastEventAt, new Date(now.getTime() - 1000))),
      ),
    )
    .for("no key update", { skipLocked: true });
  await tx.update(integrations).set({ lastEventAt: now }).where(inArray(integrations.id, stale));
  // Sorted, so that two lanes that begin an hour together can't wait for each other.
  await tx.execute(sql`
    insert into integration_hours (integration_id, hour)
    select id, date_trunc('hour', now(), 'UTC') from integrations i
    where i.id = any(${sql.param([...ids])}::text[]) and not exists (
      select 1 from integration_hours h where h.integration_id = i.id and h.hour = date_trunc('hour', now(), 'UTC')
    )
    order by id
    on conflict do nothing`);
}

/**
 * Incidents are always locked before anything else of theirs is written, so two transactions can't wait for each other; what was
 * read before the lock is read again, since somebody may have resolved an incident in between. A merge may even have moved alerts
 * to one that isn't locked yet. Alerts without an incident are locked themselves: the engine may be about to open theirs.
 */
async function lockAlertFacts(
  scope: TransactionContext,
  pending: readonly PendingEvent[],
): Promise<AlertFacts> {
  const events = pending.map(({ integrationId, verdict: { dedupKey, serviceId } }) => ({
    integrationId,
    dedupKey,
    serviceId,
  }));
  const from = await loadSources(scope.tx, events);
  let seen = await loadAlertStates(scope.tx, events, from);
  const { joined, scoped } = await lockNewcomers(scope, pending, { ...from, ...seen });
  const locked = new Set<string>();
  for (;;) {
    const reopened = [...seen.reopen.values()].map(({ incidentId }) => incidentId);
    const held = [...seen.open.values()].flatMap(({ hold, alertId }) => (hold === null ? [] : [alertId]));
    const wanted = [...seen.openCounts.keys(), ...reopened, ...joined];
    const missing = wanted.filter((incidentId) => !locked.has(incidentId));
    const unlocked = held.filter((alertId) => !locked.has(alertId));
    // With nothing left to lock, nobody else can change what was seen: only this lane opens alerts of its keys.
    if (missing.length === 0 && unlocked.length === 0) return { ...from, ...seen, scoped };
    await holdIncidents(scope.tx, missing);
    await lockHeldAlerts(scope.tx, unlocked);
    for (const id of [...missing, ...unlocked]) locked.add(id);
    seen = await loadAlertStates(scope.tx, events, from);
  }
}

/**
 * Locks what new alerts may be put together with, before any incident: alerts whose key is not open, is ended within the batch, or is
 * held back until now. Answers their services, and the incidents that they would join as things are, so that
 * those are locked with the others.
 */
async function lockNewcomers(
  scope: TransactionContext,
  pending: readonly PendingEvent[],
  seen: Sources & AlertStates,
): Promise<{ joined: string[]; scoped: ReadonlySet<string> }> {
  const ended = new Set<string>();
  const texts = pending.flatMap((event) => {
    const source = sourceOf(seen, event);
    const trigger = event.verdict.event;
    if (trigger.action === "resolve") ended.add(event.key);
    const open = ended.has(event.key) ? undefined : seen.open.get(event.key);
    const hasPlace = open !== undefined && open.hold === null;
    if (trigger.action !== "trigger" || source === null || hasPlace) return [];
    const { id: serviceId } = source.service;
    return [
      {
        alertId: event.key,
        serviceId,
        summary: trigger.summary,
        comparable: trigger,
        isNew: open === undefined,
      },
    ];
  });
  const fresh = [...new Map(texts.map((text) => [text.alertId, text])).values()];
  const scoped = new Set(fresh.map(({ serviceId }) => serviceId));
  if (fresh.length === 0) return { joined: [], scoped };
  await lockScopes(scope.tx, [...scoped]);
  await beginOutbreaks(
    scope,
    fresh.filter(({ isNew }) => isNew),
  );
  const { kinds } = await readKinds(scope.tx, fresh);
  const alerts = fresh.map((text) => ({ ...text, kind: kinds.get(text.alertId) ?? null }));
  const { places } = await gatherAlerts(scope, alerts);
  const joined = [...places.values()].flatMap((place) => (place.way === "joins" ? place.incidentId : []));
  return { joined, scoped };
}

async function writeWave(
  scope: TransactionContext,
  wave: readonly PendingEvent[],
  facts: AlertFacts,
): Promise<Outcome[]> {
  const closed = (event: PendingEvent) => closedBecause(sourceOf(facts, event));
  const plan = planWave(wave, { ...facts, closed }, scope.now, () => newId(scope.now.getTime()));
  const placed = await openFor(scope, [...plan.created.values()], facts);
  await countAlerts(scope, plan.counted.values());
  for (const [alertId, opened] of await openHeld(scope, [...plan.lifted.values()])) {
    placed.set(alertId, { ...opened, key: plan.lifted.get(alertId)?.key ?? "" });
  }
  followPlaced(facts, placed);
  await endAlerts(
    scope,
    plan.resolvedAlerts.map(({ alertId }) => alertId),
    true,
  );
  await applyToIncidents(scope, plan, facts);
  return plan.judged.map((judged) => ({
    id: judged.event.inboxId,
    received_at: judged.event.receivedAt.toISOString(),
    outcome: judged.decision.kind,
    alert_id: judged.alertId,
    incident_id: incidentOf(judged, placed),
    trace: [
      ...warningsOf(judged.event.verdict.event),
      ...judged.trace,
      ...(placed.get(judged.alertId ?? "")?.trace ?? []),
    ],
  }));
}

/** The next wave finds alerts with the incident or the hold they got. */
function followPlaced(facts: AlertFacts, placed: ReadonlyMap<string, Placed>): void {
  for (const [alertId, { key, incidentId, hold }] of placed) {
    const open = facts.open.get(key);
    if (open?.alertId === alertId) facts.open.set(key, { ...open, incidentId, hold });
    if (incidentId !== null) facts.openCounts.set(incidentId, (facts.openCounts.get(incidentId) ?? 0) + 1);
  }
}

function incidentOf(judged: Judged, placed: ReadonlyMap<string, Placed>): string | null {
  const { decision, alertId } = judged;
  if (decision.kind === "acknowledge" || decision.kind === "resolve") return decision.incidentId;
  return alertId ? (placed.get(alertId)?.incidentId ?? null) : null;
}

function warningsOf(event: NormalisedEvent): TraceStep[] {
  return event.warnings.map((warning) => ({ step: "parse", outcome: "warning", because: warning }));
}

async function writeOutcomes(scope: TransactionContext, outcomes: readonly Outcome[]): Promise<void> {
  const received = outcomes.map(({ received_at }) => received_at).toSorted();
  // The bounds, so that only the partitions of these days are looked at. Whoever holds their lanes needs no look at whether they are
  // done; with it the planner may read all that waits.
  await scope.tx.execute(sql`
    update inbox set
      processed_at = now(), outcome = done.outcome, alert_id = done.alert_id, incident_id = done.incident_id, trace = done.trace
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as done (
      id bigint, received_at timestamptz, outcome text, alert_id text, incident_id text, trace jsonb
    )
    where inbox.id = done.id and inbox.received_at = done.received_at
      and inbox.received_at between ${received[0] ?? null}::timestamptz and ${received.at(-1) ?? null}::timestamptz`);
}
