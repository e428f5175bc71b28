import ICAL from "ical.js";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { users } from "#db/schema/people";
import { makeFeed } from "#lib/calendars/commands/make-feed";
import { removeFeed } from "#lib/calendars/commands/remove-feed";
import { rotateFeed } from "#lib/calendars/commands/rotate-feed";
import { signFeed } from "#lib/calendars/feed-token";
import { getFeed } from "#lib/calendars/queries/feeds";
import { calendarRoute } from "#lib/http/calendar-route";
import { newId } from "#lib/ids";
import { createOverride } from "#lib/on-call/commands/create-overrides";
import { deleteSchedule } from "#lib/on-call/commands/delete-schedule";
import { removeOverride } from "#lib/on-call/commands/remove-override";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser, weeklyLayer } from "#lib/testing/factories";

vi.stubEnv("TOUCHLINE_URL", "https://touchline.example.com");
const { db, setTime, moveTime } = await useDatabase();

beforeEach(() => setTime(new Date("2026-06-01T12:00:00Z")));

/** Ann and Ben take weekly turns, Monday 09:00 in Berlin; Ann has the one that begins on 1 June. */
async function weekly(values: { name?: string } = {}) {
  const ann = await makeUser(db, { name: "Ann Lee" });
  const ben = await makeUser(db, { name: "Ben; Ng, jr." });
  const layer = weeklyLayer([ann.id, ben.id], {
    rotation: { virtualStart: "2026-06-01T09:00", unit: "week", length: 1, advance: "clock" },
  });
  const schedule = await makeSchedule(db, {
    ...values,
    definition: { timeZone: "Europe/Berlin", layers: [layer] },
  });
  return { ann, ben, schedule };
}

function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const file = new URL(url).pathname.split("/").at(-1) ?? "";
  return calendarRoute(new Request(url, { headers }), decodeURIComponent(file), db);
}

/** The events as another program understands them. */
async function eventsAt(url: string) {
  const response = await get(url);
  expect(response.status).toBe(200);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const text = (name: string) => String(component.getFirstPropertyValue(name));
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      sequence: event.sequence,
      status: text("status"),
      modified: text("last-modified"),
      transparency: text("transp"),
    };
  });
}

const confirmed = <T extends { status: string }>(events: T[]) =>
  events.filter(({ status }) => status === "CONFIRMED");

