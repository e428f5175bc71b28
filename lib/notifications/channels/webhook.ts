import { createHmac } from "node:crypto";
import { z } from "zod";
import { CAPABILITIES } from "#lib/notifications/capability";
import type { ChannelSender } from "#lib/notifications/channels/channel";
import { judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import { webhookMessage } from "#lib/notifications/webhook-message";
import { renderWebhookTemplate } from "#lib/notifications/webhook-template";

/**
 * `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. The receiver recomputes it with the secret it was shown once, and refuses
 * an old `t`, so that a recorded request can't be replayed.
 */
export function signWebhook(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${mac}`;
}

/** What a webhook is sent with beside its address; kept encrypted as the contact method's secret. */
const webhookSecretSchema = z.object({
  signing: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  /** JSON with placeholders; null: our own document. */
  template: z.string().nullable().default(null),
});
export type WebhookSecret = z.output<typeof webhookSecretSchema>;

/** An older secret is the signing key alone. */
export function readWebhookSecret(secret: string): WebhookSecret {
  if (!secret.startsWith("{")) return { signing: secret, headers: {}, template: null };
  return webhookSecretSchema.parse(JSON.parse(secret));
}

/** Posts the page as JSON, ours or by a template, to somebody's own program. 2xx accepts it; 429, 5xx and no answer are tried again. */
export function webhookSender(settings: { allowPrivate: boolean }): ChannelSender {
  return {
    channel: "webhook",
    capabilities: CAPABILITIES.webhook,
    async send(page, destination, { idempotencyKey, signal }) {
      const secret = destination.secret === null ? null : readWebhookSecret(destination.secret);
      const template = secret?.template ?? null;
      const body =
        template === null ? JSON.stringify(webhookMessage(page)) : renderWebhookTemplate(template, page);
      const headers: Record<string, string> = {
        ...secret?.headers,
        "content-type": "application/json",
        "user-agent": "Touchline",
        "idempotency-key": idempotencyKey,
        "x-touchline-delivery": idempotencyKey,
      };
      if (secret) headers["x-touchline-signature"] = signWebhook(body, secret.signing, page.at);
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
