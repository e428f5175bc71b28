import { z } from "zod";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { MAX_LABEL_LENGTH } from "#lib/events/event";
import { idField, lineField, proseField, webUrlField } from "#lib/field-schemas";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { CACHE_DATA_TYPES } from "#lib/rules/cache-variable";
import { COMPARISONS, RULE_SET_KINDS, WRITABLE_FIELDS } from "#lib/rules/rule";
import type { RuleCondition, RulePath } from "#lib/rules/rule";

const path = z.string().trim().min(1, "Name the field").max(500);
const pattern = z.string().min(1, "Write a pattern").max(1000);
const template = z.string().max(4000);
const ruleId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

const condition: z.ZodType<RuleCondition, RuleCondition> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("simple"),
    match: z.enum(["all", "any"]),
    comparisons: z.array(z.object({ path, is: z.enum(COMPARISONS), value: z.string().max(1000) })).max(50),
  }),
  z.object({ kind: z.literal("cel"), expression: z.string().max(4000) }),
  z.object({ kind: z.literal("listed"), expressions: z.array(z.string().trim().min(1).max(4000)).max(50) }),
]);

const actions = z.object({
  routeTo: z.string().nullable(),
  dynamicRoute: z.object({ lookUpBy: z.enum(["id", "name"]), path, pattern }).nullable(),
  suppress: z.boolean(),
  pauseSeconds: z.number().int().min(1).max(86_400).nullable(),
  drop: z.boolean(),
  severity: z.enum(SEVERITIES).nullable(),
  action: z.enum(["trigger", "resolve"]).nullable(),
  urgency: z.enum(URGENCIES).nullable(),
  priorityId: z.string().nullable(),
  policyId: z.string().nullable(),
  note: template.nullable(),
  tags: z.array(z.string().trim().min(1).max(60)).max(20),
  variables: z
    .array(
      z.object({ name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "a to z, digits and _"), path, pattern }),
    )
    .max(20),
  writes: z
    .array(
      z.object({
        field: z.enum(WRITABLE_FIELDS),
        key: z.string().trim().min(1).max(MAX_LABEL_LENGTH).nullable(),
        from: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("template"), template }),
          z.object({ kind: z.literal("pattern"), path, pattern }),
        ]),
      }),
    )
    .max(20),
  webhooks: z.array(idField).max(5, "calls at most 5 webhooks").default([]),
});

const rule = z.object({
  id: ruleId,
  label: z.string().trim().min(1, "Give the rule a name").max(200),
  reason: z.string().max(2000),
  disabled: z.boolean(),
  shadow: z.boolean(),
  when: condition,
  threshold: z
    .object({
      moreThan: z.number().int().min(1).max(1000),
      withinSeconds: z.number().int().min(1).max(86_400),
    })
    .nullable(),
  actions,
  goTo: z.string().nullable(),
});

/** The rules of a set, as they are published and tried. */
export const rulePathSchema: z.ZodType<RulePath> = z.object({
  sections: z
    .array(z.object({ id: ruleId, name: z.string().trim().min(1).max(200), rules: z.array(rule).max(1000) }))
    .min(1)
    .max(100),
  catchAll: actions,
});

/** Which rule set: one of the organisation's, or a service's own. */
export const rulePlaceSchema = z.object({
  kind: z.enum(RULE_SET_KINDS),
  serviceId: z.string().nullable(),
});

export const publishRulesSchema = rulePlaceSchema.extend({
  path: rulePathSchema,
  reason: z.string().trim().min(1, "Say why").max(2000),
  /** The version that was edited; 0: there was none. */
  expectedVersion: z.number().int().min(0),
});

export type PublishRulesInput = z.infer<typeof publishRulesSchema>;
export type RulePlace = z.infer<typeof rulePlaceSchema>;

export const tryRulesSchema = rulePlaceSchema.extend({
  path: rulePathSchema,
  /** An event to try instead of those that came in. */
  payload: z.string().max(100_000).nullable(),
});
export const routingSchema = z.object({ integrationId: z.string(), isRouted: z.boolean() });

export type TryRulesInput = z.infer<typeof tryRulesSchema>;

const cacheName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "has a to z, digits and _ and begins with a letter");
const ttl = z.number().int().min(1, "is at least 1 second").max(31_536_000, "is at most a year");
const shared = { name: cacheName, disabled: z.boolean().default(false) };

/** What a cache variable is, by its kind. */
export const cacheVariableSchema = z.discriminatedUnion("kind", [
  z.object({
    ...shared,
    kind: z.literal("recent_value"),
    when: condition,
    path,
    pattern,
    ttlSeconds: ttl.nullable().default(null),
  }),
  z.object({ ...shared, kind: z.literal("trigger_event_count"), when: condition, ttlSeconds: ttl }),
  z.object({
    ...shared,
    kind: z.literal("external_data"),
    dataType: z.enum(CACHE_DATA_TYPES),
    ttlSeconds: ttl,
  }),
]);
export type CacheVariableInput = z.input<typeof cacheVariableSchema>;

export const newCacheVariableSchema = z.object({
  serviceId: idField.nullable().default(null),
  variable: cacheVariableSchema,
});
export const cacheParams = z.object({ variableId: idField });
/** Null: nothing any more. */
export const cacheValueSchema = z.object({
  value: z.union([z.string().max(1024), z.number(), z.boolean()]).nullable(),
});
export type CacheValueInput = z.infer<typeof cacheValueSchema>;

/** Names what is encrypted. */
export const RULE_WEBHOOK_SECRET = "rule-webhook";
export const ruleWebhookSecretSchema = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  signing: z.string(),
});
export type RuleWebhookSecret = z.infer<typeof ruleWebhookSecretSchema>;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const OWN_HEADERS =
  /^(host|content-length|content-type|transfer-encoding|connection|idempotency-key|x-touchline-.*)$/i;

const webhookFields = {
  name: lineField(100),
  url: webUrlField,
  headers: z.record(
    z
      .string()
      .regex(HEADER_NAME, "is not a header's name")
      .refine((name) => !OWN_HEADERS.test(name), "is set by Touchline itself"),
    z
      .string()
      .max(2000)
      .regex(/^[\t\x20-\x7e]*$/, "has characters that a header can't hold"),
  ),
  template: proseField(20_000),
};
export const ruleWebhookSchema = z.object({
  ...webhookFields,
  headers: webhookFields.headers.default({}),
  template: webhookFields.template.default(null),
});
export type RuleWebhookInput = z.input<typeof ruleWebhookSchema>;
/** What is left out stays as it is. */
export const ruleWebhookUpdateSchema = z.object(webhookFields).partial();
export type RuleWebhookUpdate = z.input<typeof ruleWebhookUpdateSchema>;
export const ruleWebhookParams = z.object({ webhookId: idField });
