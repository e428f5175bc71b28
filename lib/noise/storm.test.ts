/* oxlint-disable vitest/no-standalone-expect -- a property is a test, which the rule does not see */
import { fc, it as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { passesOutbreak, stormSentence } from "#lib/noise/storm";

test.each([
  [null, "The next alert opens the incident that holds all that follow"],
  [
    { number: 7, isOpen: true, alertCount: 1 },
    "1 alert is on #7; everything new joins it and pages nobody again",
  ],
  [
    { number: 7, isOpen: true, alertCount: 1234 },
    "1,234 alerts are on #7; everything new joins it and pages nobody again",
  ],
  [
    { number: 7, isOpen: false, alertCount: 40 },
    "#7 is resolved; the next alert opens another incident for all that follow",
  ],
])("says where the new alerts of a storm go: %j", (incident, sentence) => {
  expect(stormSentence({ incident: incident && { id: "Q7", ...incident } })).toBe(sentence);
});

test.each([
  [0, 20, false],
  [0, 21, true],
  [20, 1, true],
  [21, 5, false],
  [39, 1, true],
  [40, 39, false],
  [21, 100, true],
  [500, 0, false],
])("%d new alerts and %d that come are judged at once: %j", (justNow, coming, isJudged) => {
  expect(passesOutbreak(justNow, coming)).toBe(isJudged);
});

property.prop([fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 200 })])(
  "whatever comes together, more than 20 were judged, and never more often than they doubled",
  (turns) => {
    let count = 0;
    let judged = 0;
    for (const coming of turns) {
      if (passesOutbreak(count, coming)) judged += 1;
      count += coming;
    }
    expect(judged > 0).toBe(count > 20);
    expect(judged).toBeLessThanOrEqual(1 + Math.max(0, Math.log2(count / 20)));
  },
);
