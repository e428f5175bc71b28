import { draftIncident } from "#lib/alerts/commands/draft-incident";
import { sourceOf } from "#lib/alerts/commands/load-alert-facts";
import type { AlertFacts } from "#lib/alerts/commands/load-alert-facts";
import { reopenForAlerts } from "#lib/alerts/commands/reopen-for-alerts";
import type { Created } from "#lib/alerts/commands/reopen-for-alerts";
import { wakePaused } from "#lib/alerts/commands/wake-paused";
import { insertAlerts, startOf } from "#lib/alerts/commands/write-alerts";
import type { Hold } from "#lib/alerts/verdict";
import type { NewAlert } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { openIncidents } from "#lib/incidents/commands/open-incidents";

/** Where a new alert went: onto an incident, or held back without one. */
export type Placed = { key: string; incidentId: string | null; hold: Hold | null; trace: TraceStep[] };

/**
 * Gives every new alert its place: held back without an incident, on the incident it reopens, or on a new one that pages the
 * service's policy.
 */
export async function openFor(
  scope: TransactionContext,
  created: readonly NewAlert[],
  facts: AlertFacts,
): Promise<Map<string, Placed>> {
  if (created.length === 0) return new Map();
  const withSource = created.map((alert): Created => {
    const source = sourceOf(facts, alert);
    if (!source) throw new Error(`Integration ${alert.integrationId} is unknown.`);
    return { alert, source };
  });
  const held = await keepHeld(scope, withSource);
  const reopened = await reopenForAlerts(
    scope,
    withSource.filter(({ alert }) => alert.hold === null),
  );
  const placed = new Map<string, Placed>([...held, ...reopened]);
  await openNew(
    scope,
    withSource.filter(({ alert }) => !placed.has(alert.alertId)),
    placed,
  );
  return placed;
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

async function openNew(
  scope: TransactionContext,
  fresh: readonly Created[],
  placed: Map<string, Placed>,
): Promise<void> {
  const drafts = fresh.map(({ alert, source }) =>
    draftIncident(
      {
        alertId: alert.alertId,
        dedupKey: alert.key.slice(alert.integrationId.length + 1),
        summary: alert.event.summary,
        monitor: alert.event.source,
        severity: alert.severity,
        startedAt: startOf(alert, scope.now),
        terms: alert.verdict.terms,
      },
      source,
      scope.now,
    ),
  );
  await openIncidents(
    scope,
    drafts.map(({ draft }) => draft),
    async (opened) => {
      const rows = fresh.flatMap(({ alert, source }, index) => {
        const incident = opened[index];
        if (!incident) return [];
        const because = `Opened incident #${incident.number}; ${drafts[index]?.urgency.because ?? ""}`;
        const trace = [{ step: "incident", outcome: "opened", because }];
        placed.set(alert.alertId, { key: alert.key, incidentId: incident.id, hold: null, trace });
        return [{ alert, source, incidentId: incident.id }];
      });
      await insertAlerts(scope, rows);
    },
  );
}
