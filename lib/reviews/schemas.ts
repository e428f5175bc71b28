import { z } from "zod";
import { idField, proseField } from "#lib/field-schemas";
import type { LogEntryDto } from "#lib/incidents/schemas";
import { dayField } from "#lib/problems/schemas";
import type { ActionDto } from "#lib/problems/schemas";
import { REVIEW_STATES } from "#lib/reviews/review";
import type { ReviewState } from "#lib/reviews/review";

const PROSE_LENGTH = 20_000;
const MOST_HIDDEN = 2000;

export const reviewInputSchema = z.strictObject({
  /** Number or id of the incident. */
  incident: z.string().trim().min(1).max(32),
});
export type ReviewInput = z.input<typeof reviewInputSchema>;

/** The sections that people write, in their order. */
export const WRITTEN = [
  "summary",
  "impact",
  "contributingFactors",
  "wentWell",
  "wentPoorly",
  "lucky",
] as const;
export type Written = (typeof WRITTEN)[number];

export const SECTION_LABELS: Record<Written, string> = {
  summary: "Summary",
  impact: "Impact",
  contributingFactors: "What contributed",
  wentWell: "What went well",
  wentPoorly: "What went poorly",
  lucky: "Where we were lucky",
};

const prose = proseField(PROSE_LENGTH).optional();

export const reviewUpdateSchema = z.strictObject({
  /** The version that the editor started from; another one in force is a conflict. */
  expectedVersion: z.int().nullable().default(null),
  state: z.enum(REVIEW_STATES).optional(),
  ownerId: idField.nullable().optional(),
  dueOn: dayField.optional(),
  hiddenEntryIds: z.array(idField).max(MOST_HIDDEN).optional(),
  summary: prose,
  impact: prose,
  contributingFactors: prose,
  wentWell: prose,
  wentPoorly: prose,
  lucky: prose,
});
export type ReviewUpdate = z.input<typeof reviewUpdateSchema>;

export type ReviewDto = Record<Written, string | null> & {
  id: string;
  state: ReviewState;
  version: number;
  owner: { id: string; name: string } | null;
  dueOn: string;
  isOverdue: boolean;
  createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
  incident: {
    id: string;
    number: number;
    title: string;
    priority: string | null;
    service: string;
    createdAt: string;
    resolvedAt: string | null;
  };
};

/** What the incident itself tells: nobody has to write it down again. */
export type ReviewFacts = {
  detectionSource: string;
  customerImpact: boolean | null;
  startedAt: string;
  detectedAt: string;
  createdAt: string;
  firstAckAt: string | null;
  mitigatedAt: string | null;
  resolvedAt: string | null;
  alertCount: number;
  /** Whom it paged, how often, and whether they answered. */
  people: { name: string; pages: number; firstPagedAt: string; acknowledgedAt: string | null }[];
};

export type ReviewDetailDto = ReviewDto & {
  facts: ReviewFacts;
  timeline: (LogEntryDto & { isHidden: boolean })[];
  actions: ActionDto[];
  /** The day by which what follows should be done. */
  actionsDueOn: string;
};

export type MissingReviewDto = { number: number; title: string; priority: string; resolvedAt: string };
