import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "#db/schema/people";
import { onCallNow, loadScheduleFacts } from "#lib/on-call/queries/schedule-facts";
import { useDatabase } from "#lib/testing/database";
import { makeOverride, makeSchedule, makeUser, weeklyLayer } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const gone = await makeUser(db, { name: "Gone", deactivatedAt: new Date("2025-06-01T00:00:00Z") });

// A Wednesday in the first week of a two-week rotation that began on 2025-01-06.
const at = new Date("2025-01-08T12:00:00Z");

describe("onCallNow", () => {
  it("answers for many schedules at once and leaves unknown ids out", async () => {
    const always = await makeSchedule(db, { userIds: [ben.id] });
    const weekly = await makeSchedule(db, { userIds: [ann.id, ben.id] });
    const empty = await makeSchedule(db);
    const onCall = await onCallNow(db, [always.id, weekly.id, empty.id, "QNOSUCHSCHEDUL"], at);
    const people = new Map([...onCall].map(([id, entries]) => [id, entries.map(({ userId }) => userId)]));
    expect(people).toEqual(
      new Map([
        [always.id, [ben.id]],
        [weekly.id, [ann.id]],
        [empty.id, []],
      ]),
    );
  });

  it("takes the override in force, and not a removed one", async () => {
    const span = { startsAt: new Date("2025-01-08T11:00:00Z"), endsAt: new Date("2025-01-08T13:00:00Z") };
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const override = await makeOverride(db, { scheduleId: schedule.id, userId: ben.id, ...span });
    await makeOverride(db, { scheduleId: schedule.id, userId: gone.id, ...span, removedAt: at });
    const onCall = await onCallNow(db, [schedule.id], at);
    expect(onCall.get(schedule.id)).toEqual([
      { userId: ben.id, source: { kind: "override", overrideId: override.id } },
    ]);
    const later = await onCallNow(db, [schedule.id], span.endsAt);
    expect(later.get(schedule.id)?.map(({ userId }) => userId)).toEqual([ann.id]);
  });

  it("never names a deactivated person, nor lets them hide the layer below", async () => {
    const schedule = await makeSchedule(db, {
      definition: { timeZone: "Etc/UTC", layers: [weeklyLayer([ann.id]), weeklyLayer([gone.id])] },
    });
    const onCall = await onCallNow(db, [schedule.id], at);
    expect(onCall.get(schedule.id)?.map(({ userId }) => userId)).toEqual([ann.id]);
  });

  it("skips who lost the right to respond, as somebody deactivated", async () => {
    const lowered = await makeUser(db, { name: "Lowered" });
    const schedule = await makeSchedule(db, {
      definition: { timeZone: "Etc/UTC", layers: [weeklyLayer([ann.id]), weeklyLayer([lowered.id])] },
    });
    const nowOnCall = async () =>
      (await onCallNow(db, [schedule.id], at)).get(schedule.id)?.map(({ userId }) => userId);
    expect(await nowOnCall()).toEqual([lowered.id]);
    for (const role of ["observer", "stakeholder"] as const) {
      await db.update(users).set({ role }).where(eq(users.id, lowered.id));
      expect(await nowOnCall()).toEqual([ann.id]);
    }
  });

  it("still resolves a deleted schedule", async () => {
    const schedule = await makeSchedule(db, { userIds: [ann.id], deletedAt: at });
    expect((await onCallNow(db, [schedule.id], at)).get(schedule.id)).toHaveLength(1);
  });
});

describe("loadScheduleFacts", () => {
  it("keeps groups, their order and turns that nobody has", async () => {
    const layer = weeklyLayer([], { turns: [[ben.id, ann.id], [], [ann.id], []] });
    const schedule = await makeSchedule(db, { definition: { timeZone: "Europe/Berlin", layers: [layer] } });
    const facts = await loadScheduleFacts(db, [schedule.id], { start: at, end: new Date(at.getTime() + 1) });
    expect(facts.get(schedule.id)?.versions[0]?.definition).toEqual({
      timeZone: "Europe/Berlin",
      layers: [layer],
    });
  });

  it("keeps the times that need nobody", async () => {
    const offDuty = [{ type: "weekly" as const, startDay: 6, startTime: "00:00", durationSeconds: 172_800 }];
    const definition = { timeZone: "Etc/UTC", layers: [weeklyLayer([ann.id])], offDuty };
    const schedule = await makeSchedule(db, { definition });
    const facts = await loadScheduleFacts(db, [schedule.id], { start: at, end: new Date(at.getTime() + 1) });
    expect(facts.get(schedule.id)?.versions[0]?.definition).toEqual(definition);
  });

  it("can't hold a person of a turn beyond the layer's", async () => {
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const outOfTurn = sql`
      insert into schedule_layer_members (layer_row_id, turn, turn_count, position, user_id)
      select l.id, 1, 1, 1, ${ben.id} from schedule_layers l
      join schedule_versions v on v.id = l.version_id where v.schedule_id = ${schedule.id}`;
    await expect(outOfTurn).rejects.toMatchObject({ code: "23514" });
    const otherCount = sql`
      insert into schedule_layer_members (layer_row_id, turn, turn_count, position, user_id)
      select l.id, 1, 2, 1, ${ben.id} from schedule_layers l
      join schedule_versions v on v.id = l.version_id where v.schedule_id = ${schedule.id}`;
    await expect(otherCount).rejects.toMatchObject({ code: "23503" });
  });
});
