import { integrationActor } from "#lib/alerts/commands/integration-actor";
import type { EventSource } from "#lib/alerts/commands/load-alert-facts";
import { insertAlerts } from "#lib/alerts/commands/write-alerts";
import type { NewAlert } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";
import { afterTurns } from "#lib/escalation/choose-people";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { Kind } from "#lib/noise/commands/mine-templates";
import { reopen } from "#lib/incidents/resolve";

/** A new alert with where it belongs. */
export type Created = { alert: NewAlert; source: EventSource; kind: Kind | null };

/**
 * Puts alerts that came back within their service's reopen time onto the incident they had. One that was merged away can't take
 * them: those are left out and open a new incident. Alert id → where it went.
 */
export async function reopenForAlerts(scope: TransactionContext, created: readonly Created[]) {
  const placed = new Map<string, { key: string; incidentId: string; hold: null; trace: TraceStep[] }>();
  const candidates = created.filter(({ alert }) => alert.reopens !== null);
  if (candidates.length === 0) return placed;
  const incidentIds = candidates.flatMap(({ alert }) => alert.reopens?.incidentId ?? []);
  const policyIds = [...new Set(candidates.map(({ source }) => source.service.escalationPolicyId))];
  const [states, policies] = await Promise.all([
    lockIncidents(scope.tx, incidentIds),
    snapshotPolicies(scope.tx, policyIds),
  ]);
  let facts = await lockOnCallFacts(scope, [...policies.values()]);
  const changes = new Map<string, SavedChange>();
  const rows: (Created & { incidentId: string })[] = [];
  for (const { alert, source, kind } of candidates) {
    const state = states.get(alert.reopens?.incidentId ?? "");
    const policy = policies.get(source.service.escalationPolicyId);
    if (!state || !policy || state.mergedIntoId) continue;
    if (state.status === "resolved" && !changes.has(state.id)) {
      const actor = integrationActor(source.integration);
      const because = "The alert came back within the service's reopen time";
      const change = reopen(state, actor, scope.now, { policy, facts, acknowledged: false, because });
      if (change.kind === "refused") continue;
      facts = afterTurns(facts, change.rings);
      changes.set(state.id, { state, change, actor });
    }
    const because = `Went onto incident #${state.number}, which it had before`;
    placed.set(alert.alertId, {
      key: alert.key,
      incidentId: state.id,
      hold: null,
      trace: [{ step: "incident", outcome: "reopened", because }],
    });
    rows.push({ alert, source, kind, incidentId: state.id });
  }
  await insertAlerts(scope, rows);
  await saveChanges(scope, [...changes.values()]);
  return placed;
}
