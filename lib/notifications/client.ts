import { queryOptions } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";
import type { Urgency } from "#lib/incidents/vocabulary";
import type { NotificationLogPage } from "#lib/notifications/queries/deliveries";
import type { OutboxPage } from "#lib/notifications/queries/outbox";
import type { NotificationSettings } from "#lib/notifications/queries/settings";
import type { DeliveryDto, SavePushSubscriptionInput } from "#lib/notifications/schemas";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Settings = NotificationSettings;
export type LogPage = NotificationLogPage;
export type Messages = OutboxPage;

export type NewContactMethod = { channel: "email" | "slack" | "webhook"; label: string; address: string };

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

export type Rule = { contactMethodId: string; delayMinutes: number };

export function setNotificationRules(userId: string, urgency: Urgency, rules: readonly Rule[]) {
  return callApi<null>("PUT", `/api/ui/users/${userId}/notification-rules`, { urgency, rules });
}

export function readPushKey() {
  return callApi<{ publicKey: string }>("GET", "/api/ui/push");
}

export function savePushSubscription(subscription: SavePushSubscriptionInput) {
  return callApi<{ id: string }>("POST", "/api/ui/push", subscription);
}
