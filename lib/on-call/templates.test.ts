import { expect, test } from "vitest";
import { definitionOf } from "#lib/on-call/definition-of";
import { documentOf } from "#lib/on-call/editor-draft";
import { findGaps } from "#lib/on-call/coverage";
import { draftFromTemplate, SCHEDULE_TEMPLATES } from "#lib/on-call/templates";
import { validateSchedule } from "#lib/on-call/validate";

const now = new Date("2026-11-25T12:00:00Z");
const inTwoMonths = { start: now, end: new Date("2027-01-25T12:00:00Z") };

test.each(SCHEDULE_TEMPLATES)("$name has no gaps once it has people, and is valid without", ({ id }) => {
  const draft = draftFromTemplate(id, "2026-11-25", "America/New_York");
  const define = (people: string[][]) => {
    const { timeZone, layers } = documentOf({
      ...draft,
      layers: draft.layers.map((layer) => ({
        ...layer,
        turns: people.map((userIds, index) => ({ key: `${index}`, userIds })),
      })),
    });
    const drafted = layers.map(({ startsAt: _startsAt, endsAt: _endsAt, ...layer }) => ({
      ...layer,
      endsAt: null,
      restartsRotation: false,
    }));
    let count = 0;
    return definitionOf({ timeZone, layers: drafted }, null, now, () => `L${(count += 1)}`);
  };
  expect(validateSchedule(define([]))).toEqual([]);
  const definition = define([["A"], ["B"]]);
  const versions = [{ definition, effectiveFrom: now, effectiveTo: null }];
  expect(findGaps({ timeZone: definition.timeZone, versions, overrides: [] }, inTwoMonths)).toEqual([]);
});

test("an unknown template is the weekly one", () => {
  expect(draftFromTemplate("yearly", "2026-11-25", "Europe/Berlin")).toMatchObject({
    timeZone: "Europe/Berlin",
    layers: [{ name: "Weekly", rotation: { virtualStart: "2026-11-23T09:00" } }],
  });
});
