import { expect, test } from "vitest";
import { logSentence } from "#lib/incidents/log-sentence";
import { LOG_ENTRY_TYPES } from "#lib/incidents/vocabulary";

const actor = { name: "Maya" };

test("every type of log entry has a sentence, even without data", () => {
  for (const type of LOG_ENTRY_TYPES) {
    expect(logSentence({ type, actor, channel: "website", user: null, data: {} })).not.toMatch(
      /undefined|NaN/,
    );
  }
});

test("an acknowledgement says where it came from and what it stopped", () => {
  const entry = { type: "acknowledge" as const, actor, channel: "email", user: null, data: {} };
  expect(logSentence(entry)).toBe("Maya acknowledged from an e-mail: escalation stopped");
});

test("an escalation by time-out names who was told", () => {
  const data = { kind: "timeout", level: 2, assignees: [{ id: "1", name: "Ben" }] };
  expect(logSentence({ type: "escalate", actor, channel: "timeout", user: null, data })).toBe(
    "Nobody acknowledged in time: escalated to Ben (level 2)",
  );
});
