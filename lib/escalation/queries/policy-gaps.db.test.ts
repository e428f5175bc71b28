import { expect, it } from "vitest";
import { listPolicyGaps } from "#lib/escalation/queries/policy-gaps";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeUser, weeklyLayer } from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
await setTime(new Date("2026-06-01T00:00:00Z"));
const ann = await makeUser(db);
const gone = await makeUser(db, { deactivatedAt: new Date("2025-06-01T00:00:00Z") });

const daily = (startTime: string, hours: number) =>
  makeSchedule(db, {
    definition: {
      timeZone: "Etc/UTC",
      layers: [
        weeklyLayer([ann.id], {
          restrictions: [{ type: "daily", startTime, durationSeconds: hours * 3600 }],
        }),
      ],
    },
  });
const day = await daily("06:00", 12);
const night = await daily("18:00", 11);
const target = ({ id }: { id: string }) => ({ type: "schedule" as const, id });
const first = (gaps: { start: string; end: string }[] | undefined) => gaps?.[1];

it("finds when a level has nobody, and when no level has anybody", async () => {
  const policy = await makePolicy(db, { levels: [{ targets: [target(day)] }, { targets: [target(night)] }] });
  const gaps = (await listPolicyGaps(ctx, [policy.id])).get(policy.id);
  expect(gaps?.levels.map(({ level }) => level)).toEqual([1, 2]);
  expect(first(gaps?.levels[0]?.gaps)).toEqual({
    start: "2026-06-01T18:00:00.000Z",
    end: "2026-06-02T06:00:00.000Z",
  });
  expect(first(gaps?.uncovered)).toEqual({
    start: "2026-06-02T05:00:00.000Z",
    end: "2026-06-02T06:00:00.000Z",
  });
});

it("counts everybody at a level together, and deactivated people not at all", async () => {
  const together = await makePolicy(db, {
    levels: [{ targets: [target(day), target(night), { type: "user", id: gone.id }] }],
  });
  const covered = await makePolicy(db, {
    levels: [{ targets: [target(day), { type: "user", id: ann.id }] }],
  });
  const gaps = await listPolicyGaps(ctx, [together.id, covered.id]);
  expect(first(gaps.get(together.id)?.levels[0]?.gaps)?.start).toBe("2026-06-02T05:00:00.000Z");
  expect(gaps.get(covered.id)).toMatchObject({ levels: [], uncovered: [] });
});
