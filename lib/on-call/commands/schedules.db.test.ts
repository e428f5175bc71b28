import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { scheduleVersions } from "#db/schema/schedules";
import { createSchedule } from "#lib/on-call/commands/create-schedule";
import { deleteSchedule } from "#lib/on-call/commands/delete-schedule";
import { publishSchedule } from "#lib/on-call/commands/publish-schedule";
import { getRenderedSchedule } from "#lib/on-call/queries/rendered";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { getSchedule } from "#lib/on-call/queries/schedules";
import type { ScheduleDocument } from "#lib/on-call/schemas";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeUser } from "#lib/testing/factories";

const { db, setTime, now } = await useDatabase();
const mia = await makeUser(db, { role: "manager", name: "Mia" });
const ctx = actAs(db, mia);
const olaf = await makeUser(db, { role: "observer", name: "Olaf" });
const responder = actAs(db, { role: "responder" });
const [ann, ben, cleo] = [
  await makeUser(db, { name: "Ann" }),
  await makeUser(db, { name: "Ben" }),
  await makeUser(db, { name: "Cleo" }),
];

type Layer = ScheduleDocument["layers"][number];

const daily = (people: { id: string }[], values: Partial<Layer> = {}): Layer => ({
  name: "Daily",
  rotation: { virtualStart: "2026-06-01T00:00", unit: "day", length: 1 },
  turns: people.map(({ id }) => [id]),
  ...values,
});
const document = (layers: Layer[], values: Partial<ScheduleDocument> = {}): ScheduleDocument => ({
  name: "Primary",
  timeZone: "Etc/UTC",
  layers,
  ...values,
});
const nowOn = async (scheduleId: string) =>
  ((await onCallNow(db, [scheduleId], await now())).get(scheduleId) ?? []).map(({ userId }) => userId);

/** A daily rotation of these people that began on 2026-06-01; it is 2026-06-02, the second one's day. */
async function begin(people: { id: string }[]): Promise<string> {
  await setTime(new Date("2026-06-01T00:00:00Z"));
  const { id } = await createSchedule(ctx, document([daily(people)]));
  await setTime(new Date("2026-06-02T12:00:00Z"));
  return id;
}

