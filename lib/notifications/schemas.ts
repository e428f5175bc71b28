import { z } from "zod";
import { idField, lineField, webUrlField } from "#lib/field-schemas";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { CHAT_CHANNELS, chatAddressFault, SLACK_CHANNEL } from "#lib/notifications/chat-address";
import { SAMPLE_PAGE } from "#lib/notifications/sample-page";
import { CHANNELS, DELIVERY_STATES, HANDOFF_TYPES, RULE_KINDS } from "#lib/notifications/vocabulary";
import { webhookTemplateFault } from "#lib/notifications/webhook-template";

const label = lineField(100);
const emailField = z
  .string()
  .trim()
  .max(254, "is too long (at most 254 characters)")
  .pipe(z.email("must be an e-mail address"));

const HOP_HEADERS = new Set([
  "connection",
  "content-length",
  "content-type",
  "host",
  "idempotency-key",
  "transfer-encoding",
  "upgrade",
]);
const headers = z
  .record(
    z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9-]{1,100}$/, "is not the name of a header")
      .refine((name) => !HOP_HEADERS.has(name), "is set by Touchline itself"),
    z.string().regex(/^[\x20-\x7e]{0,1000}$/, "must be one line of ASCII"),
  )
  .refine((all) => Object.keys(all).length <= 20, "are too many (at most 20)");

const chatMethod = z
  .object({
    userId: idField,
    channel: z.enum(CHAT_CHANNELS),
    label,
    address: z.string().trim().max(2048, "is too long"),
    /** An access token of an ntfy server. */
    token: z.string().trim().max(200, "is too long").optional(),
    /** Of a webhook: what its document looks like, if not like ours, and headers to go with it. */
    template: z.string().max(20_000, "is too long").optional(),
    headers: headers.optional(),
  })
  .superRefine(({ channel, address, template }, check) => {
    const fault = chatAddressFault(channel, address);
    if (fault !== null) check.addIssue({ code: "custom", path: ["address"], message: fault });
    const wrong = template === undefined ? null : webhookTemplateFault(template, SAMPLE_PAGE);
    if (wrong !== null) check.addIssue({ code: "custom", path: ["template"], message: wrong });
  });

/** Push is not added by hand: a browser subscribes itself. Nor is Telegram: its chat says whose it is. */
export const addContactMethodSchema = z.discriminatedUnion(
  "channel",
  [z.object({ userId: idField, channel: z.literal("email"), label, address: emailField }), chatMethod],
  { error: "is not a way to reach somebody here" },
);
export type AddContactMethodInput = z.input<typeof addContactMethodSchema>;

export const updateContactMethodSchema = z.object({
  contactMethodId: idField,
  label: label.optional(),
  enabled: z.boolean().optional(),
});
export type UpdateContactMethodInput = z.input<typeof updateContactMethodSchema>;

/** What the browser's addresses name. */
export const contactMethodParams = z.object({ contactMethodId: idField });

const ruleFields = {
  contactMethodId: idField,
  delayMinutes: z
    .number()
    .int("must be whole minutes")
    .min(0, "can't be negative")
    .max(1440, "is at most a day"),
};

const advanceMinutes = z
  .number()
  .int("must be whole minutes")
  .min(0, "can't be negative")
  .max(2880, "is at most two days");

/** The rules of one kind, of assigned incidents those of one urgency. */
export const notificationRulesBody = z.object({
  kind: z.enum(RULE_KINDS).default("assigned"),
  urgency: z.enum(URGENCIES).nullish(),
  rules: z
    .array(
      z.object({
        ...ruleFields,
        delayMinutes: ruleFields.delayMinutes.default(0),
        advanceMinutes: advanceMinutes.nullish(),
        handoffType: z.enum(HANDOFF_TYPES).nullish(),
      }),
    )
    .max(50, "are too many (at most 50)"),
});

export const setNotificationRulesSchema = notificationRulesBody
  .extend({ userId: idField })
  .refine(({ kind, urgency }) => (kind === "assigned") === Boolean(urgency), {
    path: ["urgency"],
    message: "belongs to rules for assigned incidents, and to them alone",
  })
  .refine(
    ({ kind, rules }) =>
      rules.every(
        (rule) => (kind === "handoff") === (rule.handoffType != null && rule.advanceMinutes != null),
      ),
    {
      path: ["rules"],
      message: "of hand-offs say which end of a shift and how long before, and only they do",
    },
  );
export type SetNotificationRulesInput = z.input<typeof setNotificationRulesSchema>;

export const addNotificationRuleSchema = z.object({
  userId: idField,
  urgency: z.enum(URGENCIES),
  ...ruleFields,
});
export type AddNotificationRuleInput = z.input<typeof addNotificationRuleSchema>;

