import { describe, expect, test } from "vitest";
import type { LayerDefinition, Override, ScheduleFacts } from "#lib/on-call/schedule";
import { findEmptyShifts } from "#lib/on-call/coverage";
import { endOverride, placeOverride } from "#lib/on-call/override-edit";
import { resolveSchedule, whoIsOnCall } from "#lib/on-call/resolve";
import {
  layerOf,
  moment,
  onCallAt,
  onCallDaily,
  overrideOf,
  scheduleOf,
  shiftsIn,
  weekly,
} from "#lib/on-call/schedule-fixture";
import { currentShifts, nextHandOff, nextShift } from "#lib/on-call/shift-span";

const DAY = "2026-01-05";

/** One shift of one person on the day, "10–20" or "10:30–12". */
function shiftOf(person: string, span: string, rest: Partial<LayerDefinition> = {}): LayerDefinition {
  const [startsAt, endsAt] = span.split("–").map(timeOfDay);
  return layerOf(person, {}, { id: `${person} ${span}`, startsAt, endsAt: endsAt ?? null, ...rest });
}

function over(person: string, span: string, rest: Partial<Override> & { created?: number } = {}): Override {
  const [startsAt, endsAt] = span.split("–").map((it) => timeOfDay(it).toISOString());
  return overrideOf(person, startsAt ?? "", endsAt ?? "", rest);
}

function timeOfDay(text: string): Date {
  const [hour = "", minute = "00", second = "00"] = text.split(":");
  return new Date(`${DAY}T${hour.padStart(2, "0")}:${minute}:${second}Z`);
}

/** "A 10–15, C 15–18". */
function day(
  layers: LayerDefinition[],
  overrides: Override[] = [],
  rest: Partial<ScheduleFacts> = {},
): string {
  const schedule = scheduleOf("UTC", layers, { overrides, ...rest });
  return resolveSchedule(schedule, { start: timeOfDay("00"), end: timeOfDay("24") })
    .map(({ userId, start, end }) => `${userId} ${clock(start)}–${clock(end, timeOfDay("24"))}`)
    .toSorted((a, b) => a.localeCompare(b))
    .join(", ");
}

function clock(instant: Date, midnight?: Date): string {
  if (instant.getTime() === midnight?.getTime()) return "24";
  return instant
    .toISOString()
    .slice(11, 19)
    .replace(/(:00)+$/, "")
    .replace(/^0/, "");
}

describe("layers", () => {
  test("case 70: a layer above hides two that are together", () => {
    const layers = [shiftOf("A", "10–20"), shiftOf("B", "12–16", { together: true }), shiftOf("C", "15–18")];
    expect(day(layers)).toBe("A 10–15, A 18–20, B 12–15, C 15–18");
  });

  test("case 71: the layer above first, then the two below", () => {
    expect(
      day([layerOf("AB", {}, { startsAt: timeOfDay("10"), endsAt: timeOfDay("20") }), shiftOf("C", "10–13")]),
    ).toBe("A 13–20, B 13–20, C 10–13");
  });

  test("case 73: of two layers only the upper one is on call", () => {
    const schedule = scheduleOf("UTC", [shiftOf("A", "9–12"), shiftOf("B", "9:30–11:30")]);
    expect(onCallAt(schedule, `${DAY}T10:00`)).toBe("B");
  });

  test("case 75: layers that start later take over when they do", () => {
    const grown = [
      layerOf("C", {}, { id: "3", startsAt: timeOfDay("0") }),
      layerOf("B", {}, { id: "2", startsAt: timeOfDay("2") }),
      layerOf("A", {}, { id: "1", startsAt: timeOfDay("4") }),
    ];
    expect(day(grown)).toBe("A 4–24, B 2–4, C 0–2");
    expect(day(grown.map((layer) => ({ ...layer, startsAt: timeOfDay("0") })))).toBe("A 0–24");
  });

  test("case 78: after a restricted primary comes the fallback, not the primary's next week", () => {
    const schedule = scheduleOf("UTC", [
      layerOf("F", { virtualStart: `${DAY}T00:00`, unit: "week" }),
      layerOf(
        "P",
        { virtualStart: `${DAY}T00:00`, unit: "week" },
        { restrictions: weekly("Mo Tu", "00:00", 24) },
      ),
    ]);
    const wednesday = new Date("2026-01-07T00:00:00Z");
    const monday = moment("UTC", `${DAY}T09:00`);
    expect(nextShift(schedule, monday)).toMatchObject({ userId: "F", start: wednesday });
    expect(nextHandOff(schedule, monday)).toMatchObject({ at: wednesday, onCall: [{ userId: "F" }] });
    expect(nextShift(schedule, monday, "P")?.start).toEqual(new Date("2026-01-12T00:00:00Z"));
  });

  test("people who are not available, and turns nobody has, hide no layer below", () => {
    const activeUserIds = new Set(["A", "C"]);
    expect(day([shiftOf("A", "10–20"), shiftOf("B", "12–16")], [], { activeUserIds })).toBe("A 10–20");
    expect(day([shiftOf("A", "10–20"), layerOf("-")])).toBe("A 10–20");
    const group = layerOf("BC", {}, { startsAt: timeOfDay("12"), endsAt: timeOfDay("16") });
    expect(day([shiftOf("A", "10–20"), group], [], { activeUserIds })).toBe("A 10–12, A 16–20, C 12–16");
  });

  test("a person in two layers that are together is on call once", () => {
    expect(day([shiftOf("A", "10–16"), shiftOf("A", "12–20", { together: true })])).toBe("A 10–12, A 12–20");
  });
});

