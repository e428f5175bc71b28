import { readNow } from "#lib/context";
import { decryptSecret, UnreadableSecret } from "#lib/crypto/secret";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { env } from "#lib/env";
import { judgeStatus, sendOverHttp } from "#lib/notifications/channels/http-result";
import { signWebhook } from "#lib/notifications/channels/webhook";
import type { SendResult } from "#lib/notifications/delivery";
import { claimCalls, nextCallAt, recordCall } from "#lib/rules/commands/claim-calls";
import type { ClaimedCall } from "#lib/rules/commands/claim-calls";
import { RULE_WEBHOOK_SECRET, ruleWebhookSecretSchema } from "#lib/rules/schemas";

const BATCH = 20;
const TIMEOUT_MS = 10_000;

/** Calls the webhooks of rules. Claims are leased: a call that was made and not recorded is made again, under the same idempotency key. */
export const runRuleCalls: EngineModule = {
  name: "rule-calls",
  async run(engine) {
    const claimed = await claimCalls(engine.db, BATCH);
    await Promise.all(claimed.map((call) => make(engine, call)));
    const nextAt = claimed.length >= BATCH ? new Date(0) : await nextCallAt(engine.db);
    return { worked: claimed.length, nextAt };
  },
};

async function make(engine: EngineContext, call: ClaimedCall): Promise<void> {
  try {
    const now = await readNow(engine.db);
    const result = await attempt(call, now);
    if (result.kind === "failed") {
      engine.log.warn({ callId: call.id, detail: result.detail }, "a webhook of a rule was not called");
    }
    await recordCall(engine.db, call, result, await readNow(engine.db));
  } catch (error) {
    engine.log.error(
      { callId: call.id, err: error },
      "a rule's call failed; it is tried again after its lease",
    );
  }
}

async function attempt(call: ClaimedCall, at: Date): Promise<SendResult> {
  const secret = readSecret(call.secret);
  if (secret === null)
    return { kind: "failed", retry: false, detail: "Its address can't be read: enter it again." };
  return sendOverHttp(
    {
      url: secret.url,
      method: "POST",
      headers: {
        ...secret.headers,
        "content-type": "application/json",
        "user-agent": "Touchline",
        "idempotency-key": call.id,
        "x-touchline-delivery": call.id,
        "x-touchline-signature": signWebhook(call.body, secret.signing, at),
      },
      body: call.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      allowPrivate: env().allowPrivateDestinations,
    },
    judgeStatus,
  );
}

function readSecret(stored: string) {
  try {
    return ruleWebhookSecretSchema.parse(JSON.parse(decryptSecret(stored, RULE_WEBHOOK_SECRET)));
  } catch (error) {
    if (error instanceof UnreadableSecret) return null;
    throw error;
  }
}
