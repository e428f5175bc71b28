import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { escalationPolicies } from "#db/schema/escalation";
import { incidents, priorities } from "#db/schema/incidents";
import { services } from "#db/schema/services";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { AppError } from "#lib/errors";
import { singleLine } from "#lib/events/storable-text";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import type { IncidentDraft, OpenedIncident } from "#lib/incidents/commands/open-incidents";
import { openKeyTaken, refuseOpenKey } from "#lib/incidents/commands/refuse-open-key";
import { loadAssignees } from "#lib/incidents/commands/reassign";
import type { Person } from "#lib/incidents/incident";
import type { DetectionSource, Urgency } from "#lib/incidents/vocabulary";

export type DeclareInput = {
  title: string;
  serviceId: string;
  body?: string | null;
  priorityId?: string | null;
  /** Absent: high. */
  urgency?: Urgency;
  incidentKey?: string | null;
  /** Names the form that was filled in, so that sending it twice declares once. 32 hex. */
  formToken?: string;
  policyId?: string | null;
  assigneeIds?: readonly string[];
  detectionSource?: DetectionSource;
  customerImpact?: boolean | null;
};

const FORM_LIFE_MS = 24 * 60 * 60 * 1000;

/** Opens an incident by hand or through the API and pages whoever is on call. Throws `invalid` naming the field. */
export async function declareIncident(ctx: Context, input: DeclareInput): Promise<OpenedIncident> {
  requirePermission(ctx.actor, "incident.declare");
  return refuseOpenKey(() =>
    inTransaction(ctx, async (scope) => {
      const before = await declaredBy(scope, input);
      if (before) return before;
      await checkReferences(scope, input);
      const assignees = await loadAssignees(scope.tx, input.assigneeIds ?? []);
      const [opened] = await openIncidents(scope, [draftOf(scope, input, assignees)]);
      if (!opened) throw new Error("The incident was not opened.");
      return opened;
    }),
  );
}

/** What this very form declared before. One at a time: the second of two that come at once waits for the first. */
async function declaredBy(
  { tx, now }: TransactionContext,
  { formToken, serviceId }: DeclareInput,
): Promise<OpenedIncident | undefined> {
  if (formToken === undefined) return undefined;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('declare'), hashtext(${formToken}))`);
  const [found] = await tx
    .select({ id: incidents.id, number: incidents.number, serviceId: incidents.serviceId })
    .from(incidents)
    .where(
      and(
        eq(incidents.serviceId, serviceId),
        gt(incidents.createdAt, new Date(now.getTime() - FORM_LIFE_MS)),
        eq(incidents.incidentKey, formToken),
        eq(incidents.origin, "person"),
      ),
    );
  return found;
}

function draftOf(scope: TransactionContext, input: DeclareInput, assignees: Person[]): IncidentDraft {
  const absent = { body: null, priorityId: null, incidentKey: null, policyId: null, customerImpact: null };
  const { formToken, ...given } = input;
  return {
    ...absent,
    ...given,
    incidentKey: formToken ?? given.incidentKey ?? null,
    title: validTitle(input.title),
    urgency: input.urgency ?? "high",
    detectionSource: input.detectionSource ?? "internal_person",
    origin: scope.actor.channel === "api" ? "api" : "person",
    startedAt: scope.now,
    assignees,
    trigger: { by: scope.actor.name },
  };
}

function validTitle(text: string): string {
  const title = singleLine(text);
  if (title.length < 1 || title.length > 1024) invalid("title", "A title has 1 to 1024 characters.");
  return title;
}

async function checkReferences(scope: TransactionContext, input: DeclareInput): Promise<void> {
  if (input.policyId && (input.assigneeIds ?? []).length > 0) {
    invalid("assignments", "Name people or an escalation policy, not both.");
  }
  const [service, priority, policy, same] = await Promise.all([
    scope.tx
      .select({ id: services.id })
      .from(services)
      .where(and(eq(services.id, input.serviceId), isNull(services.deletedAt))),
    input.priorityId
      ? scope.tx.select({ id: priorities.id }).from(priorities).where(eq(priorities.id, input.priorityId))
      : [{ id: "" }],
    input.policyId
      ? scope.tx
          .select({ id: escalationPolicies.id })
          .from(escalationPolicies)
          .where(and(eq(escalationPolicies.id, input.policyId), isNull(escalationPolicies.deletedAt)))
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
  if (policy.length === 0) invalid("escalation_policy", "There is no such escalation policy.", 1014);
  if (same.length > 0) throw openKeyTaken();
}

function invalid(field: string, message: string, wireCode = 2001): never {
  throw new AppError("invalid", message, { wireCode, fields: [{ field, message }] });
}
