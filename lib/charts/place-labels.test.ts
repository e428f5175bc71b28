import { expect, it } from "vitest";
import { placeLabels } from "#lib/charts/place-labels";

const label = (key: string, at: number, top: number, before = false) => ({
  key,
  text: "a label of some length",
  at,
  top,
  before,
});

it("leaves out a label that would be written over another", () => {
  const kept = placeLabels([label("a", 0.2, 100), label("b", 0.25, 108), label("c", 0.25, 114)]);
  expect(kept).toEqual(new Set(["a", "c"]));
});

it("keeps labels on one line that stand apart, on whichever side of their mark", () => {
  const kept = placeLabels([label("a", 0.2, 100), label("b", 0.6, 100), label("c", 0.85, 100, true)]);
  expect(kept).toEqual(new Set(["a", "b"]));
  expect(placeLabels([label("a", 0.2, 100), label("c", 0.9, 100, true)]).size).toBe(2);
});