describe("createSchedule", () => {
  it("puts the first version in force and gives layers ids of their own", async () => {
    const id = await begin([ann, ben]);
    const schedule = await getSchedule(ctx, id);
    expect(schedule).toMatchObject({ version: 1, timeZone: "Etc/UTC", policies: [] });
    expect(schedule.layers).toMatchObject([{ name: "Daily", turns: [[ann.id], [ben.id]], endsAt: null }]);
    expect(schedule.people.map(({ name }) => name)).toEqual(["Ann", "Ben"]);
    expect(await nowOn(id)).toEqual([ben.id]);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
    expect(records).toMatchObject([{ action: "create", actorName: "Mia" }]);
  });

  it.each<[string, Partial<ScheduleDocument>, string]>([
    ["an unknown zone", { timeZone: "Mars/Base" }, "timeZone"],
    ["a layer without people", { layers: [daily([])] }, "layers.0.turns"],
    ["somebody who isn't there", { layers: [daily([{ id: "QNONE" }])] }, "layers.0.turns.0"],
    ["somebody who may not be paged", { layers: [daily([ann, olaf])] }, "layers.0.turns.1"],
    ["turns that nobody has", { layers: [{ ...daily([]), turns: [[], []] }] }, "layers.0.turns"],
    [
      "a turn of nothing",
      { layers: [daily([ann], { rotation: { virtualStart: "2026-06-01T00:00", unit: "day", length: 0 } })] },
      "layers.0.rotation.length",
    ],
    [
      "a start that is no time",
      { layers: [daily([ann], { rotation: { virtualStart: "soon", unit: "day", length: 1 } })] },
      "layers.0.rotation.virtualStart",
    ],
  ])("refuses %s, naming the field", async (_, wrong, field) => {
    const input = { ...document([daily([ann])]), ...wrong };
    await expect(createSchedule(ctx, input)).rejects.toMatchObject({ code: "invalid", fields: [{ field }] });
  });

  it("keeps turns that nobody has, the last ones too: they don't fall to the others", async () => {
    await setTime(new Date("2026-06-01T00:00:00Z"));
    const { id } = await createSchedule(ctx, document([{ ...daily([]), turns: [[ann.id], [], []] }]));
    expect((await getSchedule(ctx, id)).layers[0]?.turns).toEqual([[ann.id], [], []]);
    const days = [];
    for (const day of ["01", "02", "03", "04"]) {
      await setTime(new Date(`2026-06-${day}T12:00:00Z`));
      days.push(await nowOn(id));
    }
    expect(days).toEqual([[ann.id], [], [], [ann.id]]);
  });

  it("needs the right to configure", async () => {
    await expect(createSchedule(responder, document([daily([ann])]))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("publishSchedule", () => {
  it("puts times that need nobody in force, and keeps them until told otherwise", async () => {
    const id = await begin([ann]);
    const offDuty = [{ type: "daily" as const, startTime: "00:00", durationSeconds: 21_600 }];
    const publish = async (more: Partial<ScheduleDocument>) => {
      const [layer] = (await getSchedule(ctx, id)).layers;
      const layers = [daily([ann], { id: layer!.id })];
      await publishSchedule(ctx, { ...document(layers), ...more, scheduleId: id });
      return getSchedule(ctx, id);
    };
    expect(await publish({ offDuty })).toMatchObject({ version: 2, offDuty });
    expect(await publish({})).toMatchObject({ version: 2, offDuty });
    expect(await publish({ offDuty: [] })).toMatchObject({ version: 3, offDuty: [] });
    const wrong = [{ ...offDuty[0]!, startTime: "late" }];
    await expect(publish({ offDuty: wrong })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "offDuty.0.startTime" }],
    });
  });

  it("keeps today's person when people move around them, and never changes history", async () => {
    const id = await begin([ann, ben]);
    const [layer] = (await getSchedule(ctx, id)).layers;
    const turns = daily([cleo, ann, ben], { id: layer!.id });
    expect(await publishSchedule(ctx, { ...document([turns]), scheduleId: id, expectedVersion: 1 })).toEqual({
      id,
      version: 2,
    });
    expect(await nowOn(id)).toEqual([ben.id]);
    expect((await getSchedule(ctx, id)).layers[0]).toMatchObject({
      id: layer!.id,
      startsAt: layer!.startsAt,
    });
    const window = { start: "2026-06-01T00:00:00Z", end: "2026-06-05T00:00:00Z" };
    const { final } = await getRenderedSchedule(ctx, { scheduleId: id, window });
    expect(final.shifts.map(({ start, user }) => [start.slice(0, 10), user.name])).toEqual([
      ["2026-06-01", "Ann"],
      ["2026-06-02", "Ben"],
      ["2026-06-03", "Cleo"],
      ["2026-06-04", "Ann"],
    ]);
    const versions = await db.select().from(scheduleVersions).where(eq(scheduleVersions.scheduleId, id));
    const [first, second] = versions.toSorted((a, b) => a.version - b.version);
    expect(first?.effectiveTo).toEqual(second?.effectiveFrom);
    expect(second).toMatchObject({ effectiveTo: null, publishedBy: mia.id });
  });

  it("hands over to the next when today's person is taken out, and begins anew when told to", async () => {
    const id = await begin([ann, ben, cleo]);
    const [layer] = (await getSchedule(ctx, id)).layers;
    await publishSchedule(ctx, { ...document([daily([ann, cleo], { id: layer!.id })]), scheduleId: id });
    expect(await nowOn(id)).toEqual([cleo.id]);
    const anew = daily([ann, cleo, ben], {
      id: layer!.id,
      rotation: { virtualStart: "2026-06-02T00:00", unit: "day", length: 1 },
      restartsRotation: true,
    });
    await publishSchedule(ctx, { ...document([anew]), scheduleId: id });
    expect(await nowOn(id)).toEqual([ann.id]);
  });

  it("changes nothing when what is in force is published again, also without saying whose turn comes first", async () => {
    const id = await begin([ann, ben]);
    const [layer] = (await getSchedule(ctx, id)).layers;
    await publishSchedule(ctx, { ...document([daily([cleo, ann, ben], { id: layer!.id })]), scheduleId: id });
    const { layers } = await getSchedule(ctx, id);
    const { firstGroup, ...rotation } = layers[0]!.rotation;
    expect(firstGroup).toBeGreaterThan(0);
    expect(await publishSchedule(ctx, { ...document(layers), scheduleId: id })).toEqual({ id, version: 2 });
    const bare = [{ ...layers[0]!, rotation }];
    expect(await publishSchedule(ctx, { ...document(bare), scheduleId: id })).toEqual({ id, version: 2 });
  });

  it("renames without a new version of the rotation", async () => {
    const id = await begin([ann, ben]);
    const { layers } = await getSchedule(ctx, id);
    await publishSchedule(ctx, { ...document(layers, { name: "Renamed" }), scheduleId: id });
    expect(await getSchedule(ctx, id)).toMatchObject({ name: "Renamed", version: 2 });
    const versions = await db.select().from(scheduleVersions).where(eq(scheduleVersions.scheduleId, id));
    expect(versions).toHaveLength(1);
  });

  it("refuses a stale version and says who published", async () => {
    const id = await begin([ann, ben]);
    const publish = (name: string) =>
      publishSchedule(ctx, { ...document([daily([ann])], { name }), scheduleId: id, expectedVersion: 1 });
    const results = await Promise.allSettled([publish("One"), publish("Two")]);
    expect(results.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "fulfilled",
      "rejected",
    ]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(
        /^Mia published version 2 of (One|Two) while you were editing version 1\.$/,
      ) as string,
    });
  });

  it("doesn't let somebody deactivated since stand in the way of another edit", async () => {
    const gone = await makeUser(db);
    const id = await begin([ann, gone]);
    await db
      .update(users)
      .set({ deactivatedAt: await now() })
      .where(eq(users.id, gone.id));
    const { layers } = await getSchedule(ctx, id);
    await publishSchedule(ctx, { ...document(layers, { name: "Still fine" }), scheduleId: id });
    const wrong = document([daily([gone], { name: "New" })]);
    await expect(createSchedule(ctx, wrong)).rejects.toMatchObject({
      fields: [{ field: "layers.0.turns.0" }],
    });
  });

  it("refuses what is not there, and too few rights", async () => {
    const input = { ...document([daily([ann])]), scheduleId: "QNONE" };
    await expect(publishSchedule(ctx, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(publishSchedule(responder, input)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("deleteSchedule", () => {
  it("is refused while a live policy uses it, with the sentence that clients wait for", async () => {
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const levels = [{ targets: [{ type: "schedule" as const, id: schedule.id }] }];
    await makePolicy(db, { levels });
    await expect(deleteSchedule(ctx, schedule.id)).rejects.toMatchObject({
      code: "invalid",
      message: "Schedule can't be deleted if it's being used by escalation policies",
    });
  });

  it("hides the schedule but still resolves it for those who kept it", async () => {
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    await makePolicy(db, {
      deletedAt: new Date(),
      levels: [{ targets: [{ type: "schedule", id: schedule.id }] }],
    });
    await deleteSchedule(ctx, schedule.id);
    await expect(getSchedule(ctx, schedule.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await nowOn(schedule.id)).toEqual([ann.id]);
    await expect(deleteSchedule(ctx, schedule.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteSchedule(responder, schedule.id)).rejects.toMatchObject({ code: "forbidden" });
  });
});
