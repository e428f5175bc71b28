/* oxlint-disable vitest/no-standalone-expect -- a property is a test, which the rule does not see */
import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, test, vi } from "vitest";
import { Coalescer } from "#lib/events/commands/coalescer";
import type { IntakeOutcome } from "#lib/events/commands/intake-queue";
import type { InboxRow } from "#lib/events/commands/write-inbox";

function rowOf(dedupKey: string, values: Partial<InboxRow> = {}): InboxRow {
  const row = { integrationId: "I", source: "events_v2", action: "trigger" as const, dedupKey };
  return { ...row, json: "{}", raw: null, occurrences: 1, ...values };
}

function newCoalescer(limits: { maxKeys?: number; maxWaiting?: number } = {}) {
  const stored: InboxRow[] = [];
  let outcome: IntakeOutcome = "written";
  const submit = (row: InboxRow) => {
    stored.push(row);
    return Promise.resolve(outcome);
  };
  const coalescer = new Coalescer({ submit, everyMs: 1_000_000, ...limits });
  return { coalescer, stored, fail: (with_: IntakeOutcome) => (outcome = with_) };
}

describe("what a key sends beyond its limit", () => {
  test("is stored once for all that say the same, with the newest's details, and only then answered", async () => {
    const { coalescer, stored } = newCoalescer();
    const answers = [1, 2, 3].map((n) => coalescer.hold(rowOf("k", { json: `{"n":${n}}` })));
    expect(stored).toEqual([]);
    coalescer.flush();
    expect(await Promise.all(answers)).toEqual(["written", "written", "written"]);
    expect(stored).toEqual([rowOf("k", { json: '{"n":3}', occurrences: 3 })]);
  });

  test("keeps its order when another word on the same key comes", async () => {
    const { coalescer, stored } = newCoalescer();
    void coalescer.hold(rowOf("k"));
    void coalescer.hold(rowOf("k"));
    void coalescer.hold(rowOf("k", { action: "resolve" }));
    void coalescer.hold(rowOf("k"));
    coalescer.flush();
    await vi.waitFor(() =>
      expect(stored.map(({ action, occurrences }) => [action, occurrences])).toEqual([
        ["trigger", 2],
        ["resolve", 1],
        ["trigger", 1],
      ]),
    );
  });

  test("goes ahead of what the same key sends within its limit, and of nothing else", () => {
    const { coalescer, stored } = newCoalescer();
    void coalescer.hold(rowOf("k"));
    void coalescer.hold(rowOf("other"));
    coalescer.letGo(rowOf("k", { action: "resolve" }));
    expect(stored.map(({ dedupKey }) => dedupKey)).toEqual(["k"]);
  });

  test("is refused beyond the room there is, and answered as its row was", async () => {
    const { coalescer, fail } = newCoalescer({ maxKeys: 2, maxWaiting: 3 });
    const kept = [coalescer.hold(rowOf("a")), coalescer.hold(rowOf("b"))];
    expect(await coalescer.hold(rowOf("c"))).toBe("full");
    kept.push(coalescer.hold(rowOf("a")));
    expect(await coalescer.hold(rowOf("b"))).toBe("full");
    fail("unavailable");
    coalescer.flush();
    expect(await Promise.all(kept)).toEqual(["unavailable", "unavailable", "unavailable"]);
    fail("written");
    const again = coalescer.hold(rowOf("c"));
    coalescer.flush();
    expect(await again).toBe("written");
  });

  property.prop([
    fc.array(
      fc.record({
        key: fc.constantFrom("a", "b"),
        action: fc.constantFrom("trigger", "resolve"),
        flush: fc.boolean(),
      }),
    ),
  ])("is counted to the last, and of each key in order", async (words) => {
    const { coalescer, stored } = newCoalescer();
    const answers = words.map(({ key, action, flush }) => {
      const answer = coalescer.hold(rowOf(key, { action: action === "trigger" ? "trigger" : "resolve" }));
      if (flush) coalescer.flush();
      return answer;
    });
    coalescer.flush();
    expect(await Promise.all(answers)).toEqual(words.map(() => "written"));
    for (const key of ["a", "b"]) {
      const said = words.filter((word) => word.key === key).map(({ action }) => action);
      const kept = stored
        .filter(({ dedupKey }) => dedupKey === key)
        .flatMap(({ action, occurrences }) => Array.from({ length: occurrences }, () => action));
      expect(kept).toEqual(said);
    }
  });
});
