/* oxlint-disable vitest/no-standalone-expect -- a property is a test, which the rule does not see */
import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { gatherSends, MOST_MESSAGES } from "#lib/notifications/gather-sends";
import type { DueSend, RecentSend } from "#lib/notifications/gather-sends";

const NOW = new Date("2026-11-23T03:00:00.000Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function due(id: string, values: Partial<DueSend> = {}): DueSend {
  return {
    id,
    lane: "maya sms",
    kind: "page",
    urgency: "high",
    incidentId: `incident of ${id}`,
    isFirst: true,
    isRetry: false,
    bundleId: null,
    heldUntil: null,
    ...values,
  };
}

function sent(id: string, at: Date, values: Partial<RecentSend> = {}): RecentSend {
  return {
    lane: "maya sms",
    kind: "page",
    urgency: "high",
    incidentId: `incident of ${id}`,
    messageId: id,
    at,
    ...values,
  };
}

describe("what leaves together", () => {
  it("is everything that one person is paged for at once over one address, in one message", () => {
    const others = [due("c", { lane: "ben sms" }), due("d", { urgency: "low" })];
    expect(gatherSends([due("a"), due("b"), ...others], [], NOW)).toEqual({
      messages: [["a", "b"], ["c"], ["d"]],
      holds: [],
    });
  });

  it("never includes tests and requests, and news only after it was held back", () => {
    const alone = [due("a", { kind: "alone" }), due("b", { kind: "alone" })];
    const news = [due("c", { kind: "news" }), due("d", { kind: "news" })];
    expect(gatherSends([...alone, ...news], [], NOW).messages).toEqual([["a"], ["b"], ["c"], ["d"]]);
    const held = news.map((send) => ({ ...send, heldUntil: ago(1) }));
    expect(gatherSends(held, [], NOW).messages).toEqual([["c", "d"]]);
  });

  it("goes again as it went before, under the same name", () => {
    const again = [due("a", { isRetry: true, bundleId: "b" }), due("b", { isRetry: true, bundleId: "b" })];
    expect(gatherSends([...again, due("c")], [], NOW).messages).toEqual([["b", "a"], ["c"]]);
  });
});

describe("a page shortly after another", () => {
  it("waits 45 seconds, together with what waits already", () => {
    const { messages, holds } = gatherSends([due("b")], [sent("a", ago(100))], NOW);
    expect(messages).toEqual([]);
    expect(holds).toMatchObject([{ id: "b", until: ago(-45) }]);
    const waiting = due("b", { heldUntil: ago(-20) });
    expect(gatherSends([waiting, due("c")], [sent("a", ago(119))], NOW).holds).toMatchObject([
      { id: "c", until: ago(-20) },
    ]);
  });

  it("leaves when its moment is over, with all that waits, and is not put off again", () => {
    const first = due("b", { heldUntil: NOW });
    const second = due("c", { heldUntil: ago(-30) });
    expect(gatherSends([first, second], [sent("a", ago(46))], NOW)).toEqual({
      messages: [["b", "c"]],
      holds: [],
    });
  });

  it("doesn't wait for a step of its own incident, for another urgency, address, or for long past ones", () => {
    const recent = [
      sent("x", ago(30), { incidentId: "incident of a" }),
      sent("y", ago(30), { urgency: "low" }),
      sent("z", ago(30), { lane: "maya push" }),
      sent("w", ago(121)),
    ];
    expect(gatherSends([due("a")], recent, NOW)).toEqual({ messages: [["a"]], holds: [] });
  });
});

describe("beyond ten messages in ten minutes", () => {
  const many = Array.from({ length: MOST_MESSAGES }, (_, index) => sent(`s${index}`, ago(500 - index)));

  it("low urgency, repetitions and news wait ten minutes and then come as one", () => {
    const low = due("a", { urgency: "low" });
    const repeated = due("b", { isFirst: false });
    const news = due("c", { kind: "news", urgency: "low" });
    const { messages, holds } = gatherSends([low, repeated, news], many, NOW);
    expect(messages).toEqual([]);
    expect(holds.map(({ id, until }) => [id, until])).toEqual([
      ["a", ago(-600)],
      ["b", ago(-600)],
      ["c", ago(-600)],
    ]);
    expect(holds[0]?.because).toContain("10 messages went to this address within 10 minutes");
  });

  it("the first word of a high-urgency page does not wait", () => {
    expect(gatherSends([due("a")], many, NOW)).toEqual({ messages: [["a"]], holds: [] });
  });

  it("a message to many counts once", () => {
    const one = many.map((send) => ({ ...send, messageId: "s0" }));
    expect(gatherSends([due("a", { urgency: "low" })], one, NOW).messages).toEqual([["a"]]);
  });
});

