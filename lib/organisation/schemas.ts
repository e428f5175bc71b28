import { z } from "zod";
import { API_KEY_SCOPES } from "#db/schema/organisation";

/** What an organisation can set, with the value that holds until it does. */
const settingsSchema = z.object({
  organisation_name: z
    .string()
    .trim()
    .min(1, "can't be empty")
    .max(100, "is too long (at most 100 characters)"),
  /** Gets an incident that nobody else can be found for; null: every owner. */
  catch_all_user_id: z.string().nullable(),
  /** What an hour of a responder, and a minute in which customers are affected, are taken to cost: for estimates. */
  cost_per_hour: z.number().min(0, "can't be negative").max(100_000, "is too much"),
  cost_per_impact_minute: z.number().min(0, "can't be negative").max(10_000_000, "is too much"),
  currency: z.string().regex(/^[A-Z]{3}$/, "must be three capital letters, like USD"),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  organisation_name: "Touchline",
  catch_all_user_id: null,
  cost_per_hour: 100,
  cost_per_impact_minute: 0,
  currency: "USD",
};

export const settingsUpdateSchema = settingsSchema.partial();
export type SettingsUpdate = z.infer<typeof settingsUpdateSchema>;

export const apiKeyInputSchema = z.object({
  name: z.string().trim().min(1, "can't be empty").max(100, "is too long (at most 100 characters)"),
  scope: z.enum(API_KEY_SCOPES),
  /** True: for the organisation, which needs the right to manage it. False: for oneself. */
  account: z.boolean().default(false),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type ApiKeyInput = z.input<typeof apiKeyInputSchema>;

export type ApiKeyDto = {
  id: string;
  name: string;
  scope: (typeof API_KEY_SCOPES)[number];
  /** Whose rights it has; null: the organisation's own. */
  user: { id: string; name: string } | null;
  lastFour: string;
  createdBy: { id: string; name: string } | null;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  state: "active" | "expired" | "revoked";
  /** Whether the viewer may be given a new secret of it. */
  mayRotate: boolean;
};

export const auditFilterSchema = z.object({
  actorIds: z.array(z.string()).default([]),
  objectTypes: z.array(z.string()).default([]),
  objectId: z.string().nullable().default(null),
  actions: z.array(z.string()).default([]),
  from: z.iso.datetime({ offset: true }).nullable().default(null),
  to: z.iso.datetime({ offset: true }).nullable().default(null),
  cursor: z.string().nullable().default(null),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditFilter = z.input<typeof auditFilterSchema>;

export type AuditRecordDto = {
  id: string;
  at: string;
  actor: { type: string; id: string | null; name: string };
  method: string;
  action: string;
  object: { type: string; id: string | null; name: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

export type AuditFacets = {
  actors: { id: string; name: string; count: number }[];
  objectTypes: { name: string; count: number }[];
  actions: { name: string; count: number }[];
};
