import { expect, it } from "vitest";
import { coalesce } from "#components/layout/announcer";

it("says a few messages together", () => {
  expect(coalesce(["INC-7 acknowledged", "INC-8 resolved"])).toBe("INC-7 acknowledged. INC-8 resolved");
});
it("says the same thing once", () => {
  expect(coalesce(["Saved", "Saved"])).toBe("Saved");
});
it("counts what a storm leaves no time to say, keeping the newest", () => {
  expect(coalesce(["one", "two", "three", "four", "five"])).toBe("three. four. five. And 2 more");
});
