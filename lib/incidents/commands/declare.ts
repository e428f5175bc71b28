import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { incidents, priorities } from "#db/schema/incidents";
import { services } from "#db/schema/services";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import type { OpenedIncident } from "#lib/incidents/commands/open-incidents";
import { loadAssignees } from "#lib/incidents/commands/reassign";
import type { DetectionSource, Urgency } from "#lib/incidents/vocabulary";

export type DeclareInput = {
  title: string;
  serviceId: string;
  body?: string | null;
  priorityId?: string | null;
  /** Absent: high. */
  urgency?: Urgency;
  incidentKey?: string | null;
  policyId?: string | null;
  assigneeIds?: readonly string[];
  detectionSource?: DetectionSource;
  customerImpact?: boolean | null;
};

/** Opens an incident by hand or through the API and pages whoever is on call. Throws `invalid` naming the field. */
export async function declareIncident(ctx: Context, input: DeclareInput): Promise<OpenedIncident> {
  requirePermission(ctx.actor, "incident.declare");
  return inTransaction(ctx, async (scope) => {
    const title = input.title.trim();
    if (title.length < 1 || title.length > 1024) invalid("title", "A title has 1 to 1024 characters.");
    const assigneeIds = input.assigneeIds ?? [];
    if (input.policyId && assigneeIds.length > 0) {
      invalid("assignments", "Name people or an escalation policy, not both.");
    }
    await checkReferences(scope, input);
    const assignees = await loadAssignees(scope.tx, assigneeIds);
    const [opened] = await openIncidents(scope, [
      {
        title,
        body: input.body ?? null,
        serviceId: input.serviceId,
        urgency: input.urgency ?? "high",
        priorityId: input.priorityId ?? null,
        incidentKey: input.incidentKey ?? null,
        detectionSource: input.detectionSource ?? "internal_person",
        origin: ctx.actor.channel === "api" ? "api" : "person",
        startedAt: scope.now,
        customerImpact: input.customerImpact ?? null,
        raiseUrgencyAt: null,
        policyId: input.policyId ?? null,
        assignees,
        trigger: { by: scope.actor.name },
      },
    ]);
    if (!opened) throw new Error("The incident was not opened.");
    return opened;
  });
}

async function checkReferences(scope: TransactionContext, input: DeclareInput): Promise<void> {
  const [service, priority, same] = await Promise.all([
    scope.tx
      .select({ id: services.id })
      .from(services)
      .where(and(eq(services.id, input.serviceId), isNull(services.deletedAt))),
    input.priorityId
      ? scope.tx.select({ id: priorities.id }).from(priorities).where(eq(priorities.id, input.priorityId))
      : [{ id: "" }],
    input.incidentKey
      ? scope.tx
          .select({ id: sql`1` })
          .from(incidents)
          .where(
            and(
              eq(incidents.serviceId, input.serviceId),
              eq(incidents.incidentKey, input.incidentKey),
              ne(incidents.status, "resolved"),
            ),
          )
      : [],
  ]);
  if (service.length === 0) invalid("service", "There is no such service.", 5002);
  if (priority.length === 0) invalid("priority", "There is no such priority.", 1020);
  if (same.length > 0) {
    invalid("incident_key", "Open incident with matching dedup key already exists on this service");
  }
}

function invalid(field: string, message: string, wireCode = 2001): never {
  throw new AppError("invalid", message, { wireCode, fields: [{ field, message }] });
}
