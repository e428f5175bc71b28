import { z } from "zod";
import { idField, lineField, proseField, timeZoneField } from "#lib/field-schemas";
import { parseHandOffAddress } from "#lib/on-call/hand-off-address";
import { ROTATION_ADVANCES, ROTATION_UNITS } from "#lib/on-call/schedule";

/** An instant: a Date, or ISO 8601 with its offset. */
const instantField = z.union([
  z.date(),
  z.iso
    .datetime({ offset: true, error: "is no date and time with an offset" })
    .transform((text) => new Date(text)),
]);

const rotationSchema = z.object({
  virtualStart: z.string(),
  unit: z.enum(ROTATION_UNITS),
  length: z.number(),
  advance: z.enum(ROTATION_ADVANCES).default("clock"),
  shiftSeconds: z.number().optional(),
  firstGroup: z.number().optional(),
  timeZone: timeZoneField.optional(),
});

const restrictionSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("daily"), startTime: z.string(), durationSeconds: z.number() }),
  z.object({
    type: z.literal("weekly"),
    startDay: z.number(),
    startTime: z.string(),
    durationSeconds: z.number(),
  }),
]);

const layerSchema = z.object({
  /** The layer that it continues; anything else is a new layer and gets an id of its own. */
  id: z.string().max(64).optional(),
  name: lineField(255),
  /** Left out: from now on. */
  startsAt: instantField.optional(),
  endsAt: instantField.nullable().default(null),
  rotation: rotationSchema,
  /** Groups of people in turn order; an empty group is a turn that nobody has. */
  turns: z.array(z.array(idField).max(20, "takes at most 20 people")).max(100, "takes at most 100 turns"),
  restrictions: z.array(restrictionSchema).max(50, "takes at most 50 restrictions").default([]),
  /** Hours on each member's own clocks. */
  ownHours: z.array(restrictionSchema).max(50, "takes at most 50 restrictions").default([]),
  together: z.boolean().default(false),
  /** True: turns are counted anew from the rotation's start, instead of leaving today's turn with whoever has it. */
  restartsRotation: z.boolean().default(false),
});

/** A whole schedule as the editor holds it; layers from the lowest to the highest. */
export const scheduleDocumentSchema = z.object({
  name: lineField(255),
  description: proseField(1024).default(null),
  timeZone: timeZoneField,
  teamId: idField.nullable().default(null),
  layers: z.array(layerSchema).max(40, "takes at most 40 layers"),
  /** Times that need nobody. Left out: as it was before. */
  offDuty: z.array(restrictionSchema).max(50, "takes at most 50 times").optional(),
});
export type ScheduleDocument = z.input<typeof scheduleDocumentSchema>;

/** `expectedVersion` is the version that the editor started from; null replaces whatever there is. */
export const schedulePublicationSchema = scheduleDocumentSchema.extend({
  scheduleId: idField,
  expectedVersion: z.int().nullable().default(null),
});
export type SchedulePublication = z.input<typeof schedulePublicationSchema>;

export const windowSchema = z
  .object({ start: instantField, end: instantField })
  .refine(({ start, end }) => start < end, "must end after it starts")
  .refine(({ start, end }) => end.getTime() - start.getTime() <= 400 * 86_400_000, "is longer than 400 days");
export type WindowInput = z.input<typeof windowSchema>;

export const previewSchema = z.object({
  /** Null: a schedule that doesn't exist yet. */
  scheduleId: idField.nullable().default(null),
  document: scheduleDocumentSchema,
  window: windowSchema,
});
export type PreviewInput = z.input<typeof previewSchema>;

export const overrideInputSchema = z
  .object({
    userId: idField,
    /** Only this person's shifts are taken over. Null: whoever is on call, or the empty slot. */
    replacesUserId: idField.nullable().default(null),
    /** Left out: from now on. */
    startsAt: instantField.optional(),
    endsAt: instantField.optional(),
    /** Elapsed hours, whatever the clocks do meanwhile. */
    hours: z
      .number()
      .positive("must be more than nothing")
      .max(24 * 366, "is too long")
      .optional(),
    /** What the clocks of the schedule's zone (or of `timeZone`) show at the end: "2026-03-08T12:00". */
    untilLocal: z.string().optional(),
    timeZone: timeZoneField.optional(),
  })
  .refine(
    ({ endsAt, hours, untilLocal }) =>
      [endsAt, hours, untilLocal].filter((end) => end !== undefined).length === 1,
    { error: "needs exactly one of endsAt, hours and untilLocal", path: ["endsAt"] },
  );