describe("case 97: a calendar feed", () => {
  it("gives a person all their shifts from 30 days back to 180 days ahead, and only theirs", async () => {
    const { ann, schedule } = await weekly();
    const other = await makeSchedule(db, { userIds: [ann.id] });
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    const events = await eventsAt(url);
    const weeks = events.filter(({ summary }) => summary === `On call – ${schedule.name}`);
    expect(weeks).toHaveLength(15);
    expect(weeks[2]).toEqual({
      uid: `${schedule.id}-20260601T070000Z-${ann.id}@touchline.example.com`,
      summary: `On call – ${schedule.name}`,
      start: "2026-06-01T07:00:00.000Z",
      end: "2026-06-08T07:00:00.000Z",
      sequence: 0,
      status: "CONFIRMED",
      modified: "2026-06-01T12:00:00Z",
      transparency: "TRANSPARENT",
    });
    // Always on call: one event, from its own beginning.
    expect(events.filter(({ summary }) => summary === `On call – ${other.name}`)).toMatchObject([
      { start: "2025-01-06T00:00:00.000Z", end: "2026-12-01T00:00:00.000Z" },
    ]);
    expect(events).toHaveLength(16);
  });

  it("gives everybody's shifts of a schedule, with names", async () => {
    const { ben, schedule } = await weekly();
    const { url } = await makeFeed(actAs(db, ben), { scheduleId: schedule.id });
    const events = await eventsAt(url);
    expect(events.slice(0, 2).map(({ summary }) => summary)).toEqual([
      `On call – ${schedule.name} – Ben; Ng, jr.`,
      `On call – ${schedule.name} – Ann Lee`,
    ]);
  });

  it("is the same text when it is read twice, at once and later", async () => {
    const { ann } = await weekly();
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    const [a, b] = await Promise.all([get(url), get(url)]);
    const first = await a.text();
    expect(await b.text()).toBe(first);
    await moveTime({ hours: 5 });
    const third = await get(url, { "if-none-match": a.headers.get("etag") ?? "" });
    expect(third.status).toBe(304);
    expect(await third.text()).toBe("");
    const { ben: other } = await weekly();
    expect((await get(url, { "if-none-match": `"x", W/${a.headers.get("etag")}` })).status).toBe(304);
    expect((await get(url, { "if-none-match": `"${other.id}"` })).status).toBe(200);
  });

  it("keeps the id of a shift that ends otherwise and raises its sequence; what is called off stays as cancelled", async () => {
    const { ann, ben, schedule } = await weekly();
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    const before = await eventsAt(url);
    await moveTime({ minutes: 30 });
    const override = await createOverride(actAs(db, ben), {
      scheduleId: schedule.id,
      userId: ben.id,
      startsAt: "2026-06-17T07:00:00Z",
      endsAt: "2026-07-01T07:00:00Z",
    });
    const after = await eventsAt(url);
    const june15 = { uid: before.find(({ start }) => start === "2026-06-15T07:00:00.000Z")?.uid };
    expect(after.find(({ uid }) => uid === june15.uid)).toMatchObject({
      end: "2026-06-17T07:00:00.000Z",
      sequence: 1,
      status: "CONFIRMED",
    });
    expect(after.find(({ start }) => start === "2026-06-29T07:00:00.000Z")).toMatchObject({
      status: "CANCELLED",
      sequence: 1,
    });
    expect(after.find(({ start }) => start === "2026-07-01T07:00:00.000Z")).toMatchObject({
      end: "2026-07-06T07:00:00.000Z",
      sequence: 0,
    });
    // Untouched ones keep even the instant of their last change.
    expect(after.find(({ start }) => start === "2026-07-13T07:00:00.000Z")).toEqual(
      before.find(({ start }) => start === "2026-07-13T07:00:00.000Z"),
    );
    await removeOverride(actAs(db, ben), { scheduleId: schedule.id, overrideId: override.id });
    const again = await eventsAt(url);
    expect(confirmed(again).map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    expect(again.find(({ uid }) => uid === june15.uid)?.sequence).toBe(2);
  });

  it("keeps a cancelled shift for as long as it would show", async () => {
    const { ann, schedule } = await weekly();
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    await eventsAt(url);
    await deleteSchedule(actAs(db), schedule.id);
    const cancelled = await eventsAt(url);
    expect(confirmed(cancelled).every(({ end }) => end < "2026-06-01T12:00:00.000Z")).toBe(true);
    expect(cancelled.length).toBeGreaterThan(10);
    await moveTime({ days: 300 });
    expect(await eventsAt(url)).toEqual([]);
  });

  it("is written as RFC 5545 asks: CRLF, folded lines, escaped text, a name and a refresh interval", async () => {
    const name = `Zahlungen, Kasse; „Späti“ \\ ${"lange Namen ".repeat(12)}`.trim();
    const { ann, schedule } = await weekly({ name });
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: schedule.id });
    const response = await get(url);
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const text = await response.text();
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const lines = text.split("\r\n");
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const unfolded = text.replaceAll("\r\n ", "").split("\r\n");
    expect(unfolded).toEqual(
      expect.arrayContaining([
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "TRANSP:TRANSPARENT",
      ]),
    );
    expect(unfolded.find((line) => line.startsWith("X-WR-CALNAME"))).toContain(
      "Zahlungen\\, Kasse\\; „Späti“ \\\\",
    );
    expect((await eventsAt(url))[1]?.summary).toBe(`On call – ${name} – Ann Lee`);
  });
});

