import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { alerts } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { urgencyFor } from "#lib/alerts/urgency";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { refusal, whoOf } from "#lib/incidents/commands/change-incidents";
import { lockIncidents } from "#lib/incidents/commands/lock-incidents";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import type { IncidentChange, IncidentState, LogDraft } from "#lib/incidents/incident";
import { resolve } from "#lib/incidents/resolve";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import { kindsOn, teach } from "#lib/noise/commands/teach";
import type { TaughtAlert } from "#lib/noise/commands/teach";
import type { GroupingReason } from "#lib/noise/grouping";
import { moveAlertsSchema } from "#lib/noise/schemas";
import type { MoveAlertsInput } from "#lib/noise/schemas";
import { parseInput } from "#lib/parse-input";

type Alert = typeof alerts.$inferSelect;

/**
 * Moves alerts to another open incident, or to a new one that pages their service's policy. It teaches the grouping: these kinds don't
 * belong with what stays behind, and do belong with what they come to. An incident whose last open alert left is resolved. Answers
 * where they are now.
 */
export async function moveAlerts(
  ctx: Context,
  input: MoveAlertsInput,
): Promise<{ incidentId: string; number: number }> {
  requirePermission(ctx.actor, "incident.respond");
  const { incidentId, alertIds, toIncidentId } = parseInput(moveAlertsSchema, input);
  return inTransaction(ctx, async (scope) => {
    const { source, target } = await lockBoth(scope, incidentId, toIncidentId);
    const moved = await readAlerts(scope, source.id, alertIds);
    const stays = await kindsOn(scope.tx, [source.id], alertIds);
    const joins = target ? await kindsOn(scope.tx, [target.id]) : [];
    const kinds = moved.flatMap(({ id, templateId }): TaughtAlert[] =>
      templateId === null ? [] : [{ alertId: id, templateId }],
    );
    await teach(scope, [kinds, stays], "apart", "move");
    await teach(scope, [kinds, joins], "together", "move");
    const to = target ?? (await openFor(scope, moved));
    if (target) await place(scope, moved, target.id);
    await saveChanges(scope, [
      { state: source, change: await leave(scope, source, moved, to.number) },
      ...(target ? [{ state: target, change: arrive(scope, moved) }] : []),
    ]);
    return { incidentId: to.id, number: to.number };
  });
}

async function lockBoth(scope: TransactionContext, incidentId: string, toIncidentId: string | null) {
  const states = await lockIncidents(scope.tx, [incidentId, ...(toIncidentId ? [toIncidentId] : [])]);
  const source = states.get(incidentId);
  const target = toIncidentId === null ? null : states.get(toIncidentId);
  if (!source || target === undefined || target?.id === source.id) {
    throw new AppError("not_found", "There is no such incident.", { wireCode: 5001 });
  }
  if (target?.status === "resolved") throw refusal("already-resolved");
  return { source, target };
}

async function readAlerts(
  scope: TransactionContext,
  incidentId: string,
  alertIds: string[],
): Promise<Alert[]> {
  const ids = [...new Set(alertIds)];
  const found = await scope.tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.incidentId, incidentId), inArray(alerts.id, ids)))
    .orderBy(asc(alerts.createdAt), asc(alerts.id));
  if (found.length === ids.length) return found;
  throw new AppError("not_found", "There is no such alert on this incident.", { wireCode: 5001 });
}

async function openFor(scope: TransactionContext, moved: readonly Alert[]) {
  const [first] = moved;
  if (!first) throw new Error("There is no alert to open an incident for.");
  if (moved.every(({ status }) => status === "resolved")) {
    throw new AppError("conflict", "All of these alerts are over: there is nothing to open an incident for.");
  }
  const [service] = await scope.tx.select().from(services).where(eq(services.id, first.serviceId));
  if (!service) throw new Error(`Alert ${first.id} has no service.`);
  const { urgency, because } = urgencyFor(
    service.urgencyRule,
    service.supportHours,
    first.severity,
    scope.now,
  );
  const draft = {
    title: first.summary,
    body: null,
    serviceId: service.id,
    urgency,
    priorityId: null,
    incidentKey: first.dedupKey,
    detectionSource: await detectionSourceOf(scope, first),
    origin: "event" as const,
    startedAt: first.startedAt,
    customerImpact: null,
    policyId: null,
    assignees: [],
    notes: [],
    trigger: { alertId: first.id, severity: first.severity, source: first.source, urgency, because },
  };
  const [opened] = await openIncidents(scope, [draft], async ([incident]) => {
    if (incident) await place(scope, moved, incident.id);
  });
  if (!opened) throw new Error("No incident was opened.");
  return opened;
}

async function detectionSourceOf(
  { tx }: TransactionContext,
  { integrationId }: Alert,
): Promise<DetectionSource> {
  const [integration] =
    integrationId === null
      ? []
      : await tx
          .select({ detectionSource: integrations.detectionSource })
          .from(integrations)
          .where(eq(integrations.id, integrationId));
  return integration?.detectionSource ?? "monitoring";
}

async function place(scope: TransactionContext, moved: readonly Alert[], incidentId: string): Promise<void> {
  const reason: GroupingReason = {
    mode: "person",
    joined: true,
    score: null,
    threshold: null,
    features: null,
    likeAlertId: null,
    sentence: `${scope.actor.name} moved it here`,
  };
  await scope.tx
    .update(alerts)
    .set({ incidentId, groupingReason: reason })
    .where(
      inArray(
        alerts.id,
        moved.map(({ id }) => id),
      ),
    );
}

/** What becomes of the incident that they left: over, if nothing on it is open any more. */
async function leave(
  scope: TransactionContext,
  source: IncidentState,
  moved: readonly Alert[],
  toNumber: number,
): Promise<IncidentChange> {
  const log: LogDraft = {
    type: "alert_moved",
    class: "people",
    data: { count: moved.length, toNumber, alertIds: moved.map(({ id }) => id) },
  };
  const [left] = await scope.tx
    .select({ open: sql<number>`count(*)::int` })
    .from(alerts)
    .where(and(eq(alerts.incidentId, source.id), eq(alerts.status, "triggered")));
  if (left?.open === 0 && source.status !== "resolved") {
    const resolution = `Its last open alerts were moved to #${toNumber}`;
    const over = resolve(source, whoOf(scope), scope.now, { resolution, via: "person" });
    if (over.kind === "change") return { ...over, log: [log, ...over.log] };
  }
  return { kind: "change", topic: "incident.updated", patch: {}, log: [log] };
}

function arrive(scope: TransactionContext, moved: readonly Alert[]): IncidentChange {
  const [first] = moved;
  const log: LogDraft = {
    type: "alert_added",
    class: "people",
    data: {
      count: moved.length,
      summary: first?.summary ?? "",
      alertIds: moved.map(({ id }) => id),
      because: `${scope.actor.name} moved ${moved.length === 1 ? "it" : "them"} here`,
    },
  };
  return { kind: "change", topic: "incident.updated", patch: {}, log: [log] };
}
