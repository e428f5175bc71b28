import { z } from "zod";
import { idField, lineField, proseField } from "#lib/field-schemas";
import { HANDOFF_NOTIFICATIONS, TARGET_TYPES } from "#lib/escalation/policy";

const targetSchema = z.object({ type: z.enum(TARGET_TYPES), id: idField });

const levelSchema = z.object({
  delayMinutes: z.int().min(1, "must be at least 1 minute").max(1440, "must be at most a day"),
  targets: z
    .array(targetSchema)
    .min(1, "needs at least one target")
    .max(10, "takes at most 10 targets")
    .refine(
      (targets) => new Set(targets.map(({ id }) => id)).size === targets.length,
      "names a target twice",
    ),
});

/** A whole policy, as it is created and replaced. */
export const policyInputSchema = z.object({
  name: lineField(255),
  description: proseField(1024).default(null),
  numLoops: z.int().min(0).max(9, "must be at most 9").default(0),
  teamId: idField.nullable().default(null),
  fallbackUserId: idField.nullable().default(null),
  onCallHandoffNotifications: z.enum(HANDOFF_NOTIFICATIONS).default("if_has_services"),
  levels: z.array(levelSchema).min(1, "needs at least one level").max(20, "takes at most 20 levels"),
});
export type PolicyInput = z.input<typeof policyInputSchema>;

/** `expectedVersion` is the version that the editor started from; null replaces whatever there is. */
export const policyUpdateSchema = policyInputSchema.extend({
  policyId: idField,
  expectedVersion: z.int().nullable().default(null),
});
export type PolicyUpdate = z.input<typeof policyUpdateSchema>;

export const policyParams = z.object({ policyId: idField });

/** A policy that may still be half written, to be tried out. */
export const policyTrialSchema = z.object({
  name: z.string().max(255).default(""),
  numLoops: z.int().min(0).max(9).default(0),
  teamId: idField.nullable().default(null),
  fallbackUserId: idField.nullable().default(null),
  levels: z
    .array(z.object({ delayMinutes: z.int().min(1).max(1440), targets: z.array(targetSchema).max(10) }))
    .max(20),
  /** When the incident begins, ISO 8601 with offset. Left out: now. */
  at: z.iso.datetime({ offset: true }).optional(),
});
export type PolicyTrial = z.input<typeof policyTrialSchema>;
