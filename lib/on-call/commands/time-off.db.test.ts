import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it, vi } from "vitest";
import { timeOffCalendars } from "#db/schema/time-off";
import { readTimeOff } from "#lib/engine/modules/read-time-off";
import { addTimeOff } from "#lib/on-call/commands/add-time-off";
import { removeTimeOff } from "#lib/on-call/commands/remove-time-off";
import { setTimeOffCalendar } from "#lib/on-call/commands/set-time-off-calendar";
import { readOwnTimeOff } from "#lib/on-call/queries/own-time-off";
import { readScheduleQuality } from "#lib/on-call/queries/quality";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, setTime, moveTime, now } = await useDatabase();
const start = new Date("2026-06-01T12:00:00Z");

const served = { status: 200, body: "" };
const server = createServer((_, response) => {
  response.writeHead(served.status, { "content-type": "text/calendar" }).end(served.body);
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
afterAll(() => server.close());
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/absences.ics?token=secret`;

function absence(summary: string, first: string, until: string): string {
  const lines = ["BEGIN:VEVENT", `UID:${summary}`, `SUMMARY:${summary}`];
  lines.push(`DTSTART;VALUE=DATE:${first}`, `DTEND;VALUE=DATE:${until}`, "END:VEVENT");
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR"].join("\r\n");
}

/** Ann, who lives in Berlin and is always on call in one schedule. */
async function ann() {
  await setTime(start);
  const user = await makeUser(db, { name: "Ann", timeZone: "Europe/Berlin" });
  const schedule = await makeSchedule(db, { userIds: [user.id] });
  return { ctx: actAs(db, user), user, schedule };
}

describe("time off by hand", () => {
  it("raises conflicts with shifts, and takes nobody off duty", async () => {
    const { ctx, user, schedule } = await ann();
    await addTimeOff(ctx, { firstDay: "2026-06-10", lastDay: "2026-06-11", note: "Lake" });
    const { entries, conflicts } = await readOwnTimeOff(ctx);
    const span = { startsAt: "2026-06-09T22:00:00.000Z", endsAt: "2026-06-11T22:00:00.000Z" };
    expect(entries).toMatchObject([{ ...span, note: "Lake", fromCalendar: false }]);
    expect(conflicts).toMatchObject([
      { ...span, schedule: { id: schedule.id }, fromLocal: "2026-06-09T22:00" },
    ]);
    const { warnings } = await readScheduleQuality(ctx, schedule.id);
    expect(warnings).toContainEqual({
      kind: "time-off",
      userId: user.id,
      start: span.startsAt,
      end: span.endsAt,
    });
    const during = await onCallNow(db, [schedule.id], new Date("2026-06-10T12:00:00Z"));
    expect(during.get(schedule.id)).toMatchObject([{ userId: user.id }]);
  });

  it("is one's own to change, or a manager's", async () => {
    const { ctx, user } = await ann();
    const days = { firstDay: "2026-06-10", lastDay: "2026-06-10" };
    const other = actAs(db, await makeUser(db));
    await expect(addTimeOff(other, { ...days, userId: user.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    const manager = actAs(db, await makeUser(db, { role: "manager" }));
    const { id } = await addTimeOff(manager, { ...days, userId: user.id });
    await expect(removeTimeOff(other, id)).rejects.toMatchObject({ code: "forbidden" });
    await removeTimeOff(ctx, id);
    expect((await readOwnTimeOff(ctx)).entries).toEqual([]);
    for (const lastDay of ["2026-06-09", "2026-13-01"]) {
      await expect(addTimeOff(ctx, { ...days, lastDay })).rejects.toMatchObject({ code: "invalid" });
    }
    const past = { firstDay: "2026-05-01", lastDay: "2026-05-02" };
    await expect(addTimeOff(ctx, past)).rejects.toMatchObject({ fields: [{ field: "lastDay" }] });
  });
});

describe("time off from a calendar", () => {
  const engine = { db, engineId: "test", log: silent };

  it("is read at once and every hour, whole days on the person's clocks", async () => {
    const { ctx, user } = await ann();
    Object.assign(served, { status: 200, body: absence("Holiday", "20260610", "20260612") });
    await setTimeOffCalendar(ctx, { url });
    const read = await readOwnTimeOff(ctx);
    expect(read.entries).toMatchObject([
      {
        startsAt: "2026-06-09T22:00:00.000Z",
        endsAt: "2026-06-11T22:00:00.000Z",
        note: "Holiday",
        fromCalendar: true,
      },
    ]);
    expect(read.conflicts).toHaveLength(1);
    const [row] = await db.select().from(timeOffCalendars).where(eq(timeOffCalendars.userId, user.id));
    expect(JSON.stringify(row)).not.toContain("secret");

    served.body = absence("Later", "20260710", "20260711");
    expect(await readTimeOff.run(engine)).toMatchObject({ worked: 0 });
    await moveTime({ minutes: 61 });
    expect(await readTimeOff.run(engine)).toMatchObject({ worked: 1 });
    expect((await readOwnTimeOff(ctx)).entries).toMatchObject([{ note: "Later" }]);
    await expect(removeTimeOff(ctx, (await readOwnTimeOff(ctx)).entries[0]?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("stays what it was while the calendar can't be read, with the reason shown", async () => {
    const { ctx } = await ann();
    Object.assign(served, { status: 200, body: absence("Holiday", "20260610", "20260612") });
    await setTimeOffCalendar(ctx, { url });
    const readAt = (await readOwnTimeOff(ctx)).calendar?.readAt;
    served.body = "<html>Sign in</html>";
    await moveTime({ minutes: 61 });
    while ((await readTimeOff.run(engine)).worked > 0);
    const failed = await readOwnTimeOff(ctx);
    expect(failed.entries).toMatchObject([{ note: "Holiday" }]);
    expect(failed.calendar).toMatchObject({ readAt, error: "The answer is a web page, not a calendar." });
    served.body = absence("Back", "20260610", "20260612");
    await setTime(new Date((await now()).getTime() + 5 * 3_600_000));
    while ((await readTimeOff.run(engine)).worked > 0);
    expect(await readOwnTimeOff(ctx)).toMatchObject({
      entries: [{ note: "Back" }],
      calendar: { error: null },
    });
  });

  it("is refused where there is no calendar, and goes with it", async () => {
    const { ctx } = await ann();
    Object.assign(served, { status: 404, body: "" });
    await expect(setTimeOffCalendar(ctx, { url })).rejects.toMatchObject({ fields: [{ field: "url" }] });
    Object.assign(served, { status: 200, body: absence("Holiday", "20260610", "20260612") });
    await setTimeOffCalendar(ctx, { url });
    await setTimeOffCalendar(ctx, { url: null });
    expect(await readOwnTimeOff(ctx)).toEqual({ entries: [], calendar: null, conflicts: [] });
  });
});
