import ICAL from "ical.js";
import { describe, expect, it, vi } from "vitest";
import { readIcs } from "#lib/calendars/read-ics";

const YEAR = { start: Date.parse("2021-01-01T00:00:00Z"), end: Date.parse("2022-01-01T00:00:00Z") };

function calendar(...events: string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", ...events, "END:VCALENDAR", ""].join(
    "\r\n",
  );
}

function event(...lines: string[]): string {
  return ["BEGIN:VEVENT", ...lines, "END:VEVENT"].join("\r\n");
}

function read(text: string, { window = YEAR, timeZone = "Etc/UTC" } = {}) {
  const result = readIcs(text, window, timeZone);
  if (result.kind === "unreadable") throw new Error(result.because);
  return {
    warnings: result.warnings,
    events: result.events.map(({ id, summary, start, end }) => ({
      id,
      summary,
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
    })),
  };
}

const spans = (text: string, options?: Parameters<typeof read>[1]) =>
  read(text, options).events.map(({ start, end }) => `${start.slice(0, 16)} ${end.slice(0, 16)}`);

describe("case 96: a calendar that is read", () => {
  it("replaces one instance of a recurring event, which keeps an id of its own", () => {
    const { events } = read(
      calendar(
        event(
          "UID:rota",
          "SUMMARY:Bernard",
          "DTSTART;TZID=Asia/Yekaterinburg:20210125T130000",
          "DTEND;TZID=Asia/Yekaterinburg:20210125T140000",
          "RRULE:FREQ=DAILY;COUNT=5",
        ),
        event(
          "UID:rota",
          "SUMMARY:Bob",
          "RECURRENCE-ID;TZID=Asia/Yekaterinburg:20210127T130000",
          "DTSTART;TZID=Asia/Yekaterinburg:20210127T130000",
          "DTEND;TZID=Asia/Yekaterinburg:20210127T140000",
        ),
      ),
    );
    expect(events.map(({ summary, start }) => `${start.slice(8, 16)} ${summary}`)).toEqual([
      "25T08:00 Bernard",
      "26T08:00 Bernard",
      "27T08:00 Bob",
      "28T08:00 Bernard",
      "29T08:00 Bernard",
    ]);
    expect(events[2]?.id).toBe("rota 2021-01-27T08:00:00.000Z");
  });

  it("moves a changed instance to its new time, and takes the newest of several changes", () => {
    const changed = (sequence: number, hour: string) =>
      event(
        "UID:rota",
        `SEQUENCE:${sequence}`,
        "RECURRENCE-ID:20210302T090000Z",
        `DTSTART:20210302T${hour}0000Z`,
        `DTEND:20210302T${hour}3000Z`,
      );
    const text = calendar(
      changed(2, "15"),
      event(
        "UID:rota",
        "DTSTART:20210301T090000Z",
        "DTEND:20210301T100000Z",
        "RRULE:FREQ=DAILY;UNTIL=20210303T235959Z",
      ),
      changed(1, "11"),
    );
    expect(spans(text)).toEqual([
      "2021-03-01T09:00 2021-03-01T10:00",
      "2021-03-02T15:00 2021-03-02T15:30",
      "2021-03-03T09:00 2021-03-03T10:00",
    ]);
  });

  it("leaves out what is cancelled: an event, one instance, an excepted date", () => {
    const text = calendar(
      event("UID:off", "STATUS:CANCELLED", "DTSTART:20210501T090000Z", "DTEND:20210501T100000Z"),
      event(
        "UID:rota",
        "DTSTART;TZID=Europe/Berlin:20210601T090000",
        "DTEND;TZID=Europe/Berlin:20210601T100000",
        "RRULE:FREQ=DAILY;COUNT=4",
        // Once on the event's own clock, once in UTC.
        "EXDATE;TZID=Europe/Berlin:20210602T090000",
        "EXDATE:20210603T070000Z",
      ),
      event(
        "UID:rota",
        "STATUS:CANCELLED",
        "RECURRENCE-ID;TZID=Europe/Berlin:20210604T090000",
        "DTSTART;TZID=Europe/Berlin:20210604T090000",
        "DTEND;TZID=Europe/Berlin:20210604T100000",
      ),
    );
    expect(spans(text)).toEqual(["2021-06-01T07:00 2021-06-01T08:00"]);
  });

  it("takes days as days: the end is not part of it, and midnight is the schedule's", () => {
    const text = calendar(
      event("UID:a", "DTSTART;VALUE=DATE:20210927", "DTEND;VALUE=DATE:20210929"),
      event("UID:b", "DTSTART;VALUE=DATE:20211005"),
    );
    expect(spans(text, { timeZone: "America/New_York" })).toEqual([
      "2021-09-27T04:00 2021-09-29T04:00",
      "2021-10-05T04:00 2021-10-06T04:00",
    ]);
  });

  it("gives both of an all-day and a timed event that overlap", () => {
    const text = calendar(
      event("UID:a", "DTSTART;VALUE=DATE:20210927", "DTEND;VALUE=DATE:20210928"),
      event("UID:b", "DTSTART:20210927T080000Z", "DURATION:PT2H"),
    );
    expect(spans(text)).toEqual(["2021-09-27T00:00 2021-09-28T00:00", "2021-09-27T08:00 2021-09-27T10:00"]);
  });

  it("reads UNTIL without a zone, with one, and as a day, beside a beginning in a zone", () => {
    const until = (value: string) =>
      spans(
        calendar(
          event(
            "UID:rota",
            "DTSTART;TZID=America/New_York:20210301T220000",
            "DTEND;TZID=America/New_York:20210301T230000",
            `RRULE:FREQ=DAILY;UNTIL=${value}`,
          ),
        ),
      ).length;
    expect(until("20210303T220000")).toBe(3);
    // 22:00 in New York is 03:00 of the next day in UTC: the third evening is still in.
    expect(until("20210304T030000Z")).toBe(3);
    expect(until("20210304T025959Z")).toBe(2);
    expect(until("20210303")).toBe(3);
  });

  it("keeps the wall clock across a clock change, for beginnings and for lengths", () => {
    const text = calendar(
      event(
        "UID:night",
        "DTSTART;TZID=Europe/Berlin:20210326T220000",
        "DTEND;TZID=Europe/Berlin:20210327T060000",
        "RRULE:FREQ=DAILY;COUNT=3",
      ),
    );
    expect(spans(text)).toEqual([
      "2021-03-26T21:00 2021-03-27T05:00",
      "2021-03-27T21:00 2021-03-28T04:00",
      "2021-03-28T20:00 2021-03-29T04:00",
    ]);
  });

  it.each([
    ["Windows", "W. Europe Standard Time", "2021-07-01T07:00"],
    ["quoted and prefixed", '"/example.org/20210101_1/Europe/Berlin"', "2021-07-01T07:00"],
    ["legacy", "US/Eastern", "2021-07-01T13:00"],
  ])("knows zones by their %s names", (_, zone, start) => {
    const text = calendar(
      event("UID:a", `DTSTART;TZID=${zone}:20210701T090000`, `DTEND;TZID=${zone}:20210701T100000`),
    );
    const { events, warnings } = read(text);
    expect(events[0]?.start.slice(0, 16)).toBe(start);
    expect(warnings).toEqual([]);
  });

  it("reads an unknown zone as UTC, with a warning", () => {
    const text = calendar(
      event("UID:a", "DTSTART;TZID=Mars/Olympus:20210701T090000", "DTEND;TZID=Mars/Olympus:20210701T100000"),
    );
    const { events, warnings } = read(text);
    expect(events[0]?.start).toBe("2021-07-01T09:00:00.000Z");
    expect(warnings).toEqual(["There is no time zone “Mars/Olympus”; its times are read as UTC."]);
  });

  it("reads times without a zone on the schedule's clock", () => {
    const text = calendar(event("UID:a", "DTSTART:20210701T090000", "DTEND:20210701T100000"));
    expect(spans(text, { timeZone: "Asia/Kolkata" })).toEqual(["2021-07-01T03:30 2021-07-01T04:30"]);
  });

  it.each([
    ["<!DOCTYPE html><html></html>", "The answer is a web page, not a calendar."],
    ["", "The answer is no calendar."],
    ["BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR", "The calendar is damaged"],
    ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "The calendar is damaged"],
  ])("says why %j is none", (text, because) => {
    const result = readIcs(text, YEAR, "Etc/UTC");
    expect(result).toEqual({ kind: "unreadable", because: expect.stringContaining(because) });
  });

  it.each([
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
    "FREQ=SECONDLY",
  ])("gives up on a rule that never comes to an end: %s", (rule) => {
    const { events, warnings } = read(
      calendar(
        event(
          "UID:a",
          "SUMMARY:Never",
          "DTSTART:20210104T090000Z",
          "DTEND:20210104T100000Z",
          `RRULE:${rule}`,
        ),
        event("UID:b", "SUMMARY:Still", "DTSTART:20210105T090000Z", "DTEND:20210105T100000Z"),
      ),
    );
    expect(events.map(({ summary }) => summary)).toEqual(["Still"]);
    expect(warnings).toEqual(["The event “Never” can't be read: its rule never comes to an end."]);
  });

  it("gives up on a calendar whose rules together have no end", () => {
    const hourly = Array.from({ length: 10 }, (_, index) =>
      event(`UID:${index}`, "DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;COUNT=9000"),
    );
    expect(readIcs(calendar(...hourly), YEAR, "Etc/UTC")).toEqual({
      kind: "unreadable",
      because: "The calendar is damaged: its rules have too many dates.",
    });
  });

  it("leaves out one broken event and says so, and keeps the others", () => {
    const { events, warnings } = read(
      calendar(
        event("UID:a", "SUMMARY:Broken", "DTEND:20210105T100000Z"),
        event("UID:b", "SUMMARY:Whole", "DTSTART:20210105T090000Z", "DTEND:20210105T100000Z"),
      ),
    );
    expect(events.map(({ summary }) => summary)).toEqual(["Whole"]);
    expect(warnings).toEqual(["The event “Broken” can't be read: it is not written as it should be."]);
  });

  it("gives nothing for a rule that ends before it begins (case 98)", () => {
    const text = calendar(
      event(
        "UID:a",
        "DTSTART:20210601T090000Z",
        "DTEND:20210601T100000Z",
        "RRULE:FREQ=DAILY;UNTIL=20210501T000000Z",
      ),
    );
    expect(spans(text)).toEqual([]);
  });

  it.each(["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=WEEKLY;INTERVAL=3"])(
    "keeps the grid of a rule from wherever it is looked at: %s",
    (rule) => {
      const text = calendar(
        event("UID:a", "DTSTART:20190102T090000Z", "DTEND:20190102T170000Z", `RRULE:${rule}`),
      );
      const all = { start: Date.parse("2019-01-01T00:00:00Z"), end: YEAR.end };
      const late = { start: Date.parse("2021-03-01T00:00:00Z"), end: Date.parse("2021-05-01T00:00:00Z") };
      const within = spans(text, { window: all }).filter((it) => it >= "2021-03-01" && it < "2021-05-01");
      expect(within.length).toBeGreaterThan(2);
      expect(spans(text, { window: late })).toEqual(within);
    },
  );

  it("asks no more of an old rule than its window", () => {
    const text = calendar(
      event(
        "UID:a",
        "DTSTART;TZID=Europe/London:20050103T090000",
        "DTEND;TZID=Europe/London:20050103T170000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
      ),
    );
    const week = { start: Date.parse("2021-07-05T00:00:00Z"), end: Date.parse("2021-07-12T00:00:00Z") };
    expect(spans(text, { window: week })).toEqual([
      "2021-07-05T08:00 2021-07-05T16:00",
      "2021-07-07T08:00 2021-07-07T16:00",
    ]);
  });

  it("does not go through the whole calendar for the zone of each time", () => {
    const lookThrough = vi.spyOn(ICAL.Component.prototype, "getAllSubcomponents");
    const shifts = Array.from({ length: 50 }, (_, index) =>
      event(`UID:${index}`, "DTSTART;TZID=Asia/Tokyo:20210601T090000", "DURATION:PT1H"),
    );
    expect(spans(calendar(...shifts))).toHaveLength(50);
    expect(lookThrough.mock.calls.length).toBeLessThan(10);
    lookThrough.mockRestore();
  });

  it("leaves out a line that is too long, with a warning, and reads the others", () => {
    const parameters = Array.from({ length: 20_000 }, (_, index) => `;X-${index}=1`).join("");
    const { events, warnings } = read(
      calendar(
        event(
          "UID:a",
          "SUMMARY:Ann",
          "DTSTART:20210601T090000Z",
          `ATTENDEE${parameters}:mailto:a@example.com`,
          "DURATION:PT1H",
        ),
      ),
    );
    expect(events).toMatchObject([{ summary: "Ann" }]);
    expect(warnings).toEqual(["Lines of more than 100000 characters are left out."]);
  });
});
