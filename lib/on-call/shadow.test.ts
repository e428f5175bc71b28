import { expect, test } from "vitest";
import { whoIsOnCall } from "#lib/on-call/resolve";
import { layerOf, overrideOf, scheduleOf } from "#lib/on-call/schedule-fixture";
import { shadowShifts } from "#lib/on-call/shadow";

const day = (number: number) => new Date(Date.UTC(2024, 7, 5 + number));
const window = { start: day(0), end: day(6) };
const facts = scheduleOf("Etc/UTC", [layerOf("A B")]);
const shadow = (followsUserId: string | null, userId = "S") => ({
  id: "x",
  userId,
  followsUserId,
  startsAt: day(1),
  endsAt: day(5),
});
const texts = (...args: Parameters<typeof shadowShifts>) =>
  shadowShifts(...args).map(
    ({ userId, followsUserId, start, end }) =>
      `${userId} with ${followsUserId} ${start.getUTCDate() - 5}–${end.getUTCDate() - 5}`,
  );

test("a shadow follows one person's shifts, or everybody's, for their span", () => {
  expect(texts(facts, [shadow("A")], window)).toEqual(["S with A 2–3", "S with A 4–5"]);
  expect(texts(facts, [shadow(null)], window)).toEqual([
    "S with B 1–2",
    "S with A 2–3",
    "S with B 3–4",
    "S with A 4–5",
  ]);
});

test("a shadow goes along with whoever is on call in the end, but not with themselves", () => {
  const overridden = { ...facts, overrides: [overrideOf("C", "2024-08-07T00:00Z", "2024-08-08T00:00Z")] };
  expect(texts(overridden, [shadow("A")], window)).toEqual(["S with A 4–5"]);
  expect(texts(facts, [shadow(null, "B")], window)).toEqual(["B with A 2–3", "B with A 4–5"]);
});

test("nobody is on call by following", () => {
  const nobody = scheduleOf("Etc/UTC", []);
  expect(texts(nobody, [shadow(null)], window)).toEqual([]);
  expect(whoIsOnCall(facts, day(2)).map(({ userId }) => userId)).toEqual(["A"]);
});
