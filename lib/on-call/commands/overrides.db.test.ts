import { describe, expect, it } from "vitest";
import { createOverride, createOverrides } from "#lib/on-call/commands/create-overrides";
import { removeOverride } from "#lib/on-call/commands/remove-override";
import { listOverrides } from "#lib/on-call/queries/overrides";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser } from "#lib/testing/factories";

const { db, setTime, now } = await useDatabase();
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const gone = await makeUser(db, { deactivatedAt: new Date("2025-06-01T00:00:00Z") });
const ctx = actAs(db, ben);
const YEAR = { start: "2026-01-01T00:00:00Z", end: "2026-12-31T00:00:00Z" };

async function annOnCall(timeZone = "Etc/UTC") {
  await setTime(new Date("2026-06-01T12:00:00Z"));
  return makeSchedule(db, { userIds: [ann.id], timeZone });
}
const nowOn = async (scheduleId: string) =>
  ((await onCallNow(db, [scheduleId], await now())).get(scheduleId) ?? []).map(({ userId }) => userId);

describe("createOverrides", () => {
  it("judges each on its own and answers in the order asked", async () => {
    const { id } = await annOnCall();
    const results = await createOverrides(ctx, {
      scheduleId: id,
      overrides: [
        { userId: ben.id, startsAt: "2026-05-01T00:00:00Z", endsAt: "2026-05-02T00:00:00Z" },
        { userId: ben.id, startsAt: "2026-06-03T00:00:00Z", endsAt: "2026-06-02T00:00:00Z" },
        { userId: gone.id, startsAt: "2026-06-02T00:00:00Z", endsAt: "2026-06-03T00:00:00Z" },
        { userId: "QNONE", startsAt: "2026-06-02T00:00:00Z", endsAt: "2026-06-03T00:00:00Z" },
        { userId: ben.id, startsAt: "2026-06-02T00:00:00Z", endsAt: "2026-06-03T00:00:00Z" },
      ],
    });
    expect(results.map((result) => (result.kind === "created" ? "created" : result.error.message))).toEqual([
      "Override must end in the future",
      "Override must end after its start",
      "Override user must be active",
      "Override user must be active",
      "created",
    ]);
    const overrides = await listOverrides(ctx, { scheduleId: id, window: YEAR });
    expect(overrides).toMatchObject([
      { user: { name: "Ben" }, createdBy: { id: ben.id }, replaces: null, isEmpty: false },
    ]);
  });

  it("puts nobody on call who may not be paged", async () => {
    const { id } = await annOnCall();
    const reader = await makeUser(db, { role: "stakeholder" });
    await expect(createOverride(ctx, { scheduleId: id, userId: reader.id, hours: 1 })).rejects.toMatchObject({
      fields: [{ field: "userId" }],
    });
  });

  it("refuses more to come than a page can show", async () => {
    const { id } = await annOnCall();
    const overrides = Array.from({ length: 100 }, () => ({ userId: ben.id, hours: 1 }));
    for (let round = 0; round < 20; round += 1) await createOverrides(ctx, { scheduleId: id, overrides });
    const one = { scheduleId: id, userId: ben.id, hours: 1 };
    await expect(createOverride(ctx, one)).rejects.toMatchObject({ fields: [{ field: "overrides" }] });
    await setTime(new Date("2026-06-01T14:00:00Z"));
    await createOverride(ctx, one);
  });

  it("starts now what began in the past", async () => {
    const { id } = await annOnCall();
    const made = await createOverride(ctx, {
      scheduleId: id,
      userId: ben.id,
      startsAt: "2026-05-31T00:00:00Z",
      endsAt: "2026-06-02T00:00:00Z",
    });
    expect(new Date(made.startsAt).getTime()).toBeGreaterThanOrEqual(Date.parse("2026-06-01T12:00:00Z"));
    expect(await nowOn(id)).toEqual([ben.id]);
  });

  it("tells elapsed hours from what the clock shows, across a clock change", async () => {
    const { id } = await annOnCall("America/New_York");
    const from = { userId: ben.id, startsAt: "2026-10-31T16:00:00Z" };
    const elapsed = await createOverride(ctx, { scheduleId: id, ...from, hours: 24 });
    const shown = await createOverride(ctx, { scheduleId: id, ...from, untilLocal: "2026-11-01T12:00" });
    expect(elapsed.endsAt).toBe("2026-11-01T16:00:00.000Z");
    expect(shown.endsAt).toBe("2026-11-01T17:00:00.000Z");
  });

  it("takes over only the shifts of the person it replaces", async () => {
    const { id } = await annOnCall();
    const other = await makeUser(db);
    await createOverride(ctx, { scheduleId: id, userId: ben.id, replacesUserId: other.id, hours: 1 });
    expect(await nowOn(id)).toEqual([ann.id]);
    await createOverride(ctx, { scheduleId: id, userId: ben.id, replacesUserId: ann.id, hours: 1 });
    expect(await nowOn(id)).toEqual([ben.id]);
  });

  it("refuses an end said twice or not at all, what is not there, and too few rights", async () => {
    const { id } = await annOnCall();
    const override = { userId: ben.id, endsAt: "2026-06-02T00:00:00Z" };
    const make = (input: object, as = ctx) => createOverride(as, { scheduleId: id, ...override, ...input });
    await expect(make({ hours: 2 })).rejects.toMatchObject({ fields: [{ field: "overrides.0.endsAt" }] });
    await expect(make({ endsAt: undefined })).rejects.toMatchObject({
      fields: [{ field: "overrides.0.endsAt" }],
    });
    await expect(make({ endsAt: undefined, untilLocal: "noon" })).rejects.toMatchObject({
      fields: [{ field: "untilLocal" }],
    });
    await expect(make({ replacesUserId: "QNONE" })).rejects.toMatchObject({
      fields: [{ field: "replacesUserId" }],
    });
    await expect(make({ scheduleId: "QNONE" })).rejects.toMatchObject({ code: "not_found" });
    await expect(make({}, actAs(db, { role: "observer" }))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("removeOverride", () => {
  it("removes a future one, ends a running one now and keeps a finished one", async () => {
    const { id } = await annOnCall();
    const future = await createOverride(ctx, {
      scheduleId: id,
      userId: ben.id,
      startsAt: "2026-06-05T00:00:00Z",
      endsAt: "2026-06-06T00:00:00Z",
    });
    const running = await createOverride(ctx, { scheduleId: id, userId: ben.id, hours: 5 });
    await setTime(new Date("2026-06-01T13:00:00Z"));
    expect(await removeOverride(ctx, { scheduleId: id, overrideId: future.id })).toEqual({ kind: "removed" });
    expect(await removeOverride(ctx, { scheduleId: id, overrideId: running.id })).toEqual({
      kind: "shortened",
    });
    expect(await nowOn(id)).toEqual([ann.id]);
    await setTime(new Date("2026-06-01T14:00:00Z"));
    expect(await removeOverride(ctx, { scheduleId: id, overrideId: running.id })).toEqual({ kind: "kept" });
    const [kept, ...none] = await listOverrides(ctx, { scheduleId: id, window: YEAR });
    expect(none).toEqual([]);
    expect(kept).toMatchObject({ id: running.id });
    expect(kept?.endsAt.slice(0, 16)).toBe("2026-06-01T13:00");
    await expect(removeOverride(ctx, { scheduleId: id, overrideId: future.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("never touches another schedule's, and needs the right to respond", async () => {
    const [first, second] = [await annOnCall(), await annOnCall()];
    const { id: overrideId } = await createOverride(ctx, { scheduleId: first.id, userId: ben.id, hours: 1 });
    await expect(removeOverride(ctx, { scheduleId: second.id, overrideId })).rejects.toMatchObject({
      code: "not_found",
    });
    const observer = actAs(db, { role: "observer" });
    await expect(removeOverride(observer, { scheduleId: first.id, overrideId })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
