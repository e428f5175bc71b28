import type { PolicySnapshot } from "#lib/escalation/policy";
import type { RingTurn } from "#lib/escalation/ring";
import type { Corrections } from "#lib/incidents/corrections";
import type { TraceStep } from "#lib/events/trace";
import type {
  ActorType,
  AssignedVia,
  CauseClass,
  DetectionSource,
  IncidentStatus,
  LogEntryClass,
  LogEntryType,
  PendingActionType,
  Urgency,
} from "#lib/incidents/vocabulary";
import type { SupportHoursBoundary } from "#lib/alerts/support-hours";
import type { PageReason } from "#lib/notifications/vocabulary";
import type { SupportHours } from "#lib/services/service";

/** Everything a transition looks at, read under the incident's row lock. */
export type IncidentState = {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  urgency: Urgency;
  serviceId: string;
  policy: PolicySnapshot;
  assignedVia: AssignedVia;
  level: number;
  loop: number;
  turn: number;
  /** Level id → the target whose turn it took there. */
  ringMembers: Readonly<Record<string, string>>;
  /** Policies whose end was reached and acted on since somebody answered. */
  nobodyAnswered: readonly string[];
  priorityId: string | null;
  step: number;
  generation: number;
  createdAt: Date;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  snoozedUntil: Date | null;
  reopenCount: number;
  mergedIntoId: string | null;
  assignees: readonly Person[];
  acknowledgers: readonly Person[];
  pending: readonly PendingAction[];
  service: ServiceTimers;
};

export type Person = { userId: string; name: string };

export type ServiceTimers = {
  /** Seconds; null: the timer is off. */
  acknowledgementTimeout: number | null;
  autoResolveTimeout: number | null;
  escalateLowUrgency: boolean;
  supportHours: SupportHours | null;
  /** When low urgency becomes high by itself; null: never. */
  raiseUrgencyAt: SupportHoursBoundary | null;
};

export type PendingAction = { type: PendingActionType; at: Date; to?: string };

export type Who = { type: ActorType; id: string | null; name: string; channel: string };

export type LogDraft = {
  /** Given where the caller has to name the entry afterwards. */
  id?: string;
  type: LogEntryType;
  class: LogEntryClass;
  userId?: string | null;
  note?: string | null;
  data?: Record<string, unknown>;
};

export type PageRequest = { userId: string; reason: PageReason; level: number | null; trace: TraceStep[] };

/** Columns that a transition sets; absent ones stay. */
export type IncidentPatch = Partial<{
  title: string;
  status: IncidentStatus;
  urgency: Urgency;
  priorityId: string | null;
  serviceId: string;
  policySnapshot: PolicySnapshot;
  assignedVia: AssignedVia;
  level: number;
  loop: number;
  turn: number;
  ringMembers: Record<string, string>;
  nobodyAnswered: string[];
  unassigned: boolean;
  startedAt: Date;
  detectedAt: Date;
  acknowledgedAt: Date | null;
  mitigatedAt: Date | null;
  resolvedAt: Date | null;
  snoozedUntil: Date | null;
  resolution: string | null;
  resolvedVia: string | null;
  mergedIntoId: string | null;
  reopenCount: number;
  customerImpact: boolean | null;
  impactStartedAt: Date | null;
  impactEndedAt: Date | null;
  customersAffected: number | null;
  feature: string | null;
  component: string | null;
  causeClass: CauseClass | null;
  detectionSource: DetectionSource;
  effortSeconds: number | null;
  corrections: Corrections;
}>;

/**
 * What a transition decided. The shell writes all of it in one transaction. `pending`, `assignees` and `acknowledgers` replace
 * what was there; absent means unchanged. Pages belong to a new step.
 */
/** A field in words: a priority by its name, an instant as ISO 8601. */
export type FieldChange = { field: string; from: string | null; to: string | null };

export type IncidentChange = {
  kind: "change";
  topic: string;
  patch: IncidentPatch;
  pending?: PendingAction[];
  assignees?: readonly string[];
  acknowledgers?: readonly string[];
  /** Ends the pages of everybody, or of the named people alone. */
  cancelPages?: { because: string; userIds?: readonly string[] };
  pages?: PageRequest[];
  urgency?: Urgency;
  log: LogDraft[];
  /** Fields that a person changed, and why: what the audit record tells. */
  amended?: { fields: readonly FieldChange[]; reason: string | null };
  resolveAlerts?: boolean;
  /** Turns that were taken: where these rings go on for the next incident. */
  rings?: RingTurn[];
  /** People told apart from the incident, each once. */
  notices?: { userId: string; title: string; lines: string[] }[];
  coverageGaps?: { level: number | null; because: string }[];
};

export type RefusalReason =
  | "already-resolved"
  | "not-resolved"
  | "not-acknowledged"
  | "low-urgency"
  | "no-such-level"
  | "same"
  | "merged"
  | "nobody";

export type Refusal = { kind: "refused"; because: RefusalReason };

export type Transition = IncidentChange | Refusal;

/** The pending actions without those of the named types. */
export function without(state: IncidentState, ...types: PendingActionType[]): PendingAction[] {
  return state.pending.filter((action) => !types.includes(action.type));
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}
