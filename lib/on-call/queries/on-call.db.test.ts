import { describe, expect, it } from "vitest";
import { getServiceOnCall, listOnCallNow } from "#lib/on-call/queries/on-call-table";
import { listOnCalls } from "#lib/on-call/queries/on-calls";
import { listScheduleOverviews } from "#lib/on-call/queries/overview";
import { getNextShift, listPersonShifts } from "#lib/on-call/queries/person-shifts";
import { previewSchedule } from "#lib/on-call/queries/preview";
import { getRenderedSchedule } from "#lib/on-call/queries/rendered";
import { getSchedule, listSchedules } from "#lib/on-call/queries/schedules";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeOverride,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
  weeklyLayer,
} from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const team = await makeTeam(db);
// Hands over on Mondays at 09:00; Ann has the week of 2025-01-06, so Ben has that of 2026-06-01.
const schedule = await makeSchedule(db, { name: "Primary", userIds: [ann.id, ben.id], teamId: team.id });
const policy = await makePolicy(db, {
  name: "Payments",
  levels: [
    { delayMinutes: 5, targets: [{ type: "schedule", id: schedule.id }] },
    { delayMinutes: 9, targets: [{ type: "user", id: ann.id }] },
  ],
});
const service = await makeService(db, { name: "Checkout", escalationPolicyId: policy.id });
await setTime(new Date("2026-06-03T12:00:00Z"));

describe("listOnCallNow and getServiceOnCall", () => {
  it("say who to call about what, and until when", async () => {
    const levels = [
      {
        level: 1,
        delayMinutes: 5,
        people: [
          {
            user: { name: "Ben" },
            schedule: { id: schedule.id },
            since: "2026-06-01T09:00:00.000Z",
            until: "2026-06-08T09:00:00.000Z",
          },
        ],
      },
      {
        level: 2,
        delayMinutes: 9,
        people: [{ user: { name: "Ann" }, schedule: null, since: null, until: null }],
      },
    ];
    expect(await listOnCallNow(ctx)).toMatchObject([
      { policy: { id: policy.id }, services: [{ id: service.id }], levels },
    ]);
    expect(await getServiceOnCall(ctx, service.id)).toMatchObject(levels);
  });
});

describe("listOnCalls", () => {
  const brief = (entries: Awaited<ReturnType<typeof listOnCalls>>["onCalls"]) =>
    entries.map(({ level, user, start, end }) => [level, user.name, start?.slice(0, 10), end?.slice(0, 10)]);

  it("answers right now by default", async () => {
    const { onCalls, total } = await listOnCalls(ctx);
    expect(total).toBe(2);
    expect(brief(onCalls)).toEqual([
      [1, "Ben", "2026-06-01", "2026-06-08"],
      [2, "Ann", undefined, undefined],
    ]);
  });

  it("answers for a window, whole shifts, filtered, earliest, paged", async () => {
    const window = { start: "2026-06-03T00:00:00Z", end: "2026-06-16T00:00:00Z" };
    expect(brief((await listOnCalls(ctx, { window, scheduleIds: [schedule.id] })).onCalls)).toEqual([
      [1, "Ben", "2026-06-01", "2026-06-08"],
      [1, "Ann", "2026-06-08", "2026-06-15"],
      [1, "Ben", "2026-06-15", "2026-06-22"],
    ]);
    expect(brief((await listOnCalls(ctx, { window, userIds: [ben.id], earliest: true })).onCalls)).toEqual([
      [1, "Ben", "2026-06-01", "2026-06-08"],
    ]);
    const page = await listOnCalls(ctx, { window, limit: 1, offset: 3 });
    expect([brief(page.onCalls), page.total]).toEqual([[[2, "Ann", undefined, undefined]], 4]);
    expect((await listOnCalls(ctx, { policyIds: ["QNONE"] })).total).toBe(0);
  });
});

describe("listSchedules", () => {
  it("filters, and says which policies use each", async () => {
    const { schedules } = await listSchedules(ctx, { teamIds: [team.id], query: "prim" });
    expect(schedules).toMatchObject([
      { id: schedule.id, policies: [{ id: policy.id }], people: [{ name: "Ann" }, { name: "Ben" }] },
    ]);
    expect((await listSchedules(ctx, { isUsed: true })).total).toBe(1);
    expect((await getSchedule(ctx, schedule.slug)).id).toBe(schedule.id);
  });
});

describe("listScheduleOverviews", () => {
  it("shows now, next, the coming days and what is not covered", async () => {
    const { schedules } = await listScheduleOverviews(ctx, { ids: [schedule.id] });
    expect(schedules[0]).toMatchObject({
      now: [{ user: { name: "Ben" }, end: "2026-06-08T09:00:00.000Z" }],
      next: { at: "2026-06-08T09:00:00.000Z", people: [{ name: "Ann" }] },
      coveragePercent: 100,
      gaps: [],
    });
    expect(schedules[0]?.shifts.map(({ user }) => user.name)).toEqual(["Ben", "Ann", "Ben"]);
    const empty = await makeSchedule(db);
    const none = await listScheduleOverviews(ctx, { ids: [empty.id] });
    expect(none.schedules[0]).toMatchObject({ now: [], next: null, shifts: [], coveragePercent: 0 });
    expect(none.schedules[0]?.gaps).toHaveLength(1);
  });
});

