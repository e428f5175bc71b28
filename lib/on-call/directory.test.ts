import { expect, test } from "vitest";
import { matchesEntry, servicesFor } from "#lib/on-call/directory";

const entry = {
  policy: { name: "Payments critical" },
  team: { name: "Money" },
  services: [
    { id: "1", name: "Ledger" },
    { id: "2", name: "checkout-api" },
  ],
  levels: [{ people: [{ user: { name: "José Álvarez" } }], schedules: [{ name: "Payments primary" }] }],
};

test.each(["", "  ", "pay", "crit", "money", "led", "checkout", "api", "jose alv", "PRIMARY", "led jose"])(
  "“%s” finds the entry",
  (query) => expect(matchesEntry(entry, query)).toBe(true),
);

test.each(["search", "ledger ann", "ayments", "lvarez"])("“%s” does not", (query) =>
  expect(matchesEntry(entry, query)).toBe(false),
);

test("the service that is meant comes first", () => {
  expect(servicesFor(entry.services, "check").map(({ id }) => id)).toEqual(["2", "1"]);
  expect(servicesFor(entry.services, "").map(({ id }) => id)).toEqual(["1", "2"]);
});