describe("case 99: the people of a schedule", () => {
  it("keep their shifts under another name, and lose those to come when they may not be paged any more", async () => {
    const { ann, ben, schedule } = await weekly();
    const { url } = await makeFeed(actAs(db, ben), { scheduleId: schedule.id });
    const before = await eventsAt(url);
    await db.update(users).set({ name: "Ann Marie Lee" }).where(eq(users.id, ann.id));
    const renamed = await eventsAt(url);
    expect(renamed.map(({ uid, sequence }) => `${uid} ${sequence}`)).toEqual(
      before.map(({ uid, sequence }) => `${uid} ${sequence}`),
    );
    expect(renamed.filter(({ uid }) => uid.includes(ann.id)).map(({ summary }) => summary)[0]).toContain(
      "Ann Marie Lee",
    );
    await db.update(users).set({ role: "observer" }).where(eq(users.id, ann.id));
    const own = (await eventsAt(url)).filter(({ uid }) => uid.includes(ann.id));
    const isOver = ({ end }: { end: string }) => end < "2026-06-01T12:00:00.000Z";
    expect(own.filter(isOver).map(({ status }) => status)).toEqual(own.filter(isOver).map(() => "CONFIRMED"));
    expect(own.filter((event) => !isOver(event)).every(({ status }) => status === "CANCELLED")).toBe(true);
    expect(own.some(isOver)).toBe(true);
  });
});

describe("the address of a feed", () => {
  it("leads nowhere from the moment on it is rotated, and the new one does", async () => {
    const { ann } = await weekly();
    const ctx = actAs(db, ann);
    const feed = await makeFeed(ctx, { scheduleId: null });
    expect((await get(feed.url)).status).toBe(200);
    const rotated = await rotateFeed(ctx, feed.id);
    expect(rotated.url).not.toBe(feed.url);
    expect((await get(feed.url)).status).toBe(404);
    expect((await get(rotated.url)).status).toBe(200);
    expect((await getFeed(ctx, null))?.url).toBe(rotated.url);
    await removeFeed(ctx, feed.id);
    expect((await get(rotated.url)).status).toBe(404);
    expect(await getFeed(ctx, null)).toBeNull();
  });

  it("leads nowhere when its person is deactivated or its schedule deleted", async () => {
    const { ann, ben, schedule } = await weekly();
    const ofAnn = await makeFeed(actAs(db, ann), { scheduleId: null });
    const ofSchedule = await makeFeed(actAs(db, ben), { scheduleId: schedule.id });
    await db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, ann.id));
    expect((await get(ofAnn.url)).status).toBe(404);
    expect((await get(ofSchedule.url)).status).toBe(200);
    await deleteSchedule(actAs(db), schedule.id);
    expect((await get(ofSchedule.url)).status).toBe(404);
  });

  it("is its person's alone, and the same however often it is asked for", async () => {
    const { ann, ben } = await weekly();
    const feed = await makeFeed(actAs(db, ann), { scheduleId: null });
    expect(await makeFeed(actAs(db, ann), { scheduleId: null })).toEqual(feed);
    expect(await getFeed(actAs(db, ben), null)).toBeNull();
    await expect(rotateFeed(actAs(db, ben), feed.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeFeed(actAs(db, ben), feed.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("can't be guessed, cut or made by hand", async () => {
    const { ann } = await weekly();
    const feed = await makeFeed(actAs(db, ann), { scheduleId: null });
    const base = "https://touchline.example.com/calendar/";
    const token = feed.url.slice(base.length, -".ics".length);
    const forged = [
      signFeed({ feedId: newId(), version: 1 }),
      signFeed({ feedId: feed.id, version: 2 }),
      token.slice(0, -2),
      `${Buffer.from(JSON.stringify([feed.id, 1])).toString("base64url")}.AAAA`,
      "x",
    ];
    for (const other of forged) expect((await get(`${base}${other}.ics`)).status).toBe(404);
    expect((await get(`${base}${token}`)).status).toBe(404);
  });

  it("answers those who ask too often when to come back", async () => {
    const { ann } = await weekly();
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    const answers = await Promise.all(Array.from({ length: 31 }, () => get(url)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("may be kept by no cache", async () => {
    const { ann } = await weekly();
    const { url } = await makeFeed(actAs(db, ann), { scheduleId: null });
    const { headers } = await get(url);
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});
