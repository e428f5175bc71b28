import { sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { telephonyMessages } from "#db/schema/telephony";
import { UnreadableSecret } from "#lib/crypto/secret";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import type { Carrier, CarrierAnswer } from "#lib/notifications/channels/telephony/carrier";
import { carrierOf } from "#lib/notifications/channels/telephony/carrier-of";
import { recordProviderResult } from "#lib/notifications/commands/record-provider-result";
import type { SendResult } from "#lib/notifications/delivery";
import { inOrderOfTrial } from "#lib/notifications/provider";
import type { LoadedProvider } from "#lib/notifications/queries/providers";

/** While there is another to ask, one that does not answer is not waited for longer. */
const PATIENCE_MS = 4_000;

export type HandOver = {
  db: Database;
  now: Date;
  deliveryId: string;
  address: string;
  signal: AbortSignal;
  allowPrivate: boolean;
};

/**
 * Hands a message to the first provider that takes it. One that fails is followed by the next at once, and the notification log says so;
 * a number that is at fault is not tried elsewhere. Every result counts towards the provider's health.
 */
export async function handOver(
  order: HandOver,
  providers: readonly LoadedProvider[],
  send: (carrier: Carrier, provider: LoadedProvider, signal: AbortSignal) => Promise<CarrierAnswer>,
): Promise<SendResult> {
  const failures: string[] = [];
  let retry = false;
  const queue = inOrderOfTrial(providers, order.now);
  for (const [index, provider] of queue.entries()) {
    const next = queue[index + 1];
    const signal = next ? AbortSignal.any([order.signal, AbortSignal.timeout(PATIENCE_MS)]) : order.signal;
    const answer = await ask(order, provider, (carrier) => send(carrier, provider, signal));
    // A refused number says nothing against the provider.
    await recordProviderResult(order.db, provider.id, answer.kind === "failed" ? answer.detail : null);
    if (answer.kind === "accepted") {
      await keepMessage(order, provider, answer.externalId);
      const detail = `${provider.name}: ${answer.detail}`;
      return {
        kind: "accepted",
        providerId: answer.externalId,
        detail: failures.length === 0 ? detail : `${failures.join(" ")} ${detail}`,
      };
    }
    if (answer.kind === "refused") {
      const { invalidDestination } = answer;
      const detail = [...failures, `${provider.name}: ${answer.detail}.`].join(" ");
      return { kind: "failed", retry: false, invalidDestination, detail };
    }
    failures.push(`${provider.name} failed: ${answer.detail.replace(/\.$/, "")}.`);
    retry ||= answer.retry;
    if (next) await noteFailOver(order, `${failures.at(-1)} ${next.name} is asked next.`);
  }
  return { kind: "failed", retry, detail: failures.join(" ") };
}

async function ask(
  { allowPrivate }: HandOver,
  provider: LoadedProvider,
  send: (carrier: Carrier) => Promise<CarrierAnswer>,
): Promise<CarrierAnswer> {
  try {
    const carrier = carrierOf(provider.kind, provider.settings, provider.readSecret(), { allowPrivate });
    if (carrier) return await send(carrier);
    return { kind: "failed", retry: false, detail: "it can't carry this channel" };
  } catch (error) {
    if (error instanceof UnreadableSecret) return { kind: "failed", retry: false, detail: error.message };
    log().error({ providerId: provider.id, err: error }, "a provider failed");
    return { kind: "failed", retry: true, detail: "something went wrong on our side" };
  }
}

async function keepMessage(
  { db, deliveryId, address }: HandOver,
  provider: LoadedProvider,
  externalId: string | null,
) {
  await db
    .insert(telephonyMessages)
    .values({
      id: newId(),
      channelProviderId: provider.id,
      deliveryId,
      externalId: externalId ?? deliveryId,
      address,
      at: sql`now()`,
    })
    .onConflictDoNothing();
}

async function noteFailOver({ db, deliveryId }: HandOver, detail: string) {
  await db.execute(sql`
    insert into delivery_states (delivery_id, state, at, detail)
    select id, state, now(), ${detail} from deliveries where id = ${deliveryId} and state = 'sending'`);
}
