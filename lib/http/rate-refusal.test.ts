import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, test } from "vitest";
import { readRefusal, secondsToWait } from "#lib/http/rate-refusal";

test("a refusal is known whichever copy of the library made it, anything else is thrown again", async () => {
  const limiter = new RateLimiterMemory({ points: 1, duration: 60 });
  await limiter.consume("key");
  const thrown: unknown = await limiter.consume("key").catch((refused: unknown) => refused);
  const { msBeforeNext, remainingPoints } = readRefusal(thrown);
  expect(secondsToWait(readRefusal({ msBeforeNext, remainingPoints }))).toBe(60);
  expect(secondsToWait({ msBeforeNext: 3, remainingPoints: 0 })).toBe(1);
  expect(() => readRefusal(new Error("The disk is full."))).toThrow("The disk is full.");
});