export type OverrideInput = z.input<typeof overrideInputSchema>;

export const overridesInputSchema = z.object({
  scheduleId: idField,
  overrides: z
    .array(overrideInputSchema)
    .min(1, "needs at least one override")
    .max(100, "takes at most 100 overrides"),
});
export type OverridesInput = z.input<typeof overridesInputSchema>;

export const overridePreviewSchema = z
  .object({
    scheduleId: idField,
    /** What the clocks of `timeZone` show: "2026-03-08T12:00". */
    fromLocal: z.string(),
    timeZone: timeZoneField,
    hours: z
      .number()
      .positive("must be more than nothing")
      .max(24 * 366, "is too long")
      .optional(),
    untilLocal: z.string().optional(),
  })
  .refine(({ hours, untilLocal }) => (hours === undefined) !== (untilLocal === undefined), {
    error: "needs either hours or untilLocal",
    path: ["untilLocal"],
  });
export type OverridePreviewInput = z.input<typeof overridePreviewSchema>;

const spanFields = { startsAt: instantField, endsAt: instantField };
const endsAfterStart = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => startsAt < endsAt;
const END_BEFORE_START = { error: "must be after the start", path: ["endsAt"] };
const spanSchema = z.object(spanFields).refine(endsAfterStart, END_BEFORE_START);

export const coverRequestSchema = z
  .object({
    scheduleId: idField,
    ...spanFields,
    /** Null: everybody who stands in the schedule. */
    askedUserId: idField.nullable().default(null),
    /** A swap: the shift of the person asked that is taken over in return. */
    inReturn: spanSchema.nullable().default(null),
    message: proseField(500).default(null),
  })
  .refine(endsAfterStart, END_BEFORE_START)
  .refine(({ askedUserId, inReturn }) => inReturn === null || askedUserId !== null, {
    error: "needs one person to swap with",
    path: ["askedUserId"],
  });
export type CoverRequestInput = z.input<typeof coverRequestSchema>;

export const coverOfferBody = z.object({
  /** Null: all that is open. */
  span: spanSchema.nullable().default(null),
});
export const coverOfferSchema = coverOfferBody.extend({ requestId: idField });
export type CoverOfferInput = z.input<typeof coverOfferSchema>;

export const scheduleParams = z.object({ scheduleId: idField });
export const coverParams = z.object({ requestId: idField });
export const coverOfferParams = z.object({ requestId: idField, offerId: idField });
export const overrideParams = z.object({ scheduleId: idField, overrideId: idField });

export const timeOffSchema = z.object({
  /** Left out: oneself. */
  userId: idField.optional(),
  firstDay: z.iso.date("is no date"),
  /** The last day away, itself included. */
  lastDay: z.iso.date("is no date"),
  note: proseField(255).default(null),
});
export type TimeOffInput = z.input<typeof timeOffSchema>;

export const timeOffCalendarSchema = z.object({
  /** Null: no calendar any more. */
  url: z
    .string()
    .trim()
    .max(2000, "is too long")
    .regex(/^(https?|webcals?):\/\/\S+$/i, "must be an http, https or webcal address")
    .nullable(),
});
export type TimeOffCalendarInput = z.input<typeof timeOffCalendarSchema>;
export const timeOffParams = z.object({ timeOffId: idField });

export const handOffParams = z.object({
  /** Its address, as `handOffAddress` writes it. */
  handOff: z.string().transform((text, check) => {
    const ref = parseHandOffAddress(text);
    if (ref !== null) return ref;
    check.addIssue({ code: "custom", message: "is no hand-off" });
    return z.NEVER;
  }),
});

export const watchOutsSchema = z.object({
  text: proseField(10_000),
  /** When what the writer started from was written; null: there was nothing. */
  startedFrom: z.string().nullable(),
});

export const shadowBody = z
  .object({
    userId: idField,
    /** Null: whoever is on call. */
    followsUserId: idField.nullable().default(null),
    ...spanFields,
    /** Whether the shadow is told when a shift begins. */
    isTold: z.boolean().default(false),
  })
  .refine(endsAfterStart, END_BEFORE_START)
  .refine(({ userId, followsUserId }) => userId !== followsUserId, {
    error: "must be somebody else",
    path: ["followsUserId"],
  });
export const shadowSchema = z.intersection(z.object({ scheduleId: idField }), shadowBody);
export type ShadowInput = z.input<typeof shadowSchema>;
export const shadowParams = z.object({ scheduleId: idField, shadowId: idField });
