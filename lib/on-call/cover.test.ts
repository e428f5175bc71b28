import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoverRequest } from "#lib/on-call/cover";
import { coverState, judgeOffer, openSpans, reminderAt } from "#lib/on-call/cover";
import { membersOf, relieve } from "#lib/on-call/relieve";
import { whoIsOnCall } from "#lib/on-call/resolve";
import type { Override, ScheduleFacts } from "#lib/on-call/schedule";
import { layerOf, overrideOf, scheduleOf } from "#lib/on-call/schedule-fixture";

const at = (hour: number) => new Date(Date.UTC(2024, 7, 5, hour));
const span = (from: number, until: number) => ({ startsAt: at(from), endsAt: at(until) });
const NOW = at(8);

function request(rest: Partial<CoverRequest> = {}): CoverRequest {
  const nothing = { askedUserId: null, inReturn: null, withdrawnAt: null, declinedAt: null, taken: [] };
  return { ...span(10, 18), requesterId: "A", ...nothing, ...rest };
}
const MEMBERS = { memberIds: new Set(["A", "B", "C"]), now: NOW };
const judged = (of: CoverRequest, userId: string, part: [number, number] | null = null) =>
  judgeOffer(of, { userId, span: part && span(...part) }, MEMBERS);

/** As the database would keep it: made after all others. */
function withOverrides(facts: ScheduleFacts, made: ReturnType<typeof relieve>): ScheduleFacts {
  const added = made.map((it, index): Override => ({ ...it, id: `made ${index}`, createdAt: at(100) }));
  return { ...facts, overrides: [...facts.overrides, ...added] };
}
const people = (facts: ScheduleFacts, hour: number) =>
  whoIsOnCall(facts, at(hour))
    .map(({ userId }) => userId)
    .sort();

describe("case 86: who is on call follows a request only once it is taken", () => {
  const facts = scheduleOf("Etc/UTC", [layerOf("A")]);

  test("somebody who isn't on call is relieved of nothing", () => {
    expect(relieve(facts, { relievedId: "B", byUserId: "C" }, span(10, 18))).toEqual([]);
  });

  test("what began untaken is past due, and can't be taken any more", () => {
    expect(coverState(request(), at(10))).toBe("past-due");
    expect(judgeOffer(request(), { userId: "B", span: null }, { ...MEMBERS, now: at(10) })).toEqual({
      kind: "refused",
      because: "not-open",
    });
    expect(coverState(request({ taken: [span(10, 14)] }), at(13))).toBe("open");
    expect(coverState(request({ taken: [span(10, 14)] }), at(14))).toBe("past-due");
  });
});

test("case 87: of a group only the requester is replaced", () => {
  const facts = scheduleOf("Etc/UTC", [layerOf("AB")]);
  const made = relieve(facts, { relievedId: "A", byUserId: "C" }, span(10, 18));
  expect(people(withOverrides(facts, made), 12)).toEqual(["B", "C"]);
  expect(people(withOverrides(facts, made), 18)).toEqual(["A", "B"]);
});

test("case 88: a taken end of a shift is one shift of the one who took it", () => {
  const facts = scheduleOf("Etc/UTC", [
    layerOf("A", {}, { restrictions: [{ type: "daily", startTime: "10:00", durationSeconds: 8 * 3600 }] }),
  ]);
  const made = relieve(facts, { relievedId: "A", byUserId: "B" }, span(16, 24));
  expect(made).toEqual([{ ...span(16, 18), userId: "B", replacesUserId: "A" }]);
  expect(whoIsOnCall(withOverrides(facts, made), new Date(Date.UTC(2024, 7, 5, 16, 10)))).toEqual([
    { userId: "B", source: { kind: "override", overrideId: "made 0" } },
  ]);
});

test("whoever asked is reminded in time that nobody has taken it", () => {
  expect(reminderAt(request(), at(-100))).toEqual(at(-2));
  expect(reminderAt(request(), at(6))).toEqual(at(8));
  expect(reminderAt(request({ taken: [span(10, 14)] }), at(6))).toEqual(at(10));
  expect(reminderAt(request({ taken: [span(10, 18)] }), at(6))).toBeNull();
  expect(reminderAt(request({ withdrawnAt: NOW }), at(6))).toBeNull();
});

