import { describe, expect, it } from "vitest";
import { listOnCallNow } from "#lib/on-call/queries/on-call-table";
import { previewOverride } from "#lib/on-call/queries/override-preview";
import { readScheduleQuality } from "#lib/on-call/queries/quality";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeUser, weeklyLayer } from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const officeHours = [{ type: "daily" as const, startTime: "09:00", durationSeconds: 9 * 3600 }];
// Hands over on Mondays at 09:00; Ben has the week of 2026-06-01.
const office = await makeSchedule(db, {
  name: "Office",
  definition: { timeZone: "Etc/UTC", layers: [weeklyLayer([ann.id, ben.id], { restrictions: officeHours })] },
});
await makePolicy(db, {
  name: "Support",
  levels: [{ delayMinutes: 5, targets: [{ type: "schedule", id: office.id }] }],
});
await setTime(new Date("2026-06-03T20:00:00Z"));

describe("readScheduleQuality", () => {
  it("reads coverage, fairness and warnings of the next 90 days", async () => {
    const quality = await readScheduleQuality(ctx, office.id);
    expect(quality.coveragePercent).toBe(37.5);
    expect(quality.gaps[0]).toMatchObject({
      start: expect.stringMatching(/^2026-06-03T20:00:00/),
      end: "2026-06-04T09:00:00.000Z",
    });
    expect(quality.fairness.people.map(({ user }) => user.name).toSorted()).toEqual(["Ann", "Ben"]);
    expect(quality.fairness.people.every(({ nightHours }) => nightHours === 0)).toBe(true);
  });

  it("knows no other schedules", async () => {
    await expect(readScheduleQuality(ctx, "SNOTTHERE00000")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("listOnCallNow", () => {
  it("says when somebody is on call again where nobody is", async () => {
    const [row] = await listOnCallNow(ctx, { name: "Support" });
    expect(row?.levels).toMatchObject([
      { people: [], schedules: [{ id: office.id }], backAt: "2026-06-04T09:00:00.000Z" },
    ]);
  });
});

describe("previewOverride", () => {
  const asked = { scheduleId: office.id, timeZone: "Europe/Berlin" };

  it("gives the instants, whom it replaces and what it fills", async () => {
    expect(
      await previewOverride(ctx, { ...asked, fromLocal: "2026-06-04T10:00", untilLocal: "2026-06-04T12:00" }),
    ).toMatchObject({
      startsAt: "2026-06-04T08:00:00.000Z",
      endsAt: "2026-06-04T10:00:00.000Z",
      hours: 2,
      replaced: [{ user: { name: "Ben" }, start: "2026-06-04T09:00:00.000Z" }],
      gaps: [{ start: "2026-06-04T08:00:00.000Z", end: "2026-06-04T09:00:00.000Z" }],
    });
  });

  it("tells elapsed hours from wall-clock time where the clocks change", async () => {
    const from = { ...asked, fromLocal: "2026-10-24T12:00" };
    const elapsed = await previewOverride(ctx, { ...from, hours: 24 });
    const wall = await previewOverride(ctx, { ...from, untilLocal: "2026-10-25T12:00" });
    expect([elapsed.hours, wall.hours]).toEqual([24, 25]);
    expect(elapsed.endsAt).toBe("2026-10-25T10:00:00.000Z");
  });

  it("begins now at the earliest, as it will be stored", async () => {
    const begun = await previewOverride(ctx, { ...asked, fromLocal: "2026-06-03T10:00", hours: 48 });
    expect(begun.startsAt).toMatch(/^2026-06-03T20:0/);
    expect(begun.endsAt).toBe("2026-06-05T08:00:00.000Z");
    const over = previewOverride(ctx, { ...asked, fromLocal: "2026-06-03T10:00", hours: 1 });
    await expect(over).rejects.toMatchObject({ fields: [{ field: "untilLocal" }] });
  });

  it("names the field that is wrong", async () => {
    const wrong = previewOverride(ctx, {
      ...asked,
      fromLocal: "2026-06-04T10:00",
      untilLocal: "2026-06-04T10:00",
    });
    await expect(wrong).rejects.toMatchObject({ fields: [{ field: "untilLocal" }] });
    await expect(previewOverride(ctx, { ...asked, fromLocal: "soon", hours: 1 })).rejects.toMatchObject({
      fields: [{ field: "fromLocal" }],
    });
  });
});
