import { z } from "zod";
import { idField } from "#lib/field-schemas";
import type { Correctable } from "#lib/incidents/corrections";
import type { TraceStep } from "#lib/events/trace";
import type { RequestTargetState, ResponderState } from "#lib/incidents/responder-request";
import { CAUSE_CLASSES, DETECTION_SOURCES, URGENCIES } from "#lib/incidents/vocabulary";
import type {
  AssignedVia,
  CauseClass,
  DetectionSource,
  IncidentOrigin,
  IncidentStatus,
  LogEntryClass,
  LogEntryType,
  PendingActionType,
  Urgency,
} from "#lib/incidents/vocabulary";
import type { AlertStatus, Severity } from "#lib/alerts/vocabulary";
import type { GroupingReason } from "#lib/noise/grouping";
import type { IncidentLevelDto } from "#lib/service-levels/schemas";
import type { Channel, DeliveryState, PageReason, PageState } from "#lib/notifications/vocabulary";

/** Instants are ISO 8601 in UTC everywhere below. */
export type PersonDto = { id: string; name: string };
export type PriorityDto = { id: string; name: string; rank: number; description: string };
export type ServiceRefDto = { id: string; slug: string; name: string };

/** What the filters and forms about incidents offer. */
export type FilterChoicesDto = {
  services: { id: string; name: string }[];
  teams: { id: string; name: string }[];
  priorities: PriorityDto[];
};

/** What happens by itself if nobody acts, and to whom it then goes. */
export type ConsequenceDto = { type: PendingActionType; at: string; to: string | null };

export type IncidentRowDto = {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  urgency: Urgency;
  priority: PriorityDto | null;
  service: ServiceRefDto;
  team: { id: string; name: string; slug: string } | null;
  assignees: PersonDto[];
  unassigned: boolean;
  createdAt: string;
  acknowledgedAt: string | null;
  resolvedAt: string | null;
  snoozedUntil: string | null;
  updatedAt: string;
  alertCount: number;
  merged: boolean;
  customerImpact: boolean | null;
  consequence: ConsequenceDto | null;
  /** What is promised about it, the most pressing first. */
  levels: IncidentLevelDto[];
};

export type IncidentListDto = {
  rows: IncidentRowDto[];
  total: number;
  /** Opaque; null at the end. */
  nextCursor: string | null;
  /** The database's clock. */
  now: string;
};

/** What the viewer, who was paged, said about their page; null: nothing yet. */
export type OwnVerdictDto = { useful: boolean | null };

export type IncidentDetailDto = IncidentRowDto & {
  body: string | null;
  level: number;
  loop: number;
  assignedVia: AssignedVia;
  policy: { id: string; name: string; levels: number };
  acknowledgements: (PersonDto & { at: string })[];
  pending: { type: PendingActionType; at: string; to: string | null }[];
  detectionSource: DetectionSource;
  origin: IncidentOrigin;
  startedAt: string;
  detectedAt: string;
  mitigatedAt: string | null;
  firstPageAt: string | null;
  firstAckAt: string | null;
  engagedAt: string | null;
  mobilisedAt: string | null;
  impactStartedAt: string | null;
  impactEndedAt: string | null;
  /** Instants of the log that people corrected. */
  corrected: Correctable[];
  customersAffected: number | null;
  feature: string | null;
  component: string | null;
  causeClass: CauseClass | null;
  effortSeconds: number | null;
  resolution: string | null;
  resolvedVia: string | null;
  mergedInto: { id: string; number: number } | null;
  openAlerts: number;
  runbookUrl: string | null;
  links: { label: string; url: string }[];
  /** Null: the viewer is not asked. */
  ownVerdict: OwnVerdictDto | null;
  now: string;
};

export type LogEntryDto = {
  id: string;
  type: LogEntryType;
  class: LogEntryClass;
  at: string;
  actor: { type: string; id: string | null; name: string };
  channel: string;
  user: PersonDto | null;
  note: string | null;
  data: Record<string, unknown>;
};

export type AlertDto = {
  id: string;
  summary: string;
  severity: Severity;
  status: AlertStatus;
  dedupKey: string;
  source: string;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: unknown;
  links: { href: string; text: string | null }[];
  images: { src: string; href: string | null; alt: string | null }[];
  client: string | null;
  clientUrl: string | null;
  integration: { id: string; name: string } | null;
  /** Why it is on this incident; null: it opened it, without anything to be compared with. */
  groupingReason: GroupingReason | null;
  occurrenceCount: number;
  startedAt: string;
  createdAt: string;
  lastSeenAt: string;
  resolvedAt: string | null;
};

/** A page with its sends: who, by which way, when, what came of it, and why this person. */
export type PageDto = {
  id: string;
  user: PersonDto;
  reason: PageReason;
  urgency: Urgency;
  level: number | null;
  state: PageState;
  trace: TraceStep[];
  createdAt: string;
  deliveries: {
    id: string;
    channel: Channel;
    address: string;
    state: DeliveryState;
    dueAt: string;
    sentAt: string | null;
    attempts: number;
    lastError: string | null;
    states: { state: DeliveryState; at: string; detail: string | null }[];
  }[];
};