describe("case 89: who may take what", () => {
  test("members who were asked, but nobody their own request", () => {
    expect(judged(request(), "A")).toEqual({ kind: "refused", because: "own-request" });
    expect(judged(request(), "D")).toEqual({ kind: "refused", because: "not-a-member" });
    expect(judged(request({ askedUserId: "B" }), "C")).toEqual({ kind: "refused", because: "not-asked" });
    expect(judged(request(), "B")).toEqual({ kind: "taken", spans: [span(10, 18)] });
  });

  test("only what is open", () => {
    const states = [
      request(),
      request({ taken: [span(10, 18)] }),
      request({ withdrawnAt: NOW }),
      request({ askedUserId: "B", declinedAt: NOW }),
    ];
    expect(states.map((it) => coverState(it, NOW))).toEqual(["open", "taken", "withdrawn", "declined"]);
    expect(states.slice(1).map((it) => judged(it, "B").kind)).toEqual(["refused", "refused", "refused"]);
  });

  test("a part waits for the requester's word, the rest of what others took doesn't", () => {
    const part = request({ taken: [span(12, 14)] });
    expect(openSpans(part)).toEqual([span(10, 12), span(14, 18)]);
    expect(judged(part, "B", [11, 16])).toEqual({ kind: "waiting", spans: [span(11, 12), span(14, 16)] });
    expect(judged(part, "B", [8, 20])).toEqual({ kind: "taken", spans: [span(10, 12), span(14, 18)] });
    expect(judged(part, "B", [12, 14])).toEqual({ kind: "refused", because: "nothing-of-it" });
  });

  test("a swap is taken as a whole, and before either half begins", () => {
    const swap = request({ askedUserId: "B", inReturn: span(30, 38) });
    expect(judged(swap, "B", [10, 12])).toEqual({ kind: "refused", because: "swap-is-whole" });
    expect(judged(swap, "B")).toEqual({ kind: "taken", spans: [span(10, 18)] });
    const begun = request({ ...span(30, 38), askedUserId: "B", inReturn: span(2, 12) });
    expect(coverState(begun, NOW)).toBe("past-due");
  });

  test("members are those in layers that go on and may be on call", () => {
    const over = layerOf("D", {}, { endsAt: at(1) });
    const facts = scheduleOf("Etc/UTC", [layerOf("A B"), layerOf("C"), over], {
      activeUserIds: new Set("ABD"),
    });
    expect([...membersOf(facts, NOW)]).toEqual(["A", "B"]);
  });
});

describe("relieving", () => {
  test("somebody who is on call by an override themselves replaces whom that one replaced", () => {
    const facts = scheduleOf("Etc/UTC", [layerOf("AB")], {
      overrides: [overrideOf("C", "2024-08-05T10:00Z", "2024-08-05T14:00Z", { replacesUserId: "A" })],
    });
    const made = relieve(facts, { relievedId: "C", byUserId: "D" }, span(8, 20));
    expect(made).toEqual([{ ...span(10, 14), userId: "D", replacesUserId: "A" }]);
    expect(people(withOverrides(facts, made), 12)).toEqual(["B", "D"]);
  });

  test("puts one in the place of the other and leaves everybody else where they are", () => {
    const person = fc.constantFrom("A", "B", "C");
    const hour = fc.integer({ min: 0, max: 47 });
    const override = fc.record({
      userId: person,
      replacesUserId: fc.option(person, { nil: null }),
      from: hour,
      hours: fc.integer({ min: 1, max: 20 }),
    });
    const turns = fc.array(fc.subarray(["A", "B", "C"]), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(turns, { minLength: 1, maxLength: 3 }),
        fc.array(override, { maxLength: 4 }),
        hour,
        fc.integer({ min: 1, max: 30 }),
        (layers, overrides, from, hours) => {
          const facts = scheduleOf(
            "Etc/UTC",
            layers.map((own, index) =>
              layerOf("A", {}, { id: `${index}`, turns: own, together: index % 2 === 1 }),
            ),
            {
              overrides: overrides.map((it, index) => ({
                id: `o${index}`,
                ...it,
                startsAt: at(it.from),
                endsAt: at(it.from + it.hours),
                createdAt: at(index),
              })),
            },
          );
          const until = from + hours;
          const made = relieve(facts, { relievedId: "A", byUserId: "D" }, span(from, until));
          const after = withOverrides(facts, made);
          for (let now = 0; now < 72; now += 1) {
            const before = people(facts, now);
            const inside = from <= now && now < until;
            expect(people(after, now)).toEqual(
              inside ? before.map((it) => (it === "A" ? "D" : it)).sort() : before,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
