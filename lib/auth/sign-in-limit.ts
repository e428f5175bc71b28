import { RateLimiterMemory } from "rate-limiter-flexible";
import { readRefusal } from "#lib/http/rate-refusal";

const WINDOW_SECONDS = 15 * 60;

/**
 * Failures that are tolerated in a quarter of an hour. The tight limit counts an address from one place, so that a stranger can't lock a
 * person out who signs in from elsewhere; the wide ones bound guessing from many places, and at many addresses.
 */
const LIMITS = { pair: 10, place: 60, address: 100 };

type Limiters = Record<keyof typeof LIMITS, RateLimiterMemory>;
const shared = globalThis as typeof globalThis & { touchlineSignInLimits?: Limiters };

function limiters(): Limiters {
  shared.touchlineSignInLimits ??= {
    pair: new RateLimiterMemory({ keyPrefix: "pair", points: LIMITS.pair, duration: WINDOW_SECONDS }),
    place: new RateLimiterMemory({ keyPrefix: "place", points: LIMITS.place, duration: WINDOW_SECONDS }),
    address: new RateLimiterMemory({
      keyPrefix: "address",
      points: LIMITS.address,
      duration: WINDOW_SECONDS,
    }),
  };
  return shared.touchlineSignInLimits;
}

/** Counts an attempt before the password is looked at. False: too many failed lately, and nothing may be tried. */
export async function takeSignInAttempt(email: string, ip: string): Promise<boolean> {
  const { pair, place, address } = limiters();
  const who = email.toLowerCase();
  const taken = await Promise.allSettled([
    pair.consume(`${who} ${ip}`),
    place.consume(ip),
    address.consume(who),
  ]);
  for (const result of taken) {
    if (result.status === "rejected") readRefusal(result.reason);
  }
  return taken.every((result) => result.status === "fulfilled");
}

/** Gives the attempt back: only failures count. */
export async function forgiveSignInAttempt(email: string, ip: string): Promise<void> {
  const { pair, place, address } = limiters();
  const who = email.toLowerCase();
  await Promise.all([pair.delete(`${who} ${ip}`), place.reward(ip), address.reward(who)]);
}
