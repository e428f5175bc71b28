import { describe, expect, it } from "vitest";
import { whyNotPaged } from "#lib/incidents/decision-trail";
import type { TrailEntry, TrailFacts } from "#lib/incidents/decision-trail";

const AT = new Date("2026-11-23T03:11:52.000Z");
const LATER = new Date("2026-11-23T03:14:07.000Z");
const ann = { id: "ANN", name: "Ann" };
const level = (...targets: { type: "user" | "schedule"; id: string; name: string }[]) => ({
  id: null,
  delayMinutes: 30,
  targets,
  strategy: "everyone" as const,
  cycleMinutes: null,
  notifyOnly: false,
  condition: null,
});
const primary = { type: "schedule" as const, id: "S1", name: "Payments primary" };
const assigned: TrailEntry = { type: "assign", at: AT, actorName: "Touchline", data: { level: 1 } };

function why(values: Partial<TrailFacts>, incident: Partial<TrailFacts["incident"]> = {}) {
  return whyNotPaged({
    person: ann,
    incident: {
      number: 7,
      urgency: "high",
      isOpen: false,
      policy: { name: "Payments", levels: [level(primary), level({ type: "user", ...ann })] },
      assignedDirectly: false,
      ...incident,
    },
    entries: [assigned],
    memberOf: new Set(),
    onCallThen: [],
    mayBePagedNow: true,
    ...values,
  });
}

describe("why somebody was not paged", () => {
  it("names who was on call instead, and by which shift", () => {
    const people = [{ userId: "BEN", name: "Ben", because: "layer Weekly" }];
    const policy = { name: "Payments", levels: [level(primary)] };
    expect(
      why({ memberOf: new Set(["S1"]), onCallThen: [{ scheduleId: "S1", at: AT, people }] }, { policy }),
    ).toEqual([
      {
        sentence: "Not on call then: level 1 asked Payments primary.",
        because: "It had Ben (layer Weekly).",
        at: AT,
      },
    ]);
  });

  it("says what stopped it before their level", () => {
    const entries = [assigned, { type: "acknowledge" as const, at: LATER, actorName: "Ben", data: {} }];
    expect(why({ entries })).toEqual([
      { sentence: "Level 2 was not reached.", because: "Ben acknowledged it before.", at: LATER },
    ]);
    expect(why({}, { urgency: "low" })[0]?.because).toContain("Low urgency stays with the level");
    expect(why({}, { isOpen: true })[0]?.sentence).toBe("Level 2 has not been reached yet.");
    const skipped = { type: "skip_level" as const, at: LATER, actorName: "Touchline" };
    const data = { level: 2, because: "Level 2 is used at night." };
    expect(why({ entries: [assigned, { ...skipped, data }] })[0]).toMatchObject({
      sentence: "Level 2 was passed over.",
      because: "Level 2 is used at night.",
    });
  });

  it("says that they are on no level, or that it was given by hand", () => {
    const policy = { name: "Payments", levels: [level(primary)] };
    expect(why({}, { policy })[0]?.sentence).toBe("Ann was on no level of Payments.");
    expect(why({ mayBePagedNow: false }, { policy })[0]?.because).toContain("never paged");
    expect(why({}, { policy, assignedDirectly: true })[0]?.sentence).toBe(
      "It was given to somebody else by hand.",
    );
  });

  it("says that it doesn't know rather than guessing", () => {
    expect(why({})[0]?.because).toBe("Why is not known.");
    const entries = [{ ...assigned, data: { level: 2 } }];
    expect(why({ entries })[0]).toMatchObject({ because: "Why is not known.", at: AT });
    const policy = { name: "Payments", levels: [level(primary)] };
    expect(why({ memberOf: new Set(["S1"]) }, { policy })[0]?.because).toBe("Not known.");
    const people = [{ userId: "ANN", name: "Ann", because: "layer Weekly" }];
    expect(
      why({ memberOf: new Set(["S1"]), onCallThen: [{ scheduleId: "S1", at: AT, people }] }, { policy })[0]
        ?.because,
    ).toContain("changed since");
  });
});
