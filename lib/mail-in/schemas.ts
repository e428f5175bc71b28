import { z } from "zod";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { idField, lineField } from "#lib/field-schemas";
import { DETECTION_SOURCES } from "#lib/incidents/vocabulary";
import { FILTER_MODES, MAIL_CREATION, MAIL_FIELDS, PARSING_FALLBACKS } from "#lib/mail-in/mail-rules";
import type { MailPredicate } from "#lib/mail-in/mail-rules";

const field = z.enum(MAIL_FIELDS);
const text = z.string().min(1, "can't be empty").max(1000, "has at most 1000 characters");
const MOST_RULES = 50;
const DEEPEST = 6;

/** Conditions nest a few levels deep. */
function predicateSchema(depth: number): z.ZodType<MailPredicate> {
  const leaf = z.object({ kind: z.enum(["contains", "exactly", "regex"]), field, value: text });
  if (depth === 0) return leaf;
  const inner = predicateSchema(depth - 1);
  return z.union([
    leaf,
    z.object({ kind: z.enum(["all", "any"]), of: z.array(inner).min(1).max(MOST_RULES) }),
    z.object({ kind: z.literal("not"), of: inner }),
  ]);
}

const extractor = z.union([
  z.object({ kind: z.literal("entire"), field }),
  z.object({ kind: z.literal("regex"), field, regex: text }),
  z.object({ kind: z.literal("between"), field, startsAfter: text, endsBefore: z.string().max(1000) }),
]);

export const mailSettingsSchema = z.object({
  creation: z.enum(MAIL_CREATION),
  filterMode: z.enum(FILTER_MODES),
  filters: z
    .array(z.object({ field, mode: z.enum(["match", "no-match"]), pattern: text }))
    .max(MOST_RULES, `has at most ${MOST_RULES} filters`),
  parsers: z
    .array(
      z.object({
        action: z.enum(["trigger", "resolve"]),
        when: predicateSchema(DEEPEST),
        key: extractor,
        values: z
          .array(z.object({ name: lineField(64), extract: extractor }))
          .max(MOST_RULES)
          .default([]),
      }),
    )
    .max(MOST_RULES, `has at most ${MOST_RULES} rules`),
  fallback: z.enum(PARSING_FALLBACKS),
  allowedSenders: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[^\s@]*@?[a-z0-9.-]+$/, "is an address or a domain")
        .max(254),
    )
    .max(200, "has at most 200 entries"),
  requireProof: z.boolean(),
  autoAnswer: z.boolean(),
  severity: z.enum(SEVERITIES),
});

const localPart = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._+-]{0,62}$/, "has letters, digits and . _ + - only")
  .refine((value) => !/^(reply|bounce)\+/.test(value), "is kept for answers to pages");

export const mailboxInputSchema = z.object({ serviceId: idField, name: lineField(255), localPart });
export type MailboxInput = z.input<typeof mailboxInputSchema>;

/** What is left out stays as it is. */
export const mailboxUpdateSchema = z.object({
  integrationId: idField,
  localPart: localPart.optional(),
  settings: mailSettingsSchema.optional(),
  detectionSource: z.enum(DETECTION_SOURCES).optional(),
});
export type MailboxUpdate = z.input<typeof mailboxUpdateSchema>;

export const tryMailboxSchema = z.object({
  settings: mailSettingsSchema,
  mail: z.object({
    from: z.string().max(320),
    subject: z.string().max(1000),
    body: z.string().max(20_000, "has at most 20,000 characters"),
  }),
});
export type TryMailboxInput = z.input<typeof tryMailboxSchema>;
