import { RateLimiterMemory } from "rate-limiter-flexible";
import { readRefusal, secondsToWait } from "#lib/http/rate-refusal";
import type { RateRefusal } from "#lib/http/rate-refusal";

const PER_MINUTE = 6000;
const WINDOW_SECONDS = 60;

const shared = globalThis as typeof globalThis & { touchlineApiLimit?: RateLimiterMemory };

export type Allowance = { allowed: boolean; headers: Record<string, string> };

/** Counts a request of the public API and tells the caller where they stand. Each process counts for itself. */
export async function takeApiRequest(bucket: string): Promise<Allowance> {
  shared.touchlineApiLimit ??= new RateLimiterMemory({ points: PER_MINUTE, duration: WINDOW_SECONDS });
  try {
    return { allowed: true, headers: describe(await shared.touchlineApiLimit.consume(bucket)) };
  } catch (refused) {
    const headers = describe(readRefusal(refused));
    return { allowed: false, headers: { ...headers, "retry-after": headers["ratelimit-reset"] ?? "1" } };
  }
}

function describe(state: RateRefusal): Record<string, string> {
  return {
    "ratelimit-limit": String(PER_MINUTE),
    "ratelimit-remaining": String(Math.max(0, state.remainingPoints)),
    "ratelimit-reset": String(secondsToWait(state)),
  };
}
