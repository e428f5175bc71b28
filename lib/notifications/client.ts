import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { ChatChannel } from "#lib/notifications/chat-address";
import type { LowUrgencyHours } from "#lib/notifications/low-urgency-hours";
import type { ConnectChatAppInput } from "#lib/notifications/commands/connect-chat-app";
import type { NotificationLogPage } from "#lib/notifications/queries/deliveries";
import type { OutboxPage } from "#lib/notifications/queries/outbox";
import type { NotificationSettings } from "#lib/notifications/queries/settings";
import type { DeliveryDto, SavePushSubscriptionInput, TeamChannelInput } from "#lib/notifications/schemas";
import type { TeamChannels } from "#lib/notifications/queries/team-channels";
import type { Channel, HandoffType, RuleKind } from "#lib/notifications/vocabulary";
import type { ProviderDto } from "#lib/notifications/queries/providers";
import type { ProviderKind } from "#lib/notifications/provider";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Settings = NotificationSettings;
export type LogPage = NotificationLogPage;
export type Messages = OutboxPage;
export type Channels = TeamChannels;

export type NewContactMethod = {
  channel: "email" | ChatChannel;
  label: string;
  address: string;
  token?: string;
  template?: string;
  headers?: Record<string, string>;
};

/** The address that opens the organisation's Telegram bot and links the viewer's chat. */
export function makeTelegramLink() {
  return callApi<{ url: string }>("POST", "/api/ui/telegram-link");
}

export function addContactMethod(userId: string, method: NewContactMethod) {
  return callApi<{ id: string; signingSecret: string | null }>(
    "POST",
    `/api/ui/users/${userId}/contact-methods`,
    method,
  );
}

export function updateContactMethod(id: string, change: { label?: string; enabled?: boolean }) {
  return callApi<null>("PATCH", `/api/ui/contact-methods/${id}`, change);
}

export function removeContactMethod(id: string) {
  return callApi<null>("DELETE", `/api/ui/contact-methods/${id}`);
}

export function sendTestPage(contactMethodId: string) {
  return callApi<{ pageId: string; deliveryId: string }>(
    "POST",
    `/api/ui/contact-methods/${contactMethodId}/test`,
  );
}

/** How far a test has come. */
export function testProgressOptions(pageId: string) {
  return queryOptions({
    queryKey: ["test-pages", pageId],
    queryFn: ({ signal }) => callApi<DeliveryDto[]>("GET", `/api/ui/test-pages/${pageId}`, undefined, signal),
  });
}

export type Rule = {
  contactMethodId: string;
  delayMinutes: number;
  advanceMinutes?: number | null;
  handoffType?: HandoffType | null;
};

/** Of one kind; of assigned incidents one urgency. */
export type RuleSet = { kind: RuleKind; urgency: Urgency | null };

/** Makes these the person's rules of that kind. */
export function setNotificationRules(userId: string, set: RuleSet, rules: readonly Rule[]) {
  return callApi<null>("PUT", `/api/ui/users/${userId}/notification-rules`, { ...set, rules });
}

export function setNotificationPreferences(
  userId: string,
  change: { lowUrgencyHours?: LowUrgencyHours | null; selfTest?: boolean },
) {
  return callApi<null>("PATCH", `/api/ui/users/${userId}/notification-preferences`, change);
}

export function readPushKey() {
  return callApi<{ publicKey: string }>("GET", "/api/ui/push");
}

export function savePushSubscription(subscription: SavePushSubscriptionInput) {
  return callApi<{ id: string }>("POST", "/api/ui/push", subscription);
}

export type NewPhoneNumber = { number: string; label: string; channels: ("sms" | "phone")[] };

export function addPhoneNumber(userId: string, number: NewPhoneNumber) {
  return callApi<{ ids: string[] }>("POST", `/api/ui/users/${userId}/phone-numbers`, number);
}

export function sendVerificationCode(contactMethodId: string) {
  return callApi<{ pageId: string }>("POST", `/api/ui/contact-methods/${contactMethodId}/verification`);
}

export function confirmNumber(contactMethodId: string, code: string) {
  return callApi<null>("PUT", `/api/ui/contact-methods/${contactMethodId}/verification`, { code });
}

export type Provider = ProviderDto;

export type NewProvider = {
  kind: ProviderKind;
  channels: Channel[];
  name: string;
  settings: Record<string, unknown>;
  secret: Record<string, unknown>;
};

export function addProvider(provider: NewProvider) {
  return callApi<{ ids: string[] }>("POST", "/api/ui/channels/providers", provider);
}

export type ProviderChange = Partial<
  Pick<NewProvider, "name" | "settings" | "secret"> & { enabled: boolean }
>;

export function updateProvider(providerId: string, change: ProviderChange) {
  return callApi<null>("PATCH", `/api/ui/channels/providers/${providerId}`, change);
}

export function removeProvider(providerId: string) {
  return callApi<null>("DELETE", `/api/ui/channels/providers/${providerId}`);
}

export function preferProvider(providerId: string) {
  return callApi<null>("POST", `/api/ui/channels/providers/${providerId}/prefer`);
}

export function testProvider(providerId: string, to: string) {
  return callApi<{ pageId: string }>("POST", `/api/ui/channels/providers/${providerId}/test`, { to });
}

/** Sets up the organisation's Slack app, Telegram bot or Pushover application; answers whose it is. */
export function connectChatApp(app: ConnectChatAppInput) {
  return callApi<{ id: string; name: string }>("POST", "/api/ui/channels/chat-apps", app);
}

/** Has incidents posted in a Slack channel. */
export function addTeamChannel(channel: TeamChannelInput) {
  return callApi<{ id: string }>("POST", "/api/ui/team-channels", channel);
}

export function removeTeamChannel(id: string) {
  return callApi<null>("DELETE", `/api/ui/team-channels/${id}`);
}
