import { describe, expect, it } from "vitest";
import { dueNotices, noticeWindow } from "#lib/on-call/hand-off-notices";
import type { HandOffRule } from "#lib/on-call/hand-off-notices";
import { handOffs } from "#lib/on-call/hand-offs";
import type { LayerDefinition, Override, ScheduleFacts } from "#lib/on-call/schedule";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONDAY = Date.parse("2026-03-02T09:00:00Z");

function daily(
  userIds: string[],
  overrides: Partial<Override>[] = [],
  restrictions: LayerDefinition["restrictions"] = [],
): ScheduleFacts {
  const layer: LayerDefinition = {
    id: "L",
    name: "Daily",
    startsAt: new Date(MONDAY - 30 * DAY),
    endsAt: null,
    rotation: { virtualStart: "2026-03-02T09:00", unit: "day", length: 1, advance: "clock" },
    turns: userIds.map((userId) => [userId]),
    restrictions,
    together: false,
  };
  return {
    timeZone: "Etc/UTC",
    versions: [
      { definition: { timeZone: "Etc/UTC", layers: [layer] }, effectiveFrom: new Date(0), effectiveTo: null },
    ],
    overrides: overrides.map((it, index) => ({
      id: `O${index}`,
      userId: "C",
      startsAt: new Date(MONDAY),
      endsAt: new Date(MONDAY + HOUR),
      createdAt: new Date(MONDAY - DAY),
      ...it,
    })),
  };
}

const found = (facts: ScheduleFacts, start: number, end: number) =>
  handOffs(facts, { start, end }).map(
    ({ at, incoming, outgoing }) =>
      `${(at - MONDAY) / HOUR}: ${outgoing.join("+") || "-"} > ${incoming.join("+") || "-"}`,
  );

describe("handOffs", () => {
  it("are where people change, the beginning of the window in it and its end not", () => {
    expect(found(daily(["A", "B"]), MONDAY, MONDAY + 2 * DAY)).toEqual(["0: B > A", "24: A > B"]);
    expect(found(daily(["A", "B"]), MONDAY + 1, MONDAY + DAY)).toEqual([]);
    expect(found(daily(["A", "B"]), MONDAY + DAY - 1, MONDAY + DAY + 1)).toEqual(["24: A > B"]);
  });

  it("are none where the next turn is the same person's", () => {
    expect(found(daily(["A", "A", "B"]), MONDAY, MONDAY + 3 * DAY)).toEqual(["0: B > A", "48: A > B"]);
    expect(found(daily(["A"]), MONDAY, MONDAY + 9 * DAY)).toEqual([]);
  });

  it("are both ends of an override, unless it is the person's own", () => {
    expect(found(daily(["A"], [{}]), MONDAY - HOUR, MONDAY + DAY)).toEqual(["0: A > C", "1: C > A"]);
    expect(found(daily(["A"], [{ userId: "A" }]), MONDAY - HOUR, MONDAY + DAY)).toEqual([]);
  });

  it("are to or from nobody around a gap", () => {
    const office = { type: "daily" as const, startTime: "09:00", durationSeconds: 8 * 3600 };
    expect(found(daily(["A"], [], [office]), MONDAY, MONDAY + DAY)).toEqual(["0: - > A", "8: A > -"]);
  });

  it("are the same whatever the window they are looked for in", () => {
    const facts = daily(
      ["A", "B", "C"],
      [{ startsAt: new Date(MONDAY + 5 * HOUR), endsAt: new Date(MONDAY + 30 * HOUR) }],
    );
    const all = found(facts, MONDAY - DAY, MONDAY + 4 * DAY);
    const pieces = Array.from({ length: 5 * 24 * 4 }, (_, index) => {
      const start = MONDAY - DAY + index * 15 * MINUTE;
      return found(facts, start, start + 15 * MINUTE);
    });
    expect(pieces.flat()).toEqual(all);
  });
});

describe("dueNotices", () => {
  const rule = (values: Partial<HandOffRule> = {}): HandOffRule => ({
    userId: "A",
    contactMethodId: "mail",
    advanceMinutes: 0,
    type: "both",
    ...values,
  });
  const change = { at: MONDAY, incoming: ["A"], outgoing: ["B"] };

  it("tells both ends, or the one that was asked for", () => {
    const rules = [rule(), rule({ userId: "B", type: "offcall" }), rule({ userId: "C" })];
    const { due } = dueNotices([change], rules, MONDAY);
    expect(due.map(({ userId, side }) => `${userId} ${side}`)).toEqual(["A oncall", "B offcall"]);
    expect(dueNotices([change], [rule({ type: "offcall" })], MONDAY).due).toEqual([]);
    expect(dueNotices([change], [rule({ userId: "B", type: "oncall" })], MONDAY).due).toEqual([]);
  });

  it("tells at the advance, not before, and says when that is", () => {
    const rules = [rule({ advanceMinutes: 60 })];
    expect(dueNotices([change], rules, MONDAY - HOUR - 1)).toEqual({ due: [], nextAt: MONDAY - HOUR });
    expect(dueNotices([change], rules, MONDAY - HOUR).due).toHaveLength(1);
  });

  it("is one notice for several contact methods of one advance, and another for another advance", () => {
    const rules = [
      rule(),
      rule({ contactMethodId: "push" }),
      rule({ advanceMinutes: 15, contactMethodId: "sms" }),
    ];
    expect(dueNotices([change], rules, MONDAY).due).toEqual([
      { userId: "A", side: "oncall", at: MONDAY, advanceMinutes: 0, contactMethodIds: ["mail", "push"] },
      { userId: "A", side: "oncall", at: MONDAY, advanceMinutes: 15, contactMethodIds: ["sms"] },
    ]);
  });

  it.each([0, 15, 60, 2880])(
    "is dropped when it was due too long ago (%i minutes in advance)",
    (advanceMinutes) => {
      const { start, end } = noticeWindow(advanceMinutes, MONDAY, MINUTE);
      const at = (instant: number) =>
        dueNotices([{ ...change, at: instant }], [rule({ advanceMinutes })], MONDAY);
      expect(at(start).due).toHaveLength(1);
      expect(at(start - 1).due).toEqual([]);
      expect(at(end - 1)).toMatchObject({ due: [], nextAt: MONDAY + MINUTE - 1 });
      // What is over by half an hour is told to nobody, whatever the advance.
      expect(at(MONDAY - 30 * MINUTE - 1).due).toEqual([]);
    },
  );
});
