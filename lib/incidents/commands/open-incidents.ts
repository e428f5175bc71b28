import { inArray } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { incidents } from "#db/schema/incidents";
import { services } from "#db/schema/services";
import type { Actor, TransactionContext } from "#lib/context";
import { afterTurns } from "#lib/escalation/choose-people";
import type { OnCallFacts } from "#lib/escalation/choose-people";
import { TOP } from "#lib/escalation/plan";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { newId } from "#lib/ids";
import { acknowledge } from "#lib/incidents/acknowledge";
import { assignDirectly } from "#lib/incidents/assign";
import { whoOf } from "#lib/incidents/commands/change-incidents";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { SavedChange } from "#lib/incidents/commands/save-changes";
import type { IncidentState, LogDraft, Person, Transition } from "#lib/incidents/incident";
import { enterNext } from "#lib/incidents/nobody-answered";
import { openTimers } from "#lib/incidents/timers";
import type { DetectionSource, IncidentOrigin, Urgency } from "#lib/incidents/vocabulary";

export type IncidentDraft = {
  title: string;
  body: string | null;
  serviceId: string;
  urgency: Urgency;
  priorityId: string | null;
  incidentKey: string | null;
  detectionSource: DetectionSource;
  origin: IncidentOrigin;
  /** When it began, as far as known; the trigger is the transaction's instant. */
  startedAt: Date;
  customerImpact: boolean | null;
  /** Another policy than the service's, while it exists. */
  policyId: string | null;
  /** Named people instead of the policy. */
  assignees: readonly Person[];
  /** Stand on the timeline from the beginning. */
  notes?: readonly string[];
  /** Goes into the trigger's log entry. */
  trigger: Record<string, unknown>;
  /** Who opened it, where that isn't the transaction's own actor. */
  actor?: Actor;
};

export type OpenedIncident = { id: string; number: number; serviceId: string };

/**
 * Opens incidents and pages the first level of each, in a fixed number of statements. Answers in the order of the drafts.
 * `attach` writes what hangs on the new rows (alerts) before the facts are computed.
 */
export async function openIncidents(
  scope: TransactionContext,
  drafts: readonly IncidentDraft[],
  attach?: (opened: readonly OpenedIncident[]) => Promise<void>,
): Promise<OpenedIncident[]> {
  if (drafts.length === 0) return [];
  const serviceIds = [...new Set(drafts.map((draft) => draft.serviceId))];
  const owners = await scope.tx.select().from(services).where(inArray(services.id, serviceIds));
  const byService = new Map(owners.map((service) => [service.id, service]));
  const ownPolicy = (draft: IncidentDraft) => byService.get(draft.serviceId)?.escalationPolicyId ?? "";
  const policies = await snapshotPolicies(scope.tx, [
    ...new Set(drafts.flatMap((draft) => [draft.policyId ?? ownPolicy(draft), ownPolicy(draft)])),
  ]);
  let facts = await lockOnCallFacts(scope, [...policies.values()]);
  const fresh = drafts.map((draft) => {
    const policySnapshot = policies.get(draft.policyId ?? "") ?? policies.get(ownPolicy(draft));
    if (!policySnapshot) throw new Error(`Service ${draft.serviceId} has no escalation policy.`);
    return { ...newRow(draft, scope), policySnapshot };
  });
  await insertMany(scope.tx, incidents, fresh);
  const ids = fresh.map(({ id }) => id);
  const stored = await scope.tx.select().from(incidents).where(inArray(incidents.id, ids));
  const byId = new Map(stored.map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => byId.get(id) ?? []);
  const opened = rows.map(({ id, number, serviceId }) => ({ id, number, serviceId }));
  await attach?.(opened);
  const saved = rows.map((row, index): SavedChange => {
    const draft = drafts[index];
    const service = byService.get(row.serviceId);
    if (!draft || !service) throw new Error("An opened incident has no draft or no service.");
    const state: IncidentState = {
      ...row,
      policy: row.policySnapshot,
      assignees: [],
      acknowledgers: [],
      pending: openTimers({ service, urgency: row.urgency }, scope.now),
      service,
    };
    const actor = draft.actor ?? scope.actor;
    const change = firstChange(state, draft, facts, { ...scope, actor });
    facts = afterTurns(facts, change.rings);
    return { state, actor, change, isNew: true };
  });
  await saveChanges(scope, saved);
  await scope.tx.update(services).set({ lastIncidentAt: scope.now }).where(inArray(services.id, serviceIds));
  return opened;
}

function newRow(draft: IncidentDraft, scope: TransactionContext) {
  const { now } = scope;
  const actor = draft.actor ?? scope.actor;
  return {
    id: newId(now.getTime()),
    title: draft.title,
    body: draft.body,
    status: "triggered" as const,
    urgency: draft.urgency,
    priorityId: draft.priorityId,
    serviceId: draft.serviceId,
    incidentKey: draft.incidentKey,
    generation: 0,
    detectionSource: draft.detectionSource,
    origin: draft.origin,
    createdBy: actor.type === "user" ? actor.id : null,
    startedAt: draft.startedAt,
    detectedAt: now,
    createdAt: now,
    lastStatusChangeAt: now,
    lastStatusChangeBy: { type: actor.type, id: actor.id, name: actor.name },
    customerImpact: draft.customerImpact,
    updatedAt: now,
  };
}

function firstChange(
  state: IncidentState,
  draft: IncidentDraft,
  facts: OnCallFacts,
  scope: TransactionContext,
) {
  const who = whoOf(scope);
  const trigger: LogDraft = { type: "trigger", class: "key", data: draft.trigger };
  const own = draft.assignees.length === 1 && draft.assignees[0]?.userId === who.id;
  // Made by and for the same person: born acknowledged, nobody is paged.
  const transition: Transition = own
    ? acknowledge(state, who, scope.now)
    : draft.assignees.length > 0
      ? assignDirectly(state, draft.assignees, scope.now)
      : enterNext(state, TOP, facts, scope.now, { kind: "first", reason: "assigned" });
  if (transition.kind === "refused")
    throw new Error(`A new incident refused its first step: ${transition.because}.`);
  const notes = (draft.notes ?? []).map((note): LogDraft => ({ type: "annotate", class: "system", note }));
  return { ...transition, topic: "incident.triggered", log: [trigger, ...notes, ...transition.log] };
}