const ids = z.array(idField).min(1, "names no incident").max(250, "names more than 250 incidents");

export const incidentParams = z.object({ incidentId: idField });

export const bulkActionSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("acknowledge"), incidentIds: ids }),
  z.object({ action: z.literal("unacknowledge"), incidentIds: ids }),
  z.object({ action: z.literal("resolve"), incidentIds: ids, resolution: z.string().max(25_000).nullish() }),
  z.object({ action: z.literal("snooze"), incidentIds: ids, seconds: z.int().min(1).max(604_800) }),
  z.object({ action: z.literal("escalate"), incidentIds: ids, level: z.int().min(1).max(20).optional() }),
  z.object({ action: z.literal("reassign"), incidentIds: ids, userIds: z.array(idField).min(1).max(20) }),
  z.object({ action: z.literal("delegate"), incidentIds: ids, policyId: idField }),
  z.object({ action: z.literal("merge"), incidentIds: ids, targetId: idField }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

export const declareSchema = z.object({
  title: z.string().trim().min(1, "is needed").max(1024, "has more than 1024 characters"),
  serviceId: idField,
  body: z.string().max(25_000).nullish(),
  priorityId: idField.nullish(),
  urgency: z.enum(URGENCIES).optional(),
  policyId: idField.nullish(),
  assigneeIds: z.array(idField).max(20).optional(),
  detectionSource: z.enum(DETECTION_SOURCES).optional(),
  customerImpact: z.boolean().nullish(),
  formToken: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});

const phase = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const label = z
  .string()
  .trim()
  .max(100, "has more than 100 characters")
  .transform((text) => (text === "" ? null : text))
  .nullable();

/** Instants that people may correct; null: it did not happen, or for those of the log: the log holds. */
const lifecycle = z
  .object({
    startedAt: phase,
    detectedAt: phase,
    mitigatedAt: phase.nullable(),
    impactStartedAt: phase.nullable(),
    impactEndedAt: phase.nullable(),
    firstPageAt: phase.nullable(),
    firstAckAt: phase.nullable(),
    engagedAt: phase.nullable(),
    mobilisedAt: phase.nullable(),
    resolvedAt: phase.nullable(),
  })
  .partial();

export const updateSchema = z
  .object({
    title: z.string().trim().min(1, "is needed").max(1024),
    priorityId: idField.nullable(),
    serviceId: idField,
    urgency: z.enum(URGENCIES),
    customerImpact: z.boolean().nullable(),
    detectionSource: z.enum(DETECTION_SOURCES),
    causeClass: z.enum(CAUSE_CLASSES).nullable(),
    feature: label,
    component: label,
    customersAffected: z.int().min(0, "can't be negative").max(2_000_000_000, "is too many").nullable(),
    effortSeconds: z.int().min(0, "can't be negative").max(2_000_000_000, "is too long").nullable(),
    ...lifecycle.shape,
    reason: z.string().trim().max(1000).nullable(),
  })
  .partial()
  .refine((value) => Boolean(value.reason) || Object.keys(lifecycle.shape).every((key) => !(key in value)), {
    path: ["reason"],
    message: "is needed to correct a time",
  });

export const noteSchema = z.object({ content: z.string().trim().min(1, "needs words").max(25_000) });

export const statusUpdateBody = z.object({
  message: z.string().trim().min(1, "needs words").max(5000, "is too long (at most 5000 characters)"),
});
export const statusUpdateSchema = statusUpdateBody.extend({ incidentId: idField });

export const reopenSchema = z.object({
  acknowledged: z.boolean().optional(),
  because: z.string().trim().max(1000).nullish(),
});

/** Who is asked to join an incident: people, the people of policies, or both. */
export const requestRespondersBody = z.object({
  message: z.string().trim().max(1000, "has more than 1000 characters").default(""),
  userIds: z.array(idField).max(20, "are more than 20").default([]),
  policyIds: z.array(idField).max(10, "are more than 10").default([]),
});

export const requestRespondersSchema = requestRespondersBody
  .extend({ incidentId: idField })
  .refine(({ userIds, policyIds }) => userIds.length + policyIds.length > 0, {
    path: ["userIds"],
    message: "name nobody",
  });
export type RequestRespondersInput = z.input<typeof requestRespondersSchema>;

export const answerRequestBody = z.object({ answer: z.enum(["joined", "declined"]) });

/** Null takes the answer back. */
export const pageVerdictBody = z.object({ useful: z.boolean().nullable() });

export const responderRequestParams = z.object({ incidentId: idField, requestId: idField });

/** One request to join with everybody who was asked through it. */
export type ResponderRequestDto = {
  id: string;
  requester: { id: string | null; name: string };
  message: string;
  createdAt: string;
  cancelledAt: string | null;
  targets: {
    id: string;
    /** Null: a policy. */
    user: PersonDto | null;
    policy: { id: string; name: string } | null;
    state: RequestTargetState;
    /** When the next level is asked by itself. */
    nextAt: string | null;
    responders: { user: PersonDto; state: ResponderState; askedAt: string; answeredAt: string | null }[];
  }[];
};
