import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { calendars } from "#db/schema/calendars";
import { importCalendar } from "#lib/calendars/commands/import-calendar";
import { refreshCalendar } from "#lib/calendars/commands/refresh-calendar";
import { replaceCalendar } from "#lib/calendars/commands/replace-calendar";
import { AppError } from "#lib/errors";
import { readCalendars } from "#lib/engine/modules/read-calendars";
import { publishSchedule } from "#lib/on-call/commands/publish-schedule";
import { getRenderedSchedule } from "#lib/on-call/queries/rendered";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { loadObligations } from "#lib/people/queries/obligations";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, setTime, moveTime, now } = await useDatabase();
const ctx = actAs(db);
const ann = await makeUser(db, { name: "Ann Lee", email: "ann@example.com" });
const ben = await makeUser(db, { name: "Ben Ng", email: "ben@example.com" });
const zoe = await makeUser(db, { name: "Zoe", email: "zoe@example.com" });

/** A server with one calendar, whose answer the test writes. */
const served = { status: 200, body: "", type: "text/calendar" };
const server = createServer((request, response) => {
  if (request.url === "/moved.ics") {
    response.writeHead(302, { location: "/rota.ics" }).end();
    return;
  }
  response.writeHead(served.status, { "content-type": served.type }).end(served.body);
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
afterAll(() => server.close());
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const url = `${origin}/rota.ics?key=very-secret`;

function rota(...events: [summary: string, from: string, to: string][]): string {
  const lines = events.flatMap(([summary, from, to], index) => [
    "BEGIN:VEVENT",
    `UID:${index}`,
    `SUMMARY:${summary}`,
    `DTSTART:${from}`,
    `DTEND:${to}`,
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR"].join("\r\n");
}

const DAYS: [string, string, string][] = [
  ["Ann Lee", "20260601T000000Z", "20260602T000000Z"],
  ["ben@example.com", "20260602T000000Z", "20260603T000000Z"],
  ["Jane Doe", "20260603T000000Z", "20260604T000000Z"],
];

beforeEach(async () => {
  // Those of other tests are of no interest any more.
  await db.update(calendars).set({ dueAt: new Date("2099-01-01T00:00:00Z") });
  await setTime(new Date("2026-06-01T12:00:00Z"));
  Object.assign(served, { status: 200, body: rota(...DAYS), type: "text/calendar" });
});

const onCall = async (scheduleId: string) =>
  ((await onCallNow(db, [scheduleId], await now())).get(scheduleId) ?? []).map(({ userId }) => userId);

async function imported() {
  const schedule = await makeSchedule(db, { userIds: [zoe.id] });
  const result = await importCalendar(ctx, { scheduleId: schedule.id, name: "Rota", url });
  return { scheduleId: schedule.id, ...result };
}

const stored = async (id: string) => (await db.select().from(calendars).where(eq(calendars.id, id)))[0];

describe("case 96: a calendar as a layer", () => {
  it("puts its people on call from now on, over the layers below", async () => {
    const { scheduleId } = await imported();
    expect(await onCall(scheduleId)).toEqual([ann.id]);
    await moveTime({ days: 1 });
    expect(await onCall(scheduleId)).toEqual([ben.id]);
    await setTime(new Date("2026-05-31T12:00:00Z"));
    expect(await onCall(scheduleId)).toEqual([zoe.id]);
  });

  it("warns of whom nobody knows, and leaves the layer below on call", async () => {
    const { scheduleId, warnings } = await imported();
    expect(warnings).toEqual([
      "Nobody here who can be on call is called “Jane Doe”: one coming event has nobody in that place.",
    ]);
    await setTime(new Date("2026-06-03T12:00:00Z"));
    expect(await onCall(scheduleId)).toEqual([zoe.id]);
    const window = { start: "2026-06-03T00:00:00Z", end: "2026-06-04T00:00:00Z" };
    const { layers } = await getRenderedSchedule(ctx, { scheduleId, window });
    expect(layers.map(({ name, coveragePercent }) => [name, coveragePercent])).toEqual([
      ["Weekly", 100],
      ["Rota", 0],
    ]);
  });

  it("keeps the address secret, at rest too", async () => {
    const { calendarId } = await imported();
    const row = await stored(calendarId);
    expect(row?.host).toBe(origin.slice("http://".length));
    expect(JSON.stringify(row)).not.toContain("very-secret");
  });

  it("follows a redirect, and refuses what is no calendar with the reason", async () => {
    const schedule = await makeSchedule(db);
    await importCalendar(ctx, { scheduleId: schedule.id, name: "Rota", url: `${origin}/moved.ics` });
    served.body = "<!DOCTYPE html><title>Sign in</title>";
    await expect(importCalendar(ctx, { scheduleId: schedule.id, name: "Rota", url })).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "url", message: "The answer is a web page, not a calendar." }],
    });
    served.status = 404;
    await expect(importCalendar(ctx, { scheduleId: schedule.id, name: "Rota", url })).rejects.toThrow(
      "answered 404",
    );
    await expect(
      importCalendar(actAs(db, { role: "responder" }), { scheduleId: schedule.id, name: "Rota", url }),
    ).rejects.toBeInstanceOf(AppError);
  });

  it("takes a file, and reads its rules further ahead every day", async () => {
    const schedule = await makeSchedule(db);
    const content = rota(["Ann Lee", "20260601T000000Z", "20260602T000000Z"]).replace(
      "END:VEVENT",
      "RRULE:FREQ=DAILY\r\nEND:VEVENT",
    );
    const { calendarId } = await importCalendar(ctx, { scheduleId: schedule.id, name: "File", content });
    await moveTime({ days: 500 });
    expect(await onCall(schedule.id)).toEqual([]);
    await readCalendars.run({ db, engineId: "test", log: silent });
    expect(await onCall(schedule.id)).toEqual([ann.id]);
    expect((await stored(calendarId))?.host).toBeNull();
  });
});

