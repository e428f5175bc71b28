import { integrationActor } from "#lib/alerts/commands/integration-actor";
import type { AlertFacts } from "#lib/alerts/commands/load-alert-facts";
import type { WavePlan } from "#lib/alerts/wave";
import type { TransactionContext } from "#lib/context";
import { acknowledge } from "#lib/incidents/acknowledge";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { IncidentState } from "#lib/incidents/incident";
import { resolve } from "#lib/incidents/resolve";

/** Passes acknowledgements on to incidents, and resolves those whose last open alert ended. */
export async function applyToIncidents(
  scope: TransactionContext,
  plan: WavePlan,
  facts: AlertFacts,
): Promise<void> {
  const ended = new Map<string, string>();
  for (const { incidentId, integrationId } of plan.resolvedAlerts) {
    if (!incidentId) continue;
    const left = (facts.openCounts.get(incidentId) ?? 1) - 1;
    facts.openCounts.set(incidentId, left);
    if (left <= 0) ended.set(incidentId, integrationId);
  }
  const taken = new Map(
    plan.acknowledged.map(({ incidentId, integrationId }) => [incidentId, integrationId]),
  );
  const ids = [...new Set([...ended.keys(), ...taken.keys()])];
  if (ids.length === 0) return;
  const states = await lockIncidents(scope.tx, ids);
  const changes = [...states.values()].flatMap((state): SavedChange[] => {
    const by = (integrationId: string | undefined) => facts.sources.get(integrationId ?? "")?.integration;
    const ender = by(ended.get(state.id));
    if (ender)
      return decided(state, ender, (who) =>
        resolve(state, who, scope.now, { resolution: null, via: "integration" }),
      );
    const taker = by(taken.get(state.id));
    // A machine's acknowledgement of what somebody already has would only take the clock back.
    if (!taker || state.status !== "triggered") return [];
    return decided(state, taker, (who) => acknowledge(state, who, scope.now));
  });
  await saveChanges(scope, changes);
}

function decided(
  state: IncidentState,
  integration: { id: string; name: string },
  decide: (who: ReturnType<typeof integrationActor>) => ReturnType<typeof resolve>,
): SavedChange[] {
  const actor = integrationActor(integration);
  const change = decide(actor);
  return change.kind === "change" ? [{ state, change, actor }] : [];
}
