import { z } from "zod";
import { AppError } from "#lib/errors";
import { one, referenceSchema, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";
import { wireInstantSchema } from "#lib/http/wire/read-instant";
import type { IncidentRequest } from "#lib/incidents/commands/apply-updates";
import type { DeclareInput } from "#lib/incidents/commands/declare";
import { INCIDENT_STATUSES, URGENCIES } from "#lib/incidents/vocabulary";

const assignments = z.array(z.object({ assignee: referenceSchema }));

export const incidentsQuery = z.object({
  ...pagingQuery,
  date_range: one.describe("`all`: whatever the period."),
  since: wireInstantSchema.optional(),
  until: wireInstantSchema.optional(),
  statuses: words,
  incident_key: one,
  service_ids: words,
  team_ids: words,
  user_ids: words.describe("Assigned to one of these people now."),
  urgencies: words,
  priority_ids: words,
  time_zone: one,
  sort_by: words,
  include: words,
});

export const incidentCreateSchema = z.object({
  title: z.string({ error: "can't be blank" }).trim().min(1, "can't be blank").max(1024, "is too long"),
  service: referenceSchema,
  priority: referenceSchema.nullish(),
  urgency: z.enum(URGENCIES).nullish(),
  body: z.object({ details: z.string().max(100_000, "is too long").nullish() }).nullish(),
  incident_key: z.string().max(255, "is too long").nullish(),
  assignments: assignments.nullish(),
  escalation_policy: referenceSchema.nullish(),
});

export const incidentUpdateSchema = z.object({
  status: z.string().nullish(),
  resolution: z.string().max(25_000, "is too long").nullish(),
  title: z.string().trim().min(1, "can't be blank").max(1024, "is too long").optional(),
  priority: referenceSchema.nullable().optional(),
  urgency: z.enum(URGENCIES).optional(),
  escalation_level: z.int().min(1, "must be at least 1").nullish(),
  escalation_policy: referenceSchema.nullish(),
  assignments: assignments.min(1, "can't be empty").nullish(),
  service: referenceSchema.nullish(),
});

export const incidentsUpdateSchema = z.array(incidentUpdateSchema.extend({ id: z.string() }));

/** What a created incident asks of the command. */
export function toDeclareInput(incident: z.infer<typeof incidentCreateSchema>): DeclareInput {
  return {
    title: incident.title,
    serviceId: incident.service.id,
    body: incident.body?.details ?? null,
    priorityId: incident.priority?.id ?? null,
    urgency: incident.urgency ?? undefined,
    incidentKey: incident.incident_key ?? null,
    policyId: incident.escalation_policy?.id ?? null,
    assigneeIds: (incident.assignments ?? []).map(({ assignee }) => assignee.id),
  };
}

/** What an update asks of the command. Throws 1003 for a status that there isn't. */
export function toIncidentRequest(
  incidentId: string,
  update: z.infer<typeof incidentUpdateSchema>,
): IncidentRequest {
  const status = INCIDENT_STATUSES.find((known) => known === update.status);
  if (update.status && !status) {
    throw new AppError("invalid", "Invalid Status Provided", { wireCode: 1003 });
  }
  return {
    incidentId,
    status,
    resolution: update.resolution ?? null,
    title: update.title,
    priorityId: update.priority === undefined ? undefined : (update.priority?.id ?? null),
    urgency: update.urgency,
    serviceId: update.service?.id,
    escalationLevel: update.escalation_level ?? undefined,
    to: targetOf(update),
  };
}

function targetOf({ assignments: people, escalation_policy: policy }: z.infer<typeof incidentUpdateSchema>) {
  if (people && policy) {
    throw new AppError("invalid", "Name people or an escalation policy, not both.", { wireCode: 2001 });
  }
  if (people) return { userIds: people.map(({ assignee }) => assignee.id) };
  return policy ? { policyId: policy.id } : undefined;
}
