import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, resourceHead, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";
import type { Channel } from "#lib/notifications/vocabulary";
import type {
  ContactMethodDto,
  Contacts,
  HandoffRuleDto,
  NotificationRuleDto,
} from "#lib/people/queries/contacts";
import type { UserDto } from "#lib/people/queries/users";
import type { Role } from "#lib/people/roles";

const ROLE_NAMES: Record<Role, string> = {
  owner: "owner",
  admin: "admin",
  manager: "user",
  responder: "limited_user",
  observer: "observer",
  stakeholder: "read_only_user",
};

const ROLES_BY_NAME: Record<string, Role> = {
  owner: "owner",
  admin: "admin",
  user: "manager",
  limited_user: "responder",
  restricted_access: "responder",
  observer: "observer",
  read_only_user: "stakeholder",
  read_only_limited_user: "stakeholder",
};

/** Our role for the public API's name of one; null: it has no such name. */
export function readRole(name: string): Role | null {
  return ROLES_BY_NAME[name] ?? null;
}

const METHOD_TYPES: Record<Channel, string> = {
  email: "email_contact_method",
  sms: "sms_contact_method",
  phone: "phone_contact_method",
  push: "push_notification_contact_method",
  slack: "slack_contact_method",
  webhook: "webhook_contact_method",
  teams: "teams_contact_method",
  mattermost: "mattermost_contact_method",
  discord: "discord_contact_method",
  google_chat: "google_chat_contact_method",
  telegram: "telegram_contact_method",
  ntfy: "ntfy_contact_method",
  pushover: "pushover_contact_method",
};

/** The channel of a contact method's type in the public API, in its plain or `_reference` form; null: none. */
export function readChannel(type: string): Channel | null {
  const plain = type.replace(/_reference$/, "");
  const found = Object.entries(METHOD_TYPES).find(([, name]) => name === plain);
  return (found?.[0] as Channel | undefined) ?? null;
}

const NO_CONTACTS: Contacts = { methods: [], rules: [], handoffRules: [] };

/** A person as the public API shows them. */
export function wireUser(wire: WireContext, user: UserDto, contacts: Contacts = NO_CONTACTS) {
  const { include } = wire;
  return {
    ...resourceHead(wire, "user", user),
    name: user.name,
    email: user.email,
    time_zone: user.timeZone,
    color: "purple",
    avatar_url: null,
    billed: true,
    role: ROLE_NAMES[user.role],
    description: user.description,
    invitation_sent: false,
    job_title: user.jobTitle,
    created_via_sso: user.createdViaSso,
    teams: user.teams.map((team) => ({
      ...wireReference(wire, "team", team),
      ...(include.has("teams") && { type: "team", name: team.name }),
    })),
    contact_methods: contacts.methods.map((method) =>
      include.has("contact_methods")
        ? wireContactMethod(wire, user.id, method)
        : methodReference(wire, user.id, method),
    ),
    notification_rules: contacts.rules.map((rule) =>
      include.has("notification_rules")
        ? wireNotificationRule(wire, user.id, rule, contacts)
        : ruleReference(wire, user.id, rule),
    ),
    http_cal_url: null,
    web_cal_url: null,
  };
}

function methodReference(wire: WireContext, userId: string, method: ContactMethodDto) {
  const type = `${METHOD_TYPES[method.channel]}_reference`;
  return nestedReference(wire, type, `users/${userId}/contact_methods/${method.id}`, {
    id: method.id,
    name: method.label,
  });
}

/** A way to reach a person. Push subscriptions and webhook addresses work like passwords, so they are never shown. */
export function wireContactMethod(wire: WireContext, userId: string, method: ContactMethodDto) {
  const { channel } = method;
  const dialled = channel === "sms" || channel === "phone";
  const named = { id: method.id, name: method.label };
  return {
    ...nestedReference(wire, METHOD_TYPES[channel], `users/${userId}/contact_methods/${method.id}`, named),
    label: method.label,
    address: dialled ? nationalDigits(method) : channel === "email" ? method.address : null,
    enabled: method.enabled,
    blacklisted: method.optedOut,
    created_at: wireInstant(method.createdAt, wire.timeZone),
    ...(channel === "email" && { send_short_email: false, send_html_email: true }),
    ...(dialled && { country_code: method.countryCode ?? 1 }),
    ...(channel === "push" && { device_type: "web", sounds: [] }),
  };
}

/** A number without its country, which stands beside it. A masked one stays masked. */
function nationalDigits({ address, countryCode, isMasked }: ContactMethodDto): string {
  const country = `+${countryCode ?? ""}`;
  return !isMasked && countryCode !== null && address.startsWith(country)
    ? address.slice(country.length)
    : address;
}

function ruleNamed({ id, urgency, delayMinutes }: NotificationRuleDto) {
  const when = delayMinutes === 0 ? "at once" : `after ${delayMinutes} min`;
  return { id, name: `${urgency} urgency: ${when}` };
}

function ruleReference(wire: WireContext, userId: string, rule: NotificationRuleDto) {
  const path = `users/${userId}/notification_rules/${rule.id}`;
  return nestedReference(wire, "assignment_notification_rule_reference", path, ruleNamed(rule));
}

/**
 * A notification rule. The type of its contact method stays plain, without `_reference`: clients compare it with what was configured and
 * would otherwise want to change it for ever.
 */
export function wireNotificationRule(
  wire: WireContext,
  userId: string,
  rule: NotificationRuleDto,
  contacts: Contacts,
) {
  const path = `users/${userId}/notification_rules/${rule.id}`;
  const method = contacts.methods.find(({ id }) => id === rule.contactMethodId);
  const full = method && wireContactMethod(wire, userId, method);
  const { id, type, summary, self, html_url } = full ?? {
    id: rule.contactMethodId,
    type: "email_contact_method",
    summary: "",
    self: null,
    html_url: null,
  };
  return {
    ...nestedReference(wire, "assignment_notification_rule", path, ruleNamed(rule)),
    start_delay_in_minutes: rule.delayMinutes,
    urgency: rule.urgency,
    contact_method:
      wire.include.has("contact_methods") && full ? full : { id, type, summary, self, html_url },
  };
}

/** When a person is told of their shifts. The type of the contact method is plain, as in `wireNotificationRule`. */
export function wireHandoffRule(wire: WireContext, userId: string, rule: HandoffRuleDto, contacts: Contacts) {
  const path = `users/${userId}/oncall_handoff_notification_rules/${rule.id}`;
  const method = contacts.methods.find(({ id }) => id === rule.contactMethodId);
  const named = { id: rule.id, name: `${rule.advanceMinutes} min before (${rule.handoffType})` };
  return {
    ...nestedReference(wire, "oncall_handoff_notification_rule", path, named),
    handoff_type: rule.handoffType,
    notify_advance_in_minutes: rule.advanceMinutes,
    contact_method: method
      ? wireContactMethod(wire, userId, method)
      : { id: rule.contactMethodId, type: "email_contact_method" },
  };
}