describe("reading it again", () => {
  const engine = { db, engineId: "test", log: silent };

  it("is done every 15 minutes, by one engine", async () => {
    const { scheduleId } = await imported();
    served.body = rota(["Ben Ng", "20260601T000000Z", "20260605T000000Z"]);
    await moveTime({ minutes: 14 });
    expect(await readCalendars.run(engine)).toMatchObject({ worked: 0 });
    await moveTime({ minutes: 1 });
    const worked = await Promise.all([readCalendars.run(engine), readCalendars.run(engine)]);
    expect(worked.reduce((sum, it) => sum + it.worked, 0)).toBe(1);
    expect(await onCall(scheduleId)).toEqual([ben.id]);
  });

  it("never changes who was on call", async () => {
    const { scheduleId, calendarId } = await imported();
    await moveTime({ hours: 1 });
    served.body = rota(["Ben Ng", "20260501T000000Z", "20260701T000000Z"]);
    await refreshCalendar(ctx, calendarId);
    expect(await onCall(scheduleId)).toEqual([ben.id]);
    await setTime(new Date("2026-06-01T12:30:00Z"));
    expect(await onCall(scheduleId)).toEqual([ann.id]);
  });

  it.each([
    ["a web page", { status: 200, body: "<html></html>" }, "The answer is a web page, not a calendar."],
    ["an error", { status: 503, body: "" }, "answered 503"],
    [
      "a damaged calendar",
      { status: 200, body: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT" },
      "The calendar is damaged",
    ],
  ])(
    "keeps the last good calendar when the answer is %s, with the reason and since when",
    async (_, answer, because) => {
      const { scheduleId, calendarId } = await imported();
      Object.assign(served, answer);
      await moveTime({ minutes: 30 });
      const failedAt = await now();
      expect(await refreshCalendar(ctx, calendarId)).toMatchObject({ kind: "failed" });
      await moveTime({ days: 1 });
      await refreshCalendar(ctx, calendarId);
      const row = await stored(calendarId);
      expect(row?.error).toContain(because);
      expect((row?.failingSince?.getTime() ?? 0) - failedAt.getTime()).toBeLessThan(60_000);
      expect(await onCall(scheduleId)).toEqual([ben.id]);
      Object.assign(served, { status: 200, body: rota(...DAYS) });
      await refreshCalendar(ctx, calendarId);
      expect(await stored(calendarId)).toMatchObject({ error: null, failingSince: null });
    },
  );

  it("changes nothing when nothing changed", async () => {
    const { calendarId } = await imported();
    await moveTime({ minutes: 20 });
    expect(await refreshCalendar(ctx, calendarId)).toEqual({ kind: "read", isChanged: false });
  });

  it("takes another source instead", async () => {
    const { scheduleId, calendarId } = await imported();
    const content = rota(["Zoe", "20260601T000000Z", "20260602T000000Z"]);
    await replaceCalendar(ctx, { calendarId, name: "Rota", content });
    expect(await onCall(scheduleId)).toEqual([zoe.id]);
    expect(await stored(calendarId)).toMatchObject({ url: null, host: null });
  });
});

describe("a schedule that follows a calendar", () => {
  it("keeps following it when somebody publishes the editor's draft", async () => {
    const { scheduleId, calendarId } = await imported();
    const { layers, ...schedule } = await getSchedule(ctx, scheduleId);
    const draft = (name: string) => ({
      scheduleId,
      name,
      timeZone: schedule.timeZone,
      layers: layers.map(({ calendarId: _given, ...layer }) => layer),
    });
    const version = await publishSchedule(ctx, draft(schedule.name));
    expect(version.version).toBe(schedule.version);
    await publishSchedule(ctx, { ...draft("Renamed"), layers: [...draft("Renamed").layers].reverse() });
    expect((await getSchedule(ctx, scheduleId)).layers.map((layer) => layer.calendarId)).toEqual([
      calendarId,
      null,
    ]);
    expect(await onCall(scheduleId)).toEqual([zoe.id]);
  });

  it("counts among what a person would leave behind", async () => {
    const { scheduleId } = await imported();
    const { schedules } = await loadObligations(db, ben.id, await now());
    expect(schedules.map(({ id }) => id)).toContain(scheduleId);
  });
});
