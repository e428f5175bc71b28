import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { contactsOf } from "#lib/http/api/contact-methods";
import { wireNotificationRule } from "#lib/http/wire/user";
import { notificationRuleBody } from "#lib/http/wire/user-schemas";
import type { WireContext } from "#lib/http/wire/wire-context";
import { addNotificationRule } from "#lib/notifications/commands/add-notification-rule";
import { removeNotificationRule } from "#lib/notifications/commands/remove-notification-rule";
import { updateNotificationRule } from "#lib/notifications/commands/update-notification-rule";

const tag = "Users";

async function findRule(ctx: Context, userId: string, ruleId: string) {
  const contacts = await contactsOf(ctx, userId);
  const rule = contacts.rules.find(({ id }) => id === ruleId);
  if (!rule) throw new AppError("not_found", "There is no such notification rule.");
  return { rule, contacts };
}

async function answer(ctx: Context, wire: WireContext, userId: string, ruleId: string) {
  const { rule, contacts } = await findRule(ctx, userId, ruleId);
  return { notification_rule: wireNotificationRule(wire, contacts.userId, rule, contacts) };
}

/** Says a repeated rule in the words that clients look for. */
async function refuseRepetition<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.fields.some(({ message }) => message.includes("must be unique"))) {
      throw new AppError("invalid", "Channel Start delay must be unique for a given contact method", {
        wireCode: 2001,
      });
    }
    throw error;
  }
}

export const listNotificationRules = apiRoute(
  {
    method: "get",
    path: "/users/{id}/notification_rules",
    summary: "List when each way to reach a person is used",
    tag,
  },
  async ({ ctx, wire, param }) => {
    const contacts = await contactsOf(ctx, param("id"));
    return {
      notification_rules: contacts.rules.map((rule) =>
        wireNotificationRule(wire, contacts.userId, rule, contacts),
      ),
    };
  },
);

export const getNotificationRule = apiRoute(
  {
    method: "get",
    path: "/users/{id}/notification_rules/{rule_id}",
    summary: "Get a notification rule",
    tag,
  },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id"), param("rule_id")),
);

export const createNotificationRule = apiRoute(
  {
    method: "post",
    path: "/users/{id}/notification_rules",
    summary: "Add a notification rule",
    tag,
    root: "notification_rule",
    body: notificationRuleBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { userId } = await contactsOf(ctx, param("id"));
    const rule = {
      userId,
      urgency: body.urgency ?? ("high" as const),
      delayMinutes: body.start_delay_in_minutes ?? 0,
      contactMethodId: body.contact_method?.id ?? "",
    };
    const { id } = await refuseRepetition(() => addNotificationRule(ctx, rule));
    return answer(ctx, wire, userId, id);
  },
);

export const updateWireNotificationRule = apiRoute(
  {
    method: "put",
    path: "/users/{id}/notification_rules/{rule_id}",
    summary: "Change a notification rule",
    tag,
    root: "notification_rule",
    body: notificationRuleBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { rule, contacts } = await findRule(ctx, param("id"), param("rule_id"));
    const change = {
      ruleId: rule.id,
      urgency: body.urgency,
      delayMinutes: body.start_delay_in_minutes,
      contactMethodId: body.contact_method?.id,
    };
    await refuseRepetition(() => updateNotificationRule(ctx, change));
    return answer(ctx, wire, contacts.userId, rule.id);
  },
);

export const deleteNotificationRule = apiRoute(
  {
    method: "delete",
    path: "/users/{id}/notification_rules/{rule_id}",
    summary: "Remove a notification rule",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { rule } = await findRule(ctx, param("id"), param("rule_id"));
    await removeNotificationRule(ctx, { ruleId: rule.id });
  },
);
