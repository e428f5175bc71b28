import { z } from "zod";
import { idField, lineField, webUrlField } from "#lib/field-schemas";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { CHANNELS, DELIVERY_STATES } from "#lib/notifications/vocabulary";

const label = lineField(100);
const emailField = z
  .string()
  .trim()
  .max(254, "is too long (at most 254 characters)")
  .pipe(z.email("must be an e-mail address"));

/** Push is not added by hand: a browser subscribes itself. */
export const addContactMethodSchema = z.discriminatedUnion(
  "channel",
  [
    z.object({ userId: idField, channel: z.literal("email"), label, address: emailField }),
    z.object({ userId: idField, channel: z.literal("slack"), label, address: webUrlField }),
    z.object({ userId: idField, channel: z.literal("webhook"), label, address: webUrlField }),
  ],
  { error: "is not a way to reach somebody here: use email, slack or webhook" },
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

export const setNotificationRulesSchema = z.object({
  userId: idField,
  urgency: z.enum(URGENCIES),
  rules: z.array(z.object(ruleFields)).max(50, "are too many (at most 50)"),
});
export type SetNotificationRulesInput = z.input<typeof setNotificationRulesSchema>;

export const addNotificationRuleSchema = z.object({
  userId: idField,
  urgency: z.enum(URGENCIES),
  ...ruleFields,
});
export type AddNotificationRuleInput = z.input<typeof addNotificationRuleSchema>;

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
