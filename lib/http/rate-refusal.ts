import { z } from "zod";

const refusal = z.object({ msBeforeNext: z.number(), remainingPoints: z.number() });

export type RateRefusal = z.infer<typeof refusal>;

/**
 * What a limiter throws when there is nothing left to take; throws anything else again. It is told by its shape: a limiter is shared by the
 * server's own modules and what is built for the router, which know its class each under a name of their own.
 */
export function readRefusal(thrown: unknown): RateRefusal {
  const read = refusal.safeParse(thrown);
  if (!read.success) throw thrown;
  return read.data;
}

/** Whole seconds until there is something to take again, at least one. */
export function secondsToWait({ msBeforeNext }: RateRefusal): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