const sendArbitrary = fc.record({
  lane: fc.constantFrom("maya sms", "maya push"),
  kind: fc.constantFrom("page" as const, "news" as const, "alone" as const),
  urgency: fc.constantFrom("high" as const, "low" as const),
  incidentId: fc.constantFrom("A", "B", "C"),
  isFirst: fc.boolean(),
  isRetry: fc.boolean(),
  bundleId: fc.constant(null),
  heldUntil: fc.option(fc.integer({ min: -60, max: 60 }).map(ago)),
});
const dueArbitrary = fc
  .array(sendArbitrary, { maxLength: 60 })
  .map((sends) => sends.map((send, index): DueSend => ({ ...send, id: `d${index}` })));
const recentArbitrary = fc.array(
  fc.record({
    lane: fc.constantFrom("maya sms", "maya push"),
    kind: fc.constantFrom("page" as const, "news" as const),
    urgency: fc.constantFrom("high" as const, "low" as const),
    incidentId: fc.constantFrom("A", "B", "C"),
    messageId: fc.string({ minLength: 1, maxLength: 2 }),
    at: fc.integer({ min: 0, max: 599 }).map(ago),
  }),
  { maxLength: 30 },
);

describe("whatever is due", () => {
  property.prop([dueArbitrary, recentArbitrary])(
    "leaves or waits, each once; nothing waits twice, longer than ten minutes, or without need",
    (sends, recent) => {
      const { messages, holds } = gatherSends(sends, recent, NOW);
      const byId = new Map(sends.map((send) => [send.id, send]));
      const held = new Set(holds.map(({ id }) => id));
      const left = messages.flat();
      expect(new Set([...left, ...held]).size).toBe(left.length + held.size);
      for (const send of sends) {
        const waitsOn = send.heldUntil !== null && send.heldUntil > NOW;
        if (!waitsOn) expect(left.includes(send.id) || held.has(send.id)).toBe(true);
        if (send.kind === "alone" || send.isRetry || send.heldUntil !== null)
          expect(held.has(send.id)).toBe(false);
      }
      for (const { until } of holds) {
        expect(until.getTime()).toBeGreaterThan(NOW.getTime());
        expect(until.getTime()).toBeLessThanOrEqual(NOW.getTime() + 600_000);
      }
      for (const ids of messages.filter(({ length }) => length > 1)) {
        const keys = ids.map((id) => {
          const { lane, kind, urgency } = byId.get(id)!;
          return `${lane} ${kind} ${urgency}`;
        });
        expect(new Set(keys).size).toBe(1);
      }
    },
  );

  property.prop([dueArbitrary])(
    "leaves at once where nothing was sent before, as long as there is no flood",
    (sends) => {
      const fresh = sends
        .filter(({ heldUntil, kind }) => heldUntil === null && kind === "page")
        .map((send) => ({ ...send, urgency: "high" as const, isFirst: true }));
      expect(gatherSends(fresh, [], NOW).holds).toEqual([]);
    },
  );

  property.prop([fc.array(fc.tuple(fc.nat({ max: 900 }), fc.boolean()), { minLength: 1, maxLength: 40 })])(
    "over time: everything leaves within ten minutes of its time, and after two quiet minutes at once",
    (plan) => {
      const start = NOW.getTime();
      const waiting = plan.map(([second, isHigh], index) => ({
        ...due(`d${index}`, { urgency: isHigh ? "high" : "low" }),
        dueAt: start + second * 1000,
      }));
      const left = new Map<string, number>();
      const recent: RecentSend[] = [];
      for (let second = 0; second <= 1600; second += 1) {
        const now = new Date(start + second * 1000);
        const open = waiting.filter(({ id, dueAt }) => !left.has(id) && dueAt <= now.getTime());
        const within = recent.filter(({ at }) => at.getTime() > now.getTime() - 600_000);
        const { messages, holds } = gatherSends(open, within, now);
        for (const { id, until } of holds) waiting.find((send) => send.id === id)!.heldUntil = until;
        for (const ids of messages) {
          for (const id of ids) {
            left.set(id, now.getTime());
            const { urgency, incidentId, lane, kind } = waiting.find((send) => send.id === id)!;
            recent.push({ urgency, incidentId, lane, kind, messageId: ids[0]!, at: now });
          }
        }
      }
      for (const { id, dueAt, urgency } of waiting) {
        const at = left.get(id) ?? Number.POSITIVE_INFINITY;
        expect(at - dueAt).toBeLessThanOrEqual(urgency === "high" ? 45_000 : 600_000);
        const isFirst = !waiting.some(
          (other) =>
            other.urgency === urgency &&
            (left.get(other.id) ?? 0) > dueAt - 120_000 &&
            (left.get(other.id) ?? 0) < dueAt,
        );
        if (urgency === "high" && isFirst) expect(at).toBe(dueAt);
      }
    },
  );
});
