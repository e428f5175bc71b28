import { setTimeout as pause } from "node:timers/promises";
import { UnreadableSecret } from "#lib/crypto/secret";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { configuredSenders } from "#lib/notifications/channels/registry";
import type { Senders } from "#lib/notifications/channels/registry";
import { claimDeliveries, nextDeliveryAt } from "#lib/notifications/commands/claim-deliveries";
import type { ClaimedDelivery } from "#lib/notifications/commands/claim-deliveries";
import { recordDelivery } from "#lib/notifications/commands/record-delivery";
import type { DeliveryResult } from "#lib/notifications/commands/record-delivery";
import { bundleFacts } from "#lib/notifications/bundle-facts";
import type { Destination } from "#lib/notifications/channels/channel";
import type { PageFacts } from "#lib/notifications/page-facts";
import { readReadyDeliveries } from "#lib/notifications/queries/ready-delivery";
import type { ReadyDelivery } from "#lib/notifications/queries/ready-delivery";

/** Sends under way at the same time in one process. */
const CONCURRENCY = 10;
const SEND_TIMEOUT_MS = 10_000;
/** While sends are under way, how often to look whether something became due that a free place could take. */
const LOOK_AGAIN_MS = 250;
/** A run claims no more than this, so that it ends well within the engine's patience however many are due. */
const CLAIMS_PER_RUN = 400;
const CLAIMING_MS = 30_000;

/**
 * Sends what is due. What happens when the process dies, line by line: before the claim commits, nothing has happened. Between claim
 * and send, the lease runs out and another engine sends. Between the provider's acceptance and `recordDelivery`'s commit, the lease
 * runs out and it is sent once more: with the same idempotency key (Message-ID, push topic, webhook header), since a page that comes
 * twice is better than one that doesn't come. After the commit, everything is on record.
 */
export function deliverModule(sendersOf: (engine: EngineContext) => Senders): EngineModule {
  return {
    name: "deliver",
    async run(engine) {
      const worked = await sendDue(engine, sendersOf(engine));
      return { worked, nextAt: worked >= CLAIMS_PER_RUN ? new Date(0) : await nextDeliveryAt(engine.db) };
    },
  };
}

/** The module as the engine runs it: with the channels this deployment is set up with. */
export const runDeliver: EngineModule = deliverModule(({ db }) => configuredSenders(db));

async function sendDue(engine: EngineContext, senders: Senders): Promise<number> {
  const underWay = new Set<Promise<void>>();
  const started = performance.now();
  let claimed = 0;
  try {
    while (claimed < CLAIMS_PER_RUN && performance.now() - started < CLAIMING_MS) {
      const free = Math.min(CONCURRENCY - underWay.size, CLAIMS_PER_RUN - claimed);
      const claims = free > 0 ? await claimDeliveries(engine.db, engine.engineId, free) : [];
      if (claims.length === 0 && underWay.size === 0) break;
      for (const message of Map.groupBy(claims, messageOf).values()) {
        const sending = deliver(engine, senders, message).finally(() => underWay.delete(sending));
        underWay.add(sending);
      }
      claimed += claims.length;
      // One slow address must not keep what falls due meanwhile from the places that are free.
      if (underWay.size > 0) await firstOf(underWay, LOOK_AGAIN_MS);
    }
  } finally {
    await Promise.all(underWay);
  }
  return claimed;
}

/** What is past its use is recorded by itself. */
function messageOf({ deliveryId, bundleId, stale }: ClaimedDelivery): string {
  return stale ? deliveryId : (bundleId ?? deliveryId);
}

/** Never rejects: whatever goes wrong here, the lease runs out and the deliveries are claimed again. */
async function deliver(engine: EngineContext, senders: Senders, claims: readonly ClaimedDelivery[]) {
  const deliveryIds = claims.map(({ deliveryId }) => deliveryId);
  try {
    const results = await attempt(engine, senders, claims).catch((error: unknown) => {
      const failed = failedForGood(error);
      return new Map(deliveryIds.map((id) => [id, failed]));
    });
    for (const claim of claims) {
      const result = results.get(claim.deliveryId) ?? GONE;
      if (await recordDelivery(engine.db, engine.engineId, claim, result)) continue;
      engine.log.warn({ deliveryId: claim.deliveryId }, "the lease ran out before the result was written");
    }
  } catch (error) {
    engine.log.error({ deliveryIds, err: error }, "a delivery failed; it is tried again after its lease");
  }
}

const GONE: DeliveryResult = { kind: "cancelled", because: "The page does not exist any more." };

/** No later try can read a secret that was written under another key: the page goes on to the person's next way at once. */
function failedForGood(error: unknown): DeliveryResult {
  if (!(error instanceof UnreadableSecret)) throw error;
  return { kind: "failed", retry: false, detail: `${error.message} Add this contact method again.` };
}

/** One message for all of these that are still wanted. What came of it, by delivery; absent: it does not exist any more. */
async function attempt(
  engine: EngineContext,
  senders: Senders,
  claims: readonly ClaimedDelivery[],
): Promise<Map<string, DeliveryResult>> {
  const results = new Map<string, DeliveryResult>();
  const current = claims.filter(({ stale }) => !stale);
  for (const { deliveryId, stale } of claims) {
    if (stale) results.set(deliveryId, { kind: "expired", because: "Too late to be of use: not sent." });
  }
  const found = await readReadyDeliveries(
    engine.db,
    current.map(({ deliveryId }) => deliveryId),
  );
  const wanted: { claim: ClaimedDelivery; ready: ReadyDelivery }[] = [];
  for (const claim of current) {
    const ready = found.get(claim.deliveryId);
    if (ready?.check.kind === "send") wanted.push({ claim, ready });
    else if (ready) results.set(claim.deliveryId, ready.check);
  }
  const [first, ...others] = wanted;
  if (!first) return results;
  const facts = bundleFacts([first.ready.facts, ...others.map(({ ready }) => ready.facts)]);
  const result = await send(engine, senders, first.claim, facts, first.ready.destination);
  for (const { claim } of wanted) results.set(claim.deliveryId, result);
  return results;
}

async function send(
  engine: EngineContext,
  senders: Senders,
  { deliveryId, bundleId, channel }: ClaimedDelivery,
  facts: PageFacts,
  destination: Destination,
): Promise<DeliveryResult> {
  const sender = senders[channel];
  if (!sender) return { kind: "failed", retry: false, detail: "No provider is configured for this channel." };
  try {
    // The incidents were looked at just now: an acknowledgement can only slip in while the message is on its way.
    return await sender.send(facts, destination, {
      idempotencyKey: bundleId ?? deliveryId,
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
  } catch (error) {
    if (error instanceof UnreadableSecret) throw error;
    engine.log.error({ deliveryId, channel, err: error }, "a channel failed");
    return { kind: "failed", retry: true, detail: "Something went wrong on our side." };
  }
}

async function firstOf(underWay: ReadonlySet<Promise<void>>, ms: number): Promise<void> {
  const waiting = new AbortController();
  const timer = pause(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([...underWay, timer]);
  waiting.abort();
}
