import { describe, expect, it } from "vitest";
import { adapterFor } from "#lib/events/sources/adapters";
import { SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { testMessages } from "#lib/events/test-messages";
import { eventBy } from "#lib/testing/source-events";

const FACTS = { id: "test-1", title: "Test of Bets: nothing is wrong", at: new Date("2026-01-11T18:00:00Z") };

describe.each(SOURCE_PRODUCTS.map(({ source }) => source))("the test in the format of %s", (source) => {
  const adapter = adapterFor(source);
  const messages = testMessages(source, FACTS);

  it("is understood without a warning, as bad as the format can say, and says that it is a test", () => {
    if (!adapter || !messages) throw new Error(`Nothing to test ${source} with`);
    const event = eventBy(adapter, messages.fire);
    expect(event).toMatchObject({ action: "trigger", warnings: [] });
    expect(["critical", "error"]).toContain(event.severity);
    expect(event.summary).toContain(FACTS.title);
    expect(event.dedupKey).toContain(FACTS.id);
    if (messages.over === null) return;
    const over = eventBy(adapter, messages.over);
    expect(over).toMatchObject({ action: "resolve", dedupKey: event.dedupKey, warnings: [] });
  });
});

it("knows no test for a source that is not offered", () => {
  expect(testMessages("constructor", FACTS)).toBeNull();
});
