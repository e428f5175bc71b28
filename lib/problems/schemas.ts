import { z } from "zod";
import { idField, lineField, proseField, webUrlField } from "#lib/field-schemas";
import type { ActionState, ActionType, LinkedVia, ProblemState, Relation } from "#lib/problems/problem";
import { ACTION_STATES, ACTION_TYPES, PROBLEM_STATES, RELATIONS } from "#lib/problems/problem";
import type { SuggestionKind } from "#lib/problems/suggestion";
import type { FixVerification } from "#lib/problems/verification";

const TITLE_LENGTH = 255;
const PROSE_LENGTH = 10_000;

/** A day of the calendar: 2026-03-08. */
export const dayField = z.iso.date("is not a day (use YYYY-MM-DD)");

const problemFields = {
  title: lineField(TITLE_LENGTH),
  ownerId: idField.nullable(),
  cause: proseField(PROSE_LENGTH),
  workaround: proseField(PROSE_LENGTH),
  dueOn: dayField.nullable(),
};

export const problemInputSchema = z.strictObject({
  title: problemFields.title,
  ownerId: problemFields.ownerId.default(null),
  cause: problemFields.cause.default(null),
  workaround: problemFields.workaround.default(null),
  dueOn: problemFields.dueOn.default(null),
  serviceId: idField.nullable().default(null),
  /** Gathers the incidents that carry this feature. */
  feature: z.string().trim().min(1).max(100).nullable().default(null),
  /** The first of them says the kind of incident that is gathered, if `gather` is set. */
  incidentIds: z.array(idField).max(100).default([]),
  gather: z.boolean().default(false),
});
export type ProblemInput = z.input<typeof problemInputSchema>;

export const problemUpdateSchema = z.strictObject({
  ...z.object(problemFields).partial().shape,
  state: z.enum(PROBLEM_STATES).optional(),
  /** When the fix was in place; it is now when the problem begins to be verified. */
  fixedAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type ProblemUpdate = z.input<typeof problemUpdateSchema>;

export const linkSchema = z.strictObject({
  /** Number or id. */
  incident: z.string().trim().min(1).max(32),
  relation: z.enum(RELATIONS).default("caused_by"),
});
export type LinkInput = z.input<typeof linkSchema>;

export const dismissSchema = z.strictObject({ reason: lineField(500) });

export const acceptSchema = z.strictObject({ title: problemFields.title.optional() });

const actionFields = {
  title: lineField(TITLE_LENGTH),
  type: z.enum(ACTION_TYPES),
  ownerId: idField.nullable(),
  dueOn: dayField.nullable(),
  ticketUrl: webUrlField.nullable(),
};

export const actionInputSchema = z.strictObject({
  title: actionFields.title,
  type: actionFields.type.default("prevent"),
  ownerId: actionFields.ownerId.default(null),
  dueOn: actionFields.dueOn.default(null),
  ticketUrl: actionFields.ticketUrl.default(null),
  problemId: idField.nullable().default(null),
  reviewId: idField.nullable().default(null),
});
export type ActionInput = z.input<typeof actionInputSchema>;

export const actionUpdateSchema = z.strictObject({
  ...z.object(actionFields).partial().shape,
  problemId: idField.nullable().optional(),
  state: z.enum(ACTION_STATES).optional(),
});
export type ActionUpdate = z.input<typeof actionUpdateSchema>;

type Named = { id: string; name: string };

export type ProblemDto = {
  id: string;
  number: number;
  title: string;
  state: ProblemState;
  stateChangedAt: string;
  service: (Named & { slug: string }) | null;
  feature: string | null;
  /** It gathers incidents by itself. */
  isGathering: boolean;
  owner: Named | null;
  workaround: string | null;
  dueOn: string | null;
  isOverdue: boolean;
  fixedAt: string | null;
  createdAt: string;
  incidentCount: number;
  lastIncidentAt: string | null;
  recurrencesSinceFix: number | null;
  engagedMs: number;
  impactMs: number;
  sleepInterruptions: number;
  /** An estimate, in the currency of the settings. */
  cost: number;
  openActions: number;
};

export type ProblemIncidentDto = {
  id: string;
  number: number;
  title: string;
  status: string;
  createdAt: string;
  resolvedAt: string | null;
  relation: Relation;
  via: LinkedVia;
};

export type ActionDto = {
  id: string;
  title: string;
  type: ActionType;
  state: ActionState;
  owner: Named | null;
  dueOn: string | null;
  isOverdue: boolean;
  ticketUrl: string | null;
  endedAt: string | null;
  createdAt: string;
  problem: { id: string; number: number; title: string } | null;
  review: { id: string; incidentNumber: number } | null;
};

export type HistoryDto = { id: string; at: string; actorName: string; text: string };

export type ProblemDetailDto = ProblemDto & {
  cause: string | null;
  template: string | null;
  incidents: ProblemIncidentDto[];
  actions: ActionDto[];
  history: HistoryDto[];
  verification: FixVerification | null;
};

export type SuggestionDto = {
  id: string;
  kind: SuggestionKind;
  label: string;
  service: (Named & { slug: string }) | null;
  windowDays: number;
  observed: number;
  expected: number;
  ratio: number | null;
  p: number;
  q: number;
  foundAt: string;
  firstFoundAt: string;
  /** An earlier problem with the same incidents, which is closed. */
  closedProblem: { number: number; title: string } | null;
  incidents: { number: number; title: string; createdAt: string }[];
};

export type KnownProblemDto = {
  number: number;
  title: string;
  state: ProblemState;
  workaround: string | null;
  /** How it is tied to the incident: linked to it, or of the same kind. */
  isLinked: boolean;
};
