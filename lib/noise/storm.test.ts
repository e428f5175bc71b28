import { expect, test } from "vitest";
import { stormSentence } from "#lib/noise/storm";

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
