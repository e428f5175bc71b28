import { describe, expect, it } from "vitest";
import { defaultLadder } from "#lib/notifications/default-ladder";
import type { Channel } from "#lib/notifications/vocabulary";

function steps(urgency: "high" | "low", ...channels: Channel[]) {
  return defaultLadder(
    channels.map((channel) => ({ channel })),
    urgency,
  ).map(({ method, delayMinutes }) => `${delayMinutes} ${method.channel}`);
}

describe("the default ladder", () => {
  it("is push, then a call, then SMS, then e-mail", () => {
    expect(steps("high", "email", "sms", "phone", "push")).toEqual(["0 push", "1 phone", "3 sms", "5 email"]);
  });

  it("begins at once with whatever there is", () => {
    expect(steps("high", "email")).toEqual(["0 email"]);
    expect(steps("high", "email", "sms")).toEqual(["0 sms", "2 email"]);
    expect(steps("high")).toEqual([]);
  });

  it("lets low urgency ring only where nothing else is there", () => {
    expect(steps("low", "email", "sms", "phone", "push")).toEqual(["0 email", "0 push"]);
    expect(steps("low", "sms", "phone")).toEqual(["0 sms", "0 phone"]);
  });
});
