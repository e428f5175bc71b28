import { z } from "zod";
import { one, words } from "#lib/http/wire/common-schemas";
import { pagingQuery } from "#lib/http/wire/list";
import { readTimeZone } from "#lib/http/wire/time-zone";
import { readRole } from "#lib/http/wire/user";
import { HANDOFF_TYPES } from "#lib/notifications/vocabulary";

const role = z
  .string()
  .transform((name, context) => {
    const found = readRole(name);
    if (found) return found;
    context.addIssue({ code: "custom", message: "is not a role" });
    return z.NEVER;
  })
  .meta({ type: "string" });

export const userBody = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  time_zone: z
    .string()
    .nullish()
    .transform((name) => (name ? (readTimeZone(name) ?? name) : undefined)),
  role: role.nullish(),
  job_title: z.string().nullish(),
  description: z.string().nullish(),
});

export const usersQuery = z.object({ ...pagingQuery, query: one, team_ids: words, include: words });

export const contactMethodBody = z.object({
  type: z.string().optional(),
  label: z.string().nullish(),
  address: z.string().nullish(),
  country_code: z.coerce.number().int().min(1).max(1999).nullish(),
});

// Some clients send the whole contact method, with empty fields: only its id counts.
export const handoffRuleBody = z.object({
  handoff_type: z.enum(HANDOFF_TYPES).optional(),
  notify_advance_in_minutes: z.coerce.number().int().min(0).max(2880).optional(),
  contact_method: z.object({ id: z.string() }).optional(),
});

export const notificationRuleBody = z.object({
  start_delay_in_minutes: z.coerce.number().int().min(0, "must not be negative").optional(),
  urgency: z.enum(["high", "low"]).optional(),
  contact_method: z.object({ id: z.string() }).optional(),
});
