import { ECDH } from "node:crypto";
import webPush from "web-push";
import { z } from "zod";
import type { OutgoingResponse } from "#lib/http/outgoing";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import type { PushKeys } from "#lib/notifications/channels/push-keys";
import type { SendResult } from "#lib/notifications/delivery";
import { pushMessage } from "#lib/notifications/push-message";

/** What the browser gave with its endpoint; kept encrypted as the contact method's secret. */
export const pushSecretSchema = z.object({ p256dh: z.string().min(1), auth: z.string().min(1) });

export type PushSettings = {
  keys: () => Promise<PushKeys>;
  /** Whom a push service may write to about our traffic: a mailto: or https: URL (RFC 8292). */
  subject: string;
  allowPrivate: boolean;
};

/** Web Push (RFC 8030, 8188, 8291, 8292). The push service only ever sees the encrypted page. */
export function pushSender(settings: PushSettings): ChannelSender {
  return {
    channel: "push",
    capabilities: CAPABILITIES.push,
    async send(page, destination, { signal }) {
      const secret = readSecret(destination.secret);
      if (!secret || !isOnCurve(secret.p256dh)) {
        const detail = secret ? "The browser's keys are no keys." : "The browser's keys are missing.";
        return { kind: "failed", retry: false, detail, invalidDestination: true };
      }
      const keys = await settings.keys();
      const request = webPush.generateRequestDetails(
        { endpoint: destination.address, keys: secret },
        JSON.stringify(pushMessage(page)),
        {
          vapidDetails: { subject: settings.subject, ...keys },
          TTL: Math.max(60, Math.ceil((page.expiresAt.getTime() - page.at.getTime()) / 1000)),
          urgency: page.urgency === "low" ? "normal" : "high",
          // What waits for a phone that is off is replaced by newer news of the same incident.
          topic: page.incident?.id ?? page.deliveryId,
        },
      );
      return sendOverHttp(
        {
          url: request.endpoint,
          method: "POST",
          headers: textHeaders(request.headers),
          body: request.body,
          signal,
          allowPrivate: settings.allowPrivate,
        },
        judgePush,
      );
    },
  };
}

/** What a push service's answer means: 404 and 410 end the subscription for good (RFC 8030, section 7.3). */
export function judgePush(response: OutgoingResponse): SendResult {
  const result = judgeStatus(response);
  const gone = response.status === 404 || response.status === 410;
  if (gone) {
    return {
      kind: "failed",
      retry: false,
      detail: "The browser's subscription expired.",
      invalidDestination: true,
    };
  }
  const { location } = response.headers;
  return result.kind === "accepted" && location ? { ...result, providerId: location } : result;
}

/** Any text of its length looks like a public key; what is no point of P-256 (RFC 8291) would fail for ever. */
function isOnCurve(key: string): boolean {
  try {
    ECDH.convertKey(key, "prime256v1", "base64url", "hex", "uncompressed");
    return true;
  } catch {
    return false;
  }
}

function readSecret(secret: string | null) {
  if (secret === null) return null;
  try {
    return pushSecretSchema.parse(JSON.parse(secret));
  } catch {
    return null;
  }
}

/** The library counts the body itself; the client that sends it counts again. */
function textHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== "content-length")
      .map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
