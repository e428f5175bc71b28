import { eq, inArray } from "drizzle-orm";
import { incidents, priorities } from "#db/schema/incidents";
import { services } from "#db/schema/services";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { singleLine } from "#lib/events/storable-text";
import { changeFields, changeUrgency } from "#lib/incidents/amend";
import { refusal } from "#lib/incidents/commands/change-incidents";
import { labelChanges } from "#lib/incidents/commands/label-changes";
import type { LabelInput } from "#lib/incidents/commands/label-changes";
import { lifecycleChanges } from "#lib/incidents/commands/lifecycle-changes";
import type { LifecycleInput } from "#lib/incidents/commands/lifecycle-changes";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { refuseOpenKey } from "#lib/incidents/commands/refuse-open-key";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { FieldChange, IncidentPatch, IncidentState } from "#lib/incidents/incident";
import type { Urgency } from "#lib/incidents/vocabulary";

/** Instants need `reason`. */
export type UpdateInput = LabelInput &
  LifecycleInput & {
    incidentId: string;
    title?: string;
    priorityId?: string | null;
    serviceId?: string;
    urgency?: Urgency;
    reason?: string | null;
  };

/** Changes fields of an incident. Urgency alone can page people; a value equal to the present one changes nothing. */
export async function updateIncident(ctx: Context, input: UpdateInput): Promise<void> {
  requirePermission(ctx.actor, "incident.respond");
  await refuseOpenKey(() => inTransaction(ctx, (scope) => updateInScope(scope, input)));
}

/** As updateIncident, inside an open transaction. */
export async function updateInScope(scope: TransactionContext, input: UpdateInput): Promise<void> {
  const state = await lockIncident(scope.tx, input.incidentId);
  const { patch, fields } = await readFields(scope, state, input);
  const change = changeFields(state, patch, fields, input.reason ?? null);
  if (change.kind === "change") await saveChanges(scope, [{ state, change }]);
  if (input.urgency === undefined || input.urgency === state.urgency) return;
  const current = await lockIncident(scope.tx, input.incidentId);
  const facts = await lockOnCallFacts(scope, [current.policy]);
  const raised = changeUrgency(current, input.urgency, facts, scope.now);
  if (raised.kind === "refused") throw refusal(raised.because);
  await saveChanges(scope, [{ state: current, change: raised }]);
}

async function readFields(scope: TransactionContext, state: IncidentState, input: UpdateInput) {
  const patch: IncidentPatch = {};
  const fields: FieldChange[] = [];
  if (input.title !== undefined) {
    patch.title = validTitle(input.title);
    fields.push({ field: "title", from: state.title, to: patch.title });
  }
  if (input.priorityId !== undefined) {
    patch.priorityId = input.priorityId;
    fields.push(await priorityChange(scope, state, input.priorityId));
  }
  if (input.serviceId !== undefined) {
    patch.serviceId = input.serviceId;
    fields.push(await serviceChange(scope, state, input.serviceId));
  }
  const [labels, lifecycle] = [
    await labelChanges(scope, state.id, input),
    await lifecycleChanges(scope, state.id, input),
  ];
  return {
    patch: { ...patch, ...labels.patch, ...lifecycle.patch },
    fields: [...fields, ...labels.fields, ...lifecycle.fields],
  };
}

function validTitle(title: string): string {
  const trimmed = singleLine(title);
  if (trimmed.length >= 1 && trimmed.length <= 1024) return trimmed;
  const message = "A title has 1 to 1024 characters.";
  throw new AppError("invalid", message, { fields: [{ field: "title", message }] });
}

async function priorityChange(
  scope: TransactionContext,
  state: IncidentState,
  priorityId: string | null,
): Promise<FieldChange> {
  const [all, row] = await Promise.all([
    scope.tx.select({ id: priorities.id, name: priorities.name }).from(priorities),
    scope.tx.select({ priorityId: incidents.priorityId }).from(incidents).where(eq(incidents.id, state.id)),
  ]);
  const nameOf = (id: string | null) => all.find((priority) => priority.id === id)?.name ?? null;
  if (priorityId !== null && nameOf(priorityId) === null) {
    const message = `There is no priority ${priorityId}.`;
    throw new AppError("invalid", message, { wireCode: 1020, fields: [{ field: "priority", message }] });
  }
  return { field: "priority", from: nameOf(row[0]?.priorityId ?? null), to: nameOf(priorityId) };
}

async function serviceChange(
  scope: TransactionContext,
  state: IncidentState,
  serviceId: string,
): Promise<FieldChange> {
  const rows = await scope.tx
    .select({ id: services.id, name: services.name, deletedAt: services.deletedAt })
    .from(services)
    .where(inArray(services.id, [state.serviceId, serviceId]));
  const to = rows.find((row) => row.id === serviceId && row.deletedAt === null);
  if (!to) {
    const message = `There is no service ${serviceId}.`;
    throw new AppError("invalid", message, { wireCode: 5002, fields: [{ field: "service", message }] });
  }
  return {
    field: "service",
    from: rows.find((row) => row.id === state.serviceId)?.name ?? null,
    to: to.name,
  };
}
