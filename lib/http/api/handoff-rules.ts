import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { contactsOf } from "#lib/http/api/contact-methods";
import { wireHandoffRule } from "#lib/http/wire/user";
import { handoffRuleBody } from "#lib/http/wire/user-schemas";
import type { WireContext } from "#lib/http/wire/wire-context";
import { addHandoffRule } from "#lib/notifications/commands/add-handoff-rule";
import { removeNotificationRule } from "#lib/notifications/commands/remove-notification-rule";
import { updateHandoffRule } from "#lib/notifications/commands/update-handoff-rule";

const tag = "Users";
const path = "/users/{id}/oncall_handoff_notification_rules";
const root = "oncall_handoff_notification_rule";

async function findRule(ctx: Context, userId: string, ruleId: string) {
  const contacts = await contactsOf(ctx, userId);
  const rule = contacts.handoffRules.find(({ id }) => id === ruleId);
  if (!rule) throw new AppError("not_found", "There is no such hand-off rule.");
  return { rule, contacts };
}

async function answer(ctx: Context, wire: WireContext, userId: string, ruleId: string) {
  const { rule, contacts } = await findRule(ctx, userId, ruleId);
  return { [root]: wireHandoffRule(wire, contacts.userId, rule, contacts) };
}

export const listHandoffRules = apiRoute(
  { method: "get", path, summary: "List when a person is told of their shifts", tag },
  async ({ ctx, wire, param }) => {
    const contacts = await contactsOf(ctx, param("id"));
    return {
      oncall_handoff_notification_rules: contacts.handoffRules.map((rule) =>
        wireHandoffRule(wire, contacts.userId, rule, contacts),
      ),
    };
  },
);

export const getHandoffRule = apiRoute(
  { method: "get", path: `${path}/{rule_id}`, summary: "Get a hand-off rule", tag },
  ({ ctx, wire, param }) => answer(ctx, wire, param("id"), param("rule_id")),
);

export const createHandoffRule = apiRoute(
  {
    method: "post",
    path,
    summary: "Have a person told that their shifts begin or end",
    tag,
    root,
    body: handoffRuleBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { userId } = await contactsOf(ctx, param("id"));
    const { id } = await addHandoffRule(ctx, {
      userId,
      contactMethodId: body.contact_method?.id ?? "",
      handoffType: body.handoff_type ?? "both",
      advanceMinutes: body.notify_advance_in_minutes ?? 0,
    });
    return answer(ctx, wire, userId, id);
  },
);

export const updateWireHandoffRule = apiRoute(
  {
    method: "put",
    path: `${path}/{rule_id}`,
    summary: "Change a hand-off rule",
    tag,
    root,
    body: handoffRuleBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { rule, contacts } = await findRule(ctx, param("id"), param("rule_id"));
    await updateHandoffRule(ctx, {
      ruleId: rule.id,
      contactMethodId: body.contact_method?.id,
      handoffType: body.handoff_type,
      advanceMinutes: body.notify_advance_in_minutes,
    });
    return answer(ctx, wire, contacts.userId, rule.id);
  },
);

export const deleteHandoffRule = apiRoute(
  { method: "delete", path: `${path}/{rule_id}`, summary: "Remove a hand-off rule", tag, status: 204 },
  async ({ ctx, param }) => {
    const { rule } = await findRule(ctx, param("id"), param("rule_id"));
    await removeNotificationRule(ctx, { ruleId: rule.id });
  },
);
