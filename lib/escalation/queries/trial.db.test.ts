import { expect, it } from "vitest";
import { tryPolicy } from "#lib/escalation/queries/trial";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeSchedule, makeUser } from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
await makeContactMethod(db, { userId: ann.id });
// Hands over from Ann to Ben on Monday 2026-06-01 at 09:00.
const primary = await makeSchedule(db, { name: "Primary", userIds: [ann.id, ben.id] });
await setTime(new Date("2026-06-01T08:50:00Z"));

const policy = {
  name: "Payments",
  numLoops: 1,
  levels: [
    { delayMinutes: 15, targets: [{ type: "schedule" as const, id: primary.id }] },
    { delayMinutes: 5, targets: [{ type: "user" as const, id: ben.id }] },
  ],
};

it("says who is told when, each as on call at that minute", async () => {
  const { steps, warnings } = await tryPolicy(ctx, policy);
  expect(steps.map(({ minute, kind, level, people }) => [minute, kind, level, people[0]?.user.name])).toEqual(
    [
      [0, "level", 1, "Ann"],
      [15, "level", 2, "Ben"],
      [20, "level", 1, "Ben"],
      [35, "level", 2, "Ben"],
      [40, "end", null, undefined],
    ],
  );
  expect(steps[0]?.people[0]).toMatchObject({
    because: "On call in Primary (layer Weekly)",
    isReachable: true,
  });
  expect(warnings).toMatchObject([{ kind: "unreachable", level: 2 }]);
});

it("tries another time, and policies that are half written", async () => {
  const { at, steps } = await tryPolicy(ctx, { ...policy, at: "2026-06-09T00:00:00Z" });
  expect(at).toBe("2026-06-09T00:00:00.000Z");
  expect(steps[0]?.people[0]?.user.name).toBe("Ann");
  const empty = await tryPolicy(ctx, { levels: [{ delayMinutes: 5, targets: [] }], fallbackUserId: ben.id });
  expect(empty.steps[0]).toMatchObject({ kind: "fallback", people: [{ user: { name: "Ben" } }] });
  expect(empty.steps[0]?.skipped).toMatchObject([{ because: "Level 1 names nobody." }]);
});
