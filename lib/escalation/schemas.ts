import { z } from "zod";
import { HANDOFF_NOTIFICATIONS, OTHERWISE, STRATEGIES, TARGET_TYPES } from "#lib/escalation/policy";
import { idField, lineField, proseField, timeOfDayField, timeZoneField } from "#lib/field-schemas";
import { URGENCIES } from "#lib/incidents/vocabulary";

const targetSchema = z.object({ type: z.enum(TARGET_TYPES), id: idField });

const conditionSchema = z.object({
  timeZone: timeZoneField,
  startTime: timeOfDayField,
  endTime: timeOfDayField,
  daysOfWeek: z
    .array(z.int().min(1).max(7))
    .min(1, "needs at least one day")
    .readonly()
    .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
  otherwise: z.enum(OTHERWISE).default("skip"),
});

const levelFields = {
  /** Of the level that this one was before; without it the level at the same place is meant. */
  id: idField.nullish(),
  delayMinutes: z.int().min(1, "must be at least 1 minute").max(1440, "must be at most a day"),
  strategy: z.enum(STRATEGIES).default("everyone"),
  cycleMinutes: z.int().min(1, "must be at least 1 minute").nullable().default(null),
  notifyOnly: z.boolean().default(false),
  condition: conditionSchema.nullable().default(null),
};

const levelSchema = z
  .object({
    ...levelFields,
    targets: z
      .array(targetSchema)
      .min(1, "needs at least one target")
      .max(10, "takes at most 10 targets")
      .refine(
        (targets) => new Set(targets.map(({ id }) => id)).size === targets.length,
        "names a target twice",
      ),
  })
  .superRefine(({ strategy, cycleMinutes, delayMinutes }, check) => {
    const refuse = (message: string) => check.addIssue({ code: "custom", path: ["cycleMinutes"], message });
    if (strategy !== "round_robin_cycle") {
      if (cycleMinutes !== null) refuse("belongs to round robin with turns");
    } else if (cycleMinutes === null) refuse("is needed for turns");
    else if (cycleMinutes >= delayMinutes) refuse("must be less than the wait after the level");
  });

const nobodyAnsweredSchema = z
  .object({
    tell: z
      .discriminatedUnion("type", [
        z.object({ type: z.literal("user"), id: idField }),
        z.object({ type: z.literal("managers") }),
      ])
      .nullable()
      .default(null),
    raiseUrgency: z.boolean().default(false),
    priorityId: idField.nullable().default(null),
    policyId: idField.nullable().default(null),
    repeat: z.boolean().default(false),
  })
  .refine(({ policyId, repeat }) => policyId === null || !repeat, {
    path: ["repeat"],
    message: "can't repeat what is handed over to another policy",
  });

/** A whole policy, as it is created and replaced. */
export const policyInputSchema = z.object({
  name: lineField(255),
  description: proseField(1024).default(null),
  numLoops: z.int().min(0).max(9, "must be at most 9").default(0),
  teamId: idField.nullable().default(null),
  fallbackUserId: idField.nullable().default(null),
  onCallHandoffNotifications: z.enum(HANDOFF_NOTIFICATIONS).default("if_has_services"),
  nobodyAnswered: nobodyAnsweredSchema.prefault({}),
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
  /** Of the saved policy, whose turns it continues. */
  policyId: idField.nullish(),
  name: z.string().max(255).default(""),
  numLoops: z.int().min(0).max(9).default(0),
  teamId: idField.nullable().default(null),
  fallbackUserId: idField.nullable().default(null),
  nobodyAnswered: nobodyAnsweredSchema.prefault({}),
  levels: z.array(z.object({ ...levelFields, targets: z.array(targetSchema).max(10) })).max(20),
  /** When the incident begins, ISO 8601 with offset. Left out: now. */
  at: z.iso.datetime({ offset: true }).optional(),
  urgency: z.enum(URGENCIES).default("high"),
  /** Whether the service escalates low urgency. */
  escalateLowUrgency: z.boolean().default(false),
});
export type PolicyTrial = z.input<typeof policyTrialSchema>;

/** Applying a policy to the open incidents that follow an older version of it. */
export const policyApplicationSchema = z.object({
  /** The version whose effect was looked at. */
  expectedVersion: z.int(),
});
