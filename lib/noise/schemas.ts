import { z } from "zod";
import { idField, lineField, timeZoneField } from "#lib/field-schemas";
import { JUDGEMENTS } from "#lib/noise/feedback";
import { GROUPING_FIELDS, GROUPING_MODES, LONGEST_GROUP_SECONDS } from "#lib/noise/grouping-setting";
import { REPEATS } from "#lib/noise/maintenance";
import { PAUSES, RECOMMENDED } from "#lib/noise/transient";

const DETAIL = /^custom_details(\.[^.\s]{1,100}){1,6}$/;
const SHORTEST_WINDOW = 60;

const fieldName = z
  .string()
  .trim()
  .refine(
    (name) => GROUPING_FIELDS.some((known) => known === name) || DETAIL.test(name),
    `is none of ${GROUPING_FIELDS.join(", ")} and custom_details.…`,
  );

const settingFields = {
  mode: z.enum(GROUPING_MODES),
  windowSeconds: z
    .int()
    .max(LONGEST_GROUP_SECONDS, "can't be longer than 24 hours")
    .refine((seconds) => seconds === 0 || seconds >= SHORTEST_WINDOW, "must be at least a minute"),
  fields: z.array(fieldName).max(10, "takes at most 10 fields"),
  aggregate: z.enum(["all", "any"]),
  threshold: z.number().min(0.1, "must be at least 0.1").max(1, "can't be more than 1"),
};

type Setting = { mode: string; windowSeconds: number; fields: string[] };

function refuseGaps({ mode, windowSeconds, fields }: Setting, check: z.RefinementCtx): void {
  const needsFields = mode === "content" || mode === "both";
  if (needsFields && fields.length === 0) {
    check.addIssue({ code: "custom", path: ["fields"], message: "needs at least one field" });
  }
  if (mode !== "time" && mode !== "off" && windowSeconds === 0) {
    check.addIssue({ code: "custom", path: ["windowSeconds"], message: "must be at least a minute" });
  }
}

export const groupingSettingSchema = z.object(settingFields).superRefine(refuseGaps);

/** The version that the editor started from; null: whatever is in force, or none yet. */
const expectedVersion = z.int().nullable().default(null);

const serviceGroupingFields = { ...settingFields, raisesUrgency: z.boolean(), expectedVersion };

export const serviceGroupingBody = z.object(serviceGroupingFields).superRefine(refuseGaps);

export const serviceGroupingSchema = z
  .object({ serviceId: idField, ...serviceGroupingFields })
  .superRefine(refuseGaps);
export type ServiceGroupingInput = z.input<typeof serviceGroupingSchema>;

export const groupingSetSchema = z
  .object({
    groupingId: idField.nullable(),
    name: lineField(100),
    serviceIds: z.array(idField).min(2, "needs at least two services").max(250, "takes at most 250 services"),
    ...settingFields,
    raisesUrgency: z.boolean(),
    expectedVersion,
  })
  .superRefine(refuseGaps);
export type GroupingSetInput = z.input<typeof groupingSetSchema>;

export const groupingParams = z.object({ groupingId: idField });

export const previewSchema = z.object({
  serviceIds: z.array(idField).min(1).max(250),
  setting: groupingSettingSchema,
  autoPauseSeconds: z.number().nullable(),
});
export type PreviewInput = z.input<typeof previewSchema>;

export const quietSettingsSchema = z.object({
  serviceId: idField,
  autoPauseSeconds: z
    .number()
    .refine((seconds) => seconds === RECOMMENDED || PAUSES.some((pause) => pause === seconds), {
      error: `is none of ${[RECOMMENDED, ...PAUSES].join(", ")}`,
    })
    .nullable(),
  dampFlapping: z.boolean(),
  stormMode: z.boolean(),
});
export type QuietSettingsInput = z.input<typeof quietSettingsSchema>;

/** The longest a window may be, in days. */
const LONGEST_WINDOW_DAYS = 90;
const DAY_MS = 86_400_000;

/** ISO 8601 with an offset. It stays text: what is checked twice must not be changed in between. */
const instantField = z.iso.datetime({ offset: true, error: "is not an instant" });

const windowFields = {
  summary: lineField(200),
  serviceIds: z.array(idField).min(1, "needs at least one service").max(250, "takes at most 250 services"),
  startsAt: instantField,
  endsAt: instantField,
  repeats: z.enum(REPEATS),
  timeZone: timeZoneField,
  lastsUntil: instantField.nullable(),
  label: z.object({ field: fieldName, value: lineField(255) }).nullable(),
};

export const maintenanceBody = z.object(windowFields).superRefine((window, check) => {
  const length = Date.parse(window.endsAt) - Date.parse(window.startsAt);
  const refuse = (message: string) => check.addIssue({ code: "custom", path: ["endsAt"], message });
  if (length <= 0) refuse("must be after the start");
  if (length > LONGEST_WINDOW_DAYS * DAY_MS) refuse(`can't be more than ${LONGEST_WINDOW_DAYS} days later`);
  const period = { never: Number.POSITIVE_INFINITY, daily: DAY_MS, weekly: 7 * DAY_MS }[window.repeats];
  if (length > period) refuse("is after the next one begins");
});
export type MaintenanceInput = z.input<typeof maintenanceBody>;

export const windowParams = z.object({ windowId: idField });
export const extendWindowSchema = z.object({
  windowId: idField,
  minutes: z.int().min(1, "must be at least a minute").max(1440, "can't be more than a day"),
});

export const moveAlertsSchema = z.object({
  incidentId: idField,
  alertIds: z.array(idField).min(1, "needs at least one alert").max(250, "takes at most 250 alerts"),
  /** The open incident they belong to; null: a new one. */
  toIncidentId: idField.nullable(),
});
export type MoveAlertsInput = z.input<typeof moveAlertsSchema>;

export const judgeAlertSchema = z.object({ alertId: idField, judgement: z.enum(JUDGEMENTS) });
export type JudgeAlertInput = z.input<typeof judgeAlertSchema>;

export const alertParams = z.object({ alertId: idField });