describe("getRenderedSchedule", () => {
  const window = { start: "2026-06-02T00:00:00Z", end: "2026-06-03T00:00:00Z" };

  it("draws the end result, each layer alone and the overrides, clipped or whole", async () => {
    const layers = [weeklyLayer([ann.id], { name: "Low" }), weeklyLayer([ben.id], { name: "High" })];
    const { id } = await makeSchedule(db, { definition: { timeZone: "Etc/UTC", layers } });
    const span = { startsAt: new Date("2026-06-02T10:00:00Z"), endsAt: new Date("2026-06-02T12:00:00Z") };
    await makeOverride(db, { scheduleId: id, userId: ann.id, ...span });
    const rendered = await getRenderedSchedule(ctx, { scheduleId: id, window });
    expect(rendered.final.shifts.map(({ user }) => user.name)).toEqual(["Ben", "Ann", "Ben"]);
    expect(rendered.layers.map(({ name, shifts }) => [name, shifts.map(({ user }) => user.name)])).toEqual([
      ["Low", ["Ann"]],
      ["High", ["Ben"]],
    ]);
    expect(rendered.overrides).toMatchObject([
      { start: span.startsAt.toISOString(), end: span.endsAt.toISOString() },
    ]);
    expect(rendered.final.shifts[0]?.start).toBe("2026-06-02T00:00:00.000Z");
    const whole = await getRenderedSchedule(ctx, { scheduleId: schedule.id, window, overflow: true });
    expect(whole.final.shifts).toMatchObject([
      { start: "2026-06-01T09:00:00.000Z", end: "2026-06-08T09:00:00.000Z" },
    ]);
  });

  it("refuses a window that is none, and what is not there", async () => {
    const inverted = { start: window.end, end: window.start };
    await expect(
      getRenderedSchedule(ctx, { scheduleId: schedule.id, window: inverted }),
    ).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(getRenderedSchedule(ctx, { scheduleId: "QNONE", window })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("previewSchedule", () => {
  const window = { start: "2026-06-01T00:00:00Z", end: "2026-06-29T00:00:00Z" };

  it("shows what publishing would change, without changing anything", async () => {
    const { layers, name, timeZone, version } = await getSchedule(ctx, schedule.id);
    const cleo = await makeUser(db, { name: "Cleo" });
    const drafted = layers.map((layer) => ({ ...layer, turns: [...layer.turns, [cleo.id]] }));
    const preview = await previewSchedule(ctx, {
      scheduleId: schedule.id,
      document: { name, timeZone, layers: drafted },
      window,
    });
    if (preview.kind === "invalid") throw new Error("The draft is valid.");
    expect(preview.rendered.final.shifts.map(({ user }) => user.name)).toEqual([
      "Ann",
      "Ben",
      "Cleo",
      "Ann",
      "Ben",
    ]);
    expect(preview.difference.people.map(({ user }) => user.name)).toContain("Cleo");
    expect(preview.difference.newGaps).toEqual([]);
    expect(preview.upcomingGaps).toEqual([]);
    expect((await getSchedule(ctx, schedule.id)).version).toBe(version);
  });

  it("draws a schedule that doesn't exist yet and warns in plain data", async () => {
    const layers = [
      {
        name: "Half",
        rotation: { virtualStart: "2026-06-01T09:00", unit: "week" as const, length: 1 },
        turns: [[ann.id]],
        restrictions: [{ type: "daily" as const, startTime: "09:00", durationSeconds: 8 * 3600 }],
      },
    ];
    const preview = await previewSchedule(ctx, {
      document: { name: "New", timeZone: "Europe/Berlin", layers },
      window,
    });
    if (preview.kind === "invalid") throw new Error("The draft is valid.");
    expect(preview.warnings).toContainEqual({ kind: "single-person", layerId: "draft-1", userId: ann.id });
    expect(preview.upcomingGaps.length).toBeGreaterThan(50);
    expect(preview.people.map(({ name }) => name)).toEqual(["Ann"]);
    expect(JSON.parse(JSON.stringify(preview))).toEqual(preview);
  });

  it("names what a draft can't be drawn for", async () => {
    const layers = [
      { name: "X", rotation: { virtualStart: "soon", unit: "day" as const, length: 1 }, turns: [] },
    ];
    const preview = await previewSchedule(ctx, {
      document: { name: "New", timeZone: "Etc/UTC", layers },
      window,
    });
    expect(preview).toMatchObject({ kind: "invalid", fields: [{ field: "layers.0.rotation.virtualStart" }] });
  });
});

describe("listPersonShifts and getNextShift", () => {
  it("list one's own shifts, across schedules, the earliest first", async () => {
    const other = await makeSchedule(db, { name: "Cover" });
    const span = { startsAt: new Date("2026-06-04T00:00:00Z"), endsAt: new Date("2026-06-05T00:00:00Z") };
    await makeOverride(db, { scheduleId: other.id, userId: ben.id, ...span });
    const mine = await listPersonShifts(actAs(db, ben), { days: 14 });
    expect(
      mine
        .filter(({ schedule: { id } }) => [schedule.id, other.id].includes(id))
        .map((it) => [it.schedule.name, it.start.slice(0, 10)]),
    ).toEqual([
      ["Primary", "2026-06-01"],
      ["Cover", "2026-06-04"],
      ["Primary", "2026-06-15"],
    ]);
    expect(await getNextShift(ctx, { scheduleId: schedule.id, userId: ann.id })).toMatchObject({
      start: "2026-06-08T09:00:00.000Z",
    });
    const stranger = await makeUser(db);
    expect(await getNextShift(ctx, { scheduleId: schedule.id, userId: stranger.id })).toBeNull();
  });
});
