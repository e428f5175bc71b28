import { eq, inArray } from "drizzle-orm";
import { incidents, priorities } from "#db/schema/incidents";
import { services } from "#db/schema/services";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { changeFields, changeUrgency } from "#lib/incidents/amend";
import type { FieldChange } from "#lib/incidents/amend";
import { refusal } from "#lib/incidents/commands/change-incidents";
import { lockOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { refuseOpenKey } from "#lib/incidents/commands/refuse-open-key";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { IncidentPatch, IncidentState } from "#lib/incidents/incident";
import type { Urgency } from "#lib/incidents/vocabulary";

export type UpdateInput = {
  incidentId: string;
  title?: string;
  priorityId?: string | null;
  serviceId?: string;
  urgency?: Urgency;
  customerImpact?: boolean | null;
  /** Corrections of what happened when; each needs `reason`. */
  startedAt?: Date;
  detectedAt?: Date;
  mitigatedAt?: Date | null;
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
  if (input.customerImpact !== undefined) {
    patch.customerImpact = input.customerImpact;
    fields.push(await impactChange(scope, state, input.customerImpact));
  }
  const phases = await phaseChanges(scope, state, input);
  return { patch: { ...patch, ...phases.patch }, fields: [...fields, ...phases.fields] };
}

function validTitle(title: string): string {
  const trimmed = title.trim();
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

async function impactChange(
  scope: TransactionContext,
  state: IncidentState,
  customerImpact: boolean | null,
): Promise<FieldChange> {
  const [row] = await scope.tx
    .select({ before: incidents.customerImpact })
    .from(incidents)
    .where(eq(incidents.id, state.id));
  const textOf = (value: boolean | null) => (value === null ? null : String(value));
  return { field: "customerImpact", from: textOf(row?.before ?? null), to: textOf(customerImpact) };
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

async function phaseChanges(scope: TransactionContext, state: IncidentState, input: UpdateInput) {
  const { startedAt, detectedAt, mitigatedAt } = input;
  if (startedAt === undefined && detectedAt === undefined && mitigatedAt === undefined) {
    return { patch: {}, fields: [] };
  }
  const [row] = await scope.tx
    .select({
      startedAt: incidents.startedAt,
      detectedAt: incidents.detectedAt,
      mitigatedAt: incidents.mitigatedAt,
    })
    .from(incidents)
    .where(eq(incidents.id, state.id));
  if (!row) throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  const wanted = { startedAt, detectedAt, mitigatedAt };
  const names = ["startedAt", "detectedAt", "mitigatedAt"] as const;
  checkPhases({ ...row, ...defined(wanted) }, state, scope.now);
  const fields = names
    .filter((name) => wanted[name] !== undefined)
    .map((name) => ({
      field: name,
      from: row[name]?.toISOString() ?? null,
      to: wanted[name]?.toISOString() ?? null,
    }));
  return { patch: defined(wanted), fields };
}

function defined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}

/** Phases keep their order: started, detected, mitigated, resolved; none lies in the future. */
function checkPhases(
  phases: { startedAt: Date; detectedAt: Date; mitigatedAt: Date | null },
  state: IncidentState,
  now: Date,
): void {
  const fault =
    phases.detectedAt < phases.startedAt
      ? { field: "detectedAt", message: "It can't be detected before it started." }
      : phases.mitigatedAt && phases.mitigatedAt < phases.startedAt
        ? { field: "mitigatedAt", message: "It can't be mitigated before it started." }
        : phases.mitigatedAt && state.resolvedAt && phases.mitigatedAt > state.resolvedAt
          ? { field: "mitigatedAt", message: "It can't be mitigated after it was resolved." }
          : [phases.startedAt, phases.detectedAt, phases.mitigatedAt].some((at) => at !== null && at > now)
            ? { field: "startedAt", message: "A phase can't lie in the future." }
            : null;
  if (fault) throw new AppError("invalid", fault.message, { fields: [fault] });
}
