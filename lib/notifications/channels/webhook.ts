import { createHmac } from "node:crypto";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import { webhookMessage } from "#lib/notifications/webhook-message";

/**
 * `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. The receiver recomputes it with the secret it was shown once, and refuses
 * an old `t`, so that a recorded request can't be replayed.
 */
export function signWebhook(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}

/** Posts the page as JSON to somebody's own program. 2xx accepts it; 429, 5xx and no answer are tried again. */
export function webhookSender(settings: { allowPrivate: boolean }): ChannelSender {
  return {
    channel: "webhook",
    capabilities: CAPABILITIES.webhook,
    async send(page, destination, { idempotencyKey, signal }) {
      const body = JSON.stringify(webhookMessage(page));
      const headers: Record<string, string> = {
        "content-type": "application/json",
        "user-agent": "Touchline",
        "idempotency-key": idempotencyKey,
        "x-touchline-delivery": idempotencyKey,
      };
      if (destination.secret !== null) {
        headers["x-touchline-signature"] = signWebhook(body, destination.secret, page.at);
      }
      return sendOverHttp(
        {
          url: destination.address,
          method: "POST",
          headers,
          body,
          signal,
          allowPrivate: settings.allowPrivate,
        },
        judgeStatus,
      );
    },
  };
}
