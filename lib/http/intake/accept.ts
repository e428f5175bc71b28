import { RateLimiterMemory } from "rate-limiter-flexible";
import { intake } from "#lib/events/commands/intake";
import type { IntakeEntry } from "#lib/events/commands/write-inbox";
import { env } from "#lib/env";
import { integrationKeys } from "#lib/http/intake/integration-keys";
import { readRefusal, secondsToWait } from "#lib/http/rate-refusal";
import { log } from "#lib/log";
import type { IntegrationOfKey } from "#lib/services/queries/integration-keys";

/** What became of what a request brought. `throttled`: too much from this key, or from everybody. */
export type Acceptance =
  | { kind: "written" }
  | { kind: "throttled"; retryAfterSeconds: number }
  | { kind: "unavailable" }
  | { kind: "failed" };

const WINDOW_SECONDS = 60;
/** Overload passes as fast as the disk writes. */
const OVERLOAD_RETRY_SECONDS = 1;

const shared = globalThis as typeof globalThis & { touchlineIntakeLimit?: RateLimiterMemory };

/** The live integration of a key; `unavailable` when the database can't be asked. */
export async function integrationOf(key: string): Promise<IntegrationOfKey | null | "unavailable"> {
  try {
    return await integrationKeys().find(key);
  } catch (error) {
    log().error({ err: error }, "the key of an integration could not be looked up");
    return "unavailable";
  }
}

/** Stores what a request brought. Durable when it answers `written`. */
export async function acceptEntry(integrationId: string, entry: Partial<IntakeEntry>): Promise<Acceptance> {
  const { events = [], unread = [], changes = [] } = entry;
  const wait = await takeRequests(integrationId, events.length + unread.length + changes.length);
  if (wait !== null) return acceptBeyondLimit(integrationId, { events, unread, changes }, wait);
  const { coalescer, queue } = intake();
  for (const event of events) coalescer.letGo(event);
  const outcome = await queue.submit({ events, unread, changes });
  if (outcome === "full") return { kind: "throttled", retryAfterSeconds: OVERLOAD_RETRY_SECONDS };
  return { kind: outcome };
}

/** Events are taken even so, those that say the same together; anything else is to be sent again. */
async function acceptBeyondLimit(
  integrationId: string,
  { events, unread, changes }: IntakeEntry,
  retryAfterSeconds: number,
): Promise<Acceptance> {
  const { coalescer, floods } = intake();
  const all = events.length + unread.length + changes.length;
  if (unread.length + changes.length > 0 || all === 0) {
    floods.add({ integrationId, coalesced: 0, refused: all });
    return { kind: "throttled", retryAfterSeconds };
  }
  const outcomes = await Promise.all(events.map((event) => coalescer.hold(event)));
  const refused = outcomes.filter((outcome) => outcome === "full").length;
  floods.add({ integrationId, coalesced: all - refused, refused });
  if (refused > 0) return { kind: "throttled", retryAfterSeconds };
  const [worst] = (["failed", "unavailable"] as const).filter((outcome) => outcomes.includes(outcome));
  return { kind: worst ?? "written" };
}

/** Counts against the key's limit; answers the seconds to wait when that is used up. Each process counts for itself. */
export async function takeRequests(integrationId: string, count: number): Promise<number | null> {
  shared.touchlineIntakeLimit ??= new RateLimiterMemory({
    points: env().intakeLimitPerMinute,
    duration: WINDOW_SECONDS,
  });
  try {
    await shared.touchlineIntakeLimit.consume(integrationId, count);
    return null;
  } catch (refused) {
    return secondsToWait(readRefusal(refused));
  }
}