describe("overrides", () => {
  test("case 72: an override as long as the shift replaces all of it", () => {
    expect(day([shiftOf("A", "10–15")], [over("B", "10–15")])).toBe("B 10–15");
    const schedule = scheduleOf("UTC", [shiftOf("A", "10–15")], { overrides: [over("B", "10–14")] });
    const asked = { start: timeOfDay("10:00:01"), end: timeOfDay("14") };
    expect(resolveSchedule(schedule, asked)).toEqual([
      { ...asked, userId: "B", source: { kind: "override", overrideId: schedule.overrides[0]?.id } },
    ]);
  });

  test("case 74: a layer that ends early is over when it ends", () => {
    const schedule = scheduleOf("UTC", [shiftOf("A", "10–13", { endsAt: timeOfDay("11") })]);
    expect(onCallAt(schedule, `${DAY}T10:05`)).toBe("A");
    expect(onCallAt(schedule, `${DAY}T12:05`)).toBe("-");
  });

  test("case 79: one person's shifts are taken over, and only theirs", () => {
    const shift = [shiftOf("A", "8–14")];
    const forA = (person: string, span: string) => over(person, span, { replacesUserId: "A" });
    expect(day(shift, [forA("B", "10–12")])).toBe("A 12–14, A 8–10, B 10–12");
    expect(day(shift, [forA("B", "6–16")])).toBe("B 8–14");
    expect(day(shift, [forA("B", "14–16")])).toBe("A 8–14");
    expect(day(shift, [forA("B", "6–8")])).toBe("A 8–14");
    expect(
      day([shiftOf("A", "8–10"), shiftOf("C", "10–12"), shiftOf("A", "12–14")], [forA("B", "9–13")]),
    ).toBe("A 13–14, A 8–9, B 12–13, B 9–10, C 10–12");
    const two = [shiftOf("A", "8–12"), shiftOf("C", "12–16")];
    expect(day(two, [forA("B", "8–16"), over("D", "8–16", { replacesUserId: "C" })])).toBe("B 8–12, D 12–16");
    expect(day(shift, [forA("B", "10:00:00–10:00:01")])).toBe("A 10:00:01–14, A 8–10, B 10–10:00:01");
  });

  test("case 79: bounds below a second never invert", () => {
    const startsAt = new Date(timeOfDay("10").getTime() + 1);
    const override = { ...over("B", "10–12"), startsAt, endsAt: new Date(startsAt.getTime() + 1) };
    const schedule = scheduleOf("UTC", [shiftOf("A", "8–14")], { overrides: [override] });
    const shifts = resolveSchedule(schedule, { start: timeOfDay("0"), end: timeOfDay("24") });
    expect(shifts.map((shift) => shift.userId)).toEqual(["A", "B", "A"]);
    expect(shifts.every((shift) => shift.start < shift.end)).toBe(true);
  });

  test("substitution happens once: who stands in for A is not replaced by who stands in for them", () => {
    const layers = [shiftOf("A", "8–12"), shiftOf("B", "12–16")];
    const overrides = [
      over("B", "8–16", { replacesUserId: "A", created: 1 }),
      over("C", "8–16", { replacesUserId: "B", created: 2 }),
    ];
    expect(day(layers, overrides)).toBe("B 8–12, C 12–16");
    expect(day(layers, overrides.toReversed())).toBe("B 8–12, C 12–16");
  });

  test("case 88: asked within a taken over part of a shift, it is one shift of the stand-in", () => {
    const swap = over("B", "16–18", { replacesUserId: "A" });
    const schedule = scheduleOf("UTC", [shiftOf("A", "10–18")], { overrides: [swap] });
    const at = timeOfDay("16:10");
    expect(currentShifts(schedule, at)).toMatchObject([
      { userId: "B", start: timeOfDay("16"), end: timeOfDay("18"), source: { kind: "override" } },
    ]);
  });

  test("case 87: of a group only the replaced person changes; for the whole slot everybody does", () => {
    const group = [layerOf("AB", {}, { startsAt: timeOfDay("10"), endsAt: timeOfDay("20") })];
    expect(day(group, [over("C", "12–14", { replacesUserId: "A" })])).toBe(
      "A 10–12, A 14–20, B 10–20, C 12–14",
    );
    expect(day(group, [over("C", "12–14")])).toBe("A 10–12, A 14–20, B 10–12, B 14–20, C 12–14");
    expect(day(group, [over("B", "12–14", { replacesUserId: "A" })])).toBe(
      "A 10–12, A 14–20, B 10–12, B 12–14, B 14–20",
    );
  });

  test("case 81: for its policy a scoped override wins, elsewhere it does not exist", () => {
    const overrides = [over("B", "8–14", { created: 2 }), over("C", "10–12", { created: 1, policyId: "P" })];
    const shift = [shiftOf("A", "8–16")];
    expect(day(shift, overrides)).toBe("A 14–16, B 8–14");
    expect(day(shift, overrides, { policyId: "P" })).toBe("A 14–16, B 12–14, B 8–10, C 10–12");
    expect(day(shift, overrides, { policyId: "other" })).toBe("A 14–16, B 8–14");
  });

  test("case 82: of two overlapping overrides the later created wins, in any order given", () => {
    const overrides = [over("B", "8–12", { created: 2 }), over("C", "10–14", { created: 1 })];
    expect(day([shiftOf("A", "8–16")], overrides)).toBe("A 14–16, B 8–12, C 12–14");
    expect(day([shiftOf("A", "8–16")], overrides.toReversed())).toBe("A 14–16, B 8–12, C 12–14");
    const sameTime = [over("B", "8–12", { id: "1" }), over("C", "8–12", { id: "2" })];
    expect(day([shiftOf("A", "8–16")], sameTime)).toBe(day([shiftOf("A", "8–16")], sameTime.toReversed()));
    const replaced = [
      over("B", "8–12", { created: 1 }),
      over("C", "10–14", { created: 2, replacesUserId: "A" }),
    ];
    expect(day([shiftOf("A", "8–16")], replaced)).toBe("A 14–16, B 8–10, C 10–14");
  });

  test("case 83: an override covers a gap; one of an unavailable person does nothing and is reported", () => {
    const overrides = [over("B", "18–20")];
    expect(day([shiftOf("A", "8–12")], overrides)).toBe("A 8–12, B 18–20");
    expect(day([], [over("B", "18–20", { replacesUserId: "A" })])).toBe("");
    const gone = { overrides: [over("B", "10–20", { created: 1 })], activeUserIds: new Set(["A", "C"]) };
    expect(day([shiftOf("A", "8–12")], gone.overrides, gone)).toBe("A 8–12");
    const schedule = scheduleOf("UTC", [shiftOf("A", "8–12")], gone);
    expect(findEmptyShifts(schedule, { start: timeOfDay("0"), end: timeOfDay("12") })).toEqual([
      {
        start: timeOfDay("10"),
        end: timeOfDay("12"),
        userIds: ["B"],
        source: { kind: "override", overrideId: gone.overrides[0]?.id },
      },
    ]);
    expect(placeOverride(over("B", "10–20"), timeOfDay("9"), gone.activeUserIds)).toEqual({
      kind: "refused",
      because: "person-not-available",
    });
  });

  test("case 84: an override may not lie in the past; one that reaches over now begins now", () => {
    const now = timeOfDay("12");
    expect(placeOverride(over("B", "8–12"), now)).toEqual({ kind: "refused", because: "over-already" });
    expect(placeOverride(over("B", "14–13"), now)).toEqual({ kind: "refused", because: "ends-before-start" });
    expect(placeOverride(over("B", "13–13"), now)).toEqual({ kind: "refused", because: "ends-before-start" });
    expect(placeOverride(over("B", "8–16"), now)).toEqual({
      kind: "placed",
      startsAt: now,
      endsAt: timeOfDay("16"),
    });
    expect(placeOverride(over("B", "14–16"), now)).toMatchObject({ startsAt: timeOfDay("14") });
  });

  test("case 49: ending a running override shortens it, a finished one stays, a future one goes", () => {
    const now = timeOfDay("12");
    expect(endOverride(over("B", "8–16"), now)).toEqual({ kind: "shortened", endsAt: now });
    expect(endOverride(over("B", "8–12"), now)).toEqual({ kind: "kept" });
    expect(endOverride(over("B", "12–16"), now)).toEqual({ kind: "removed" });
  });
});

test("who is on call names the deciding source first", () => {
  const schedule = scheduleOf(
    "UTC",
    [shiftOf("A", "8–12"), shiftOf("B", "8–12", { id: "upper", name: "Upper", together: true })],
    { overrides: [over("C", "8–12", { id: "O", replacesUserId: "A" })] },
  );
  expect(whoIsOnCall(schedule, timeOfDay("9"))).toEqual([
    { userId: "C", source: { kind: "override", overrideId: "O" } },
    { userId: "B", source: { kind: "layer", layerId: "upper", layerName: "Upper" } },
  ]);
  expect(whoIsOnCall(schedule, timeOfDay("12"))).toEqual([]);
  expect(onCallDaily(scheduleOf("UTC", []), `${DAY}T12:00`, 1)).toBe("-");
  expect(shiftsIn(schedule, `${DAY}T12:00`, `${DAY}T08:00`)).toEqual([]);
});