export const addHandoffRuleSchema = z.object({
  userId: idField,
  contactMethodId: idField,
  handoffType: z.enum(HANDOFF_TYPES),
  advanceMinutes,
});
export type AddHandoffRuleInput = z.input<typeof addHandoffRuleSchema>;

export const updateHandoffRuleSchema = z
  .object({ contactMethodId: idField, handoffType: z.enum(HANDOFF_TYPES), advanceMinutes })
  .partial()
  .extend({ ruleId: idField });
export type UpdateHandoffRuleInput = z.input<typeof updateHandoffRuleSchema>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is a time like 22:00");

/** When what can wait may be sent; null: at any time. */
const lowUrgencyHoursSchema = z
  .object({
    mode: z.enum(["quiet", "working"]),
    startTime: timeOfDay,
    endTime: timeOfDay,
    daysOfWeek: z.array(z.number().int().min(1).max(7)).min(1, "name at least one day").max(7),
  })
  .refine(({ mode, startTime, endTime }) => mode === "working" || startTime !== endTime, {
    path: ["endTime"],
    message: "must differ from the start, or it would never be loud",
  })
  .nullable();

export const notificationPreferencesBody = z
  .object({ lowUrgencyHours: lowUrgencyHoursSchema, selfTest: z.boolean() })
  .partial();
export const notificationPreferencesSchema = notificationPreferencesBody.extend({ userId: idField });
export type NotificationPreferencesInput = z.input<typeof notificationPreferencesSchema>;

/** What is left out stays as it is. */
export const updateNotificationRuleSchema = z
  .object({ urgency: z.enum(URGENCIES), ...ruleFields })
  .partial()
  .extend({ ruleId: idField });
export type UpdateNotificationRuleInput = z.input<typeof updateNotificationRuleSchema>;

/** What PushSubscription.toJSON() gives, and what to call the browser. */
export const savePushSubscriptionSchema = z.object({
  endpoint: webUrlField.refine((url) => url.length <= 2048, "is too long"),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{87}=?$/, "is not a P-256 key"),
    auth: z.string().regex(/^[\w-]{22}(==)?$/, "is not an authentication secret"),
  }),
  label,
});
export type SavePushSubscriptionInput = z.input<typeof savePushSubscriptionSchema>;

const instant = z.iso.datetime();

export const deliveryStepSchema = z.object({
  state: z.enum(DELIVERY_STATES),
  at: instant,
  detail: z.string().nullable(),
});

/** One send, and every state it was in. Addresses are masked. */
export const deliveryDtoSchema = z.object({
  id: z.string(),
  pageId: z.string(),
  incident: z.object({ id: z.string(), number: z.number(), title: z.string() }).nullable(),
  user: z.object({ id: z.string(), name: z.string() }),
  channel: z.enum(CHANNELS),
  address: z.string(),
  contactMethodId: z.string().nullable(),
  reason: z.string(),
  urgency: z.enum(URGENCIES),
  level: z.number().nullable(),
  delayMinutes: z.number(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number(),
  lastError: z.string().nullable(),
  createdAt: instant,
  dueAt: instant,
  sentAt: instant.nullable(),
  endedAt: instant.nullable(),
  steps: z.array(deliveryStepSchema),
});
export type DeliveryDto = z.infer<typeof deliveryDtoSchema>;

export const notificationLogFilterSchema = z.object({
  userId: idField.optional(),
  incidentId: idField.optional(),
  channel: z.enum(CHANNELS).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  since: instant.optional(),
  until: instant.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type NotificationLogFilter = z.input<typeof notificationLogFilterSchema>;

export type OutboxMessageDto = {
  id: string;
  at: string;
  to: string;
  subject: string;
  deliveryId: string | null;
};

export type ContactMethodDto = {
  id: string;
  channel: (typeof CHANNELS)[number];
  label: string;
  /** Whole for the person themselves and who manages people; masked for everybody else. */
  address: string;
  enabled: boolean;
  /** False: nothing is sent until a provider of its channel is set up. */
  available: boolean;
  verifiedAt: string | null;
  lastDeliveredAt: string | null;
  lastFailedAt: string | null;
  lastError: string | null;
};

/** A Slack channel in which the incidents of a team or of a service are posted. */
export const teamChannelSchema = z.object({
  owner: z.object({ type: z.enum(["team", "service"]), id: idField }),
  address: z
    .string()
    .trim()
    .regex(
      SLACK_CHANNEL,
      "must be the ID of a channel, like C012AB3CD: it is at the end of the channel's details",
    ),
  name: lineField(80),
  highOnly: z.boolean().default(false),
});
export type TeamChannelInput = z.input<typeof teamChannelSchema>;

export const teamChannelParams = z.object({ id: idField });
