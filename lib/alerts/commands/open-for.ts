import { sourceOf } from "#lib/alerts/commands/load-alert-facts";
import type { AlertFacts } from "#lib/alerts/commands/load-alert-facts";
import { placeAlerts } from "#lib/alerts/commands/place-alerts";
import { reopenForAlerts } from "#lib/alerts/commands/reopen-for-alerts";
import type { Created } from "#lib/alerts/commands/reopen-for-alerts";
import { wakePaused } from "#lib/alerts/commands/wake-paused";
import { insertAlerts, startOf } from "#lib/alerts/commands/write-alerts";
import type { Hold } from "#lib/alerts/verdict";
import type { NewAlert } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { judgeHolds } from "#lib/noise/commands/judge-holds";
import { lockScopes } from "#lib/noise/commands/lock-scopes";
import { mineTemplates } from "#lib/noise/commands/mine-templates";

/** Where a new alert went: onto an incident, or held back without one. */
export type Placed = { key: string; incidentId: string | null; hold: Hold | null; trace: TraceStep[] };

/**
 * Gives every new alert its place: held back without an incident, on the incident it reopens, on an open one that it belongs to, or on
 * a new one that pages the service's policy.
 */
export async function openFor(
  scope: TransactionContext,
  created: readonly NewAlert[],
  facts: AlertFacts,
): Promise<Map<string, Placed>> {
  if (created.length === 0) return new Map();
  const withSource = await recogniseKinds(
    scope,
    created.map((alert) => {
      const source = sourceOf(facts, alert);
      if (!source) throw new Error(`Integration ${alert.integrationId} is unknown.`);
      return { alert, source };
    }),
    facts.scoped,
  );
  await holdBack(scope, withSource);
  const held = await keepHeld(scope, withSource);
  const reopened = await reopenForAlerts(
    scope,
    withSource.filter(({ alert }) => alert.hold === null),
  );
  const placed = new Map<string, Placed>([...held, ...reopened]);
  await placeNew(
    scope,
    withSource.filter(({ alert }) => !placed.has(alert.alertId)),
    placed,
  );
  return placed;
}

/** The kind of each alert. An alert whose kind can't be told has none. */
async function recogniseKinds(
  scope: TransactionContext,
  created: readonly Omit<Created, "kind">[],
  scoped: ReadonlySet<string>,
): Promise<Created[]> {
  const texts = created.map(({ alert, source }) => ({
    alertId: alert.alertId,
    serviceId: source.service.id,
    summary: alert.event.summary,
  }));
  // Of an alert that somebody ended while this batch waited for its incident.
  await lockScopes(
    scope.tx,
    texts.flatMap(({ serviceId }) => (scoped.has(serviceId) ? [] : serviceId)),
  );
  const kinds = await mineTemplates(scope, texts);
  return created.map((each) => ({ ...each, kind: kinds.get(each.alert.alertId) ?? null }));
}

/** Holds back what rules let through but maintenance, flapping or a kind that ends by itself keeps. */
async function holdBack(scope: TransactionContext, created: readonly Created[]): Promise<void> {
  const free = created.filter(({ alert }) => alert.hold === null);
  const holds = await judgeHolds(
    scope,
    free.map(({ alert, source, kind }) => ({
      alertId: alert.alertId,
      integrationId: alert.integrationId,
      dedupKey: alert.key.slice(alert.integrationId.length + 1),
      serviceId: source.service.id,
      tier: source.service.tier,
      severity: alert.severity,
      priorityId: alert.verdict.terms.priorityId,
      templateId: kind?.templateId ?? null,
      comparable: { ...alert.event, severity: alert.severity },
    })),
  );
  for (const { alert } of free) alert.hold = holds.get(alert.alertId) ?? null;
}

async function keepHeld(
  scope: TransactionContext,
  created: readonly Created[],
): Promise<Map<string, Placed>> {
  const rows = created.filter(({ alert }) => alert.hold !== null);
  if (rows.length === 0) return new Map();
  await insertAlerts(
    scope,
    rows.map((row) => ({ ...row, incidentId: null })),
  );
  if (rows.some(({ alert }) => alert.hold?.kind === "paused")) await wakePaused(scope.tx);
  return new Map(
    rows.map(({ alert }) => [
      alert.alertId,
      { key: alert.key, incidentId: null, hold: alert.hold, trace: traceOf(alert.hold) },
    ]),
  );
}

function traceOf(hold: Hold | null): TraceStep[] {
  if (hold === null) return [];
  const until =
    hold.kind === "paused"
      ? `; its incident opens at ${hold.until.toISOString()} unless it is over by then`
      : "";
  const said =
    hold.kind === "suppressed" ? "; the alert is kept without an incident and pages nobody" : until;
  return [{ step: "hold", outcome: hold.kind, because: `${hold.because}${said}` }];
}

async function placeNew(
  scope: TransactionContext,
  fresh: readonly Created[],
  placed: Map<string, Placed>,
): Promise<void> {
  const byId = new Map(fresh.map((created) => [created.alert.alertId, created]));
  const found = await placeAlerts(
    scope,
    fresh.map(({ alert, source, kind }) => ({
      drafted: {
        alertId: alert.alertId,
        dedupKey: alert.key.slice(alert.integrationId.length + 1),
        summary: alert.event.summary,
        monitor: alert.event.source,
        severity: alert.severity,
        startedAt: startOf(alert, scope.now),
        terms: alert.verdict.terms,
      },
      source,
      kind,
      comparable: { ...alert.event, severity: alert.severity },
    })),
    (rows) =>
      insertAlerts(
        scope,
        rows.flatMap(({ alertId, incidentId, reason }) => {
          const created = byId.get(alertId);
          return created ? [{ ...created, incidentId, reason }] : [];
        }),
      ),
  );
  for (const [alertId, on] of found) {
    placed.set(alertId, { key: byId.get(alertId)?.alert.key ?? "", hold: null, ...on });
  }
}
