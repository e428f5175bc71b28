import { describe, expect, it } from "vitest";
import { directoryOf, spansOf } from "#lib/calendars/event-people";
import type { CalendarEvent, Invited } from "#lib/calendars/read-ics";

const directory = directoryOf([
  { id: "ANN", name: "Ann Lee", email: "ann.lee@example.com" },
  { id: "BEN", name: "Ben Ng", email: "ben@example.com" },
  { id: "BEN2", name: "Ben Other", email: "ben@other.example" },
]);

const invited = (email: string | null, name: string | null = null): Invited => ({ email, name });

function named(summary: string, values: Partial<CalendarEvent> = {}) {
  const event = { id: "1", start: 0, end: 1, summary, attendees: [], organizer: null, ...values };
  return spansOf([event], directory).map(({ userId, label, priority }) => ({ userId, label, priority }));
}

describe("case 96: who is meant by an event", () => {
  it.each(["Ann Lee", "ann  LEE", "ANN.LEE@example.com", "ann.lee"])(
    "is found as %j in any case of letters",
    (text) => {
      expect(named(text)).toEqual([{ userId: "ANN", label: text, priority: 0 }]);
    },
  );

  it("takes the number in brackets as the priority", () => {
    expect(named("[L2] Ann Lee")).toEqual([{ userId: "ANN", label: "Ann Lee", priority: 2 }]);
    expect(named("[l1]ben@example.com")).toEqual([{ userId: "BEN", label: "ben@example.com", priority: 1 }]);
  });

  it("takes several people, the unknown among them as nobody", () => {
    expect(named("Ann Lee, Jane Doe")).toEqual([
      { userId: "ANN", label: "Ann Lee", priority: 0 },
      { userId: null, label: "Jane Doe", priority: 0 },
    ]);
  });

  it("looks at attendees where the summary names nobody, and at the organiser last", () => {
    const attendees = [invited("BEN@example.com"), invited("jane@example.com")];
    expect(named("Primary on call", { attendees, organizer: invited("ann.lee@example.com") })).toEqual([
      { userId: "BEN", label: "BEN@example.com", priority: 0 },
      { userId: null, label: "jane@example.com", priority: 0 },
    ]);
    expect(named("Primary", { organizer: invited("ann.lee@example.com") })).toMatchObject([
      { userId: "ANN" },
    ]);
  });

  it("keeps an event of somebody unknown, under the name it has", () => {
    expect(named("Jane Doe")).toEqual([{ userId: null, label: "Jane Doe", priority: 0 }]);
    expect(named("", { attendees: [invited("jane@example.com")] })).toEqual([
      { userId: null, label: "jane@example.com", priority: 0 },
    ]);
  });

  it("takes nobody for a name that several have, or for an address that is somebody else's", () => {
    expect(named("ben")).toMatchObject([{ userId: null }]);
    expect(named("", { attendees: [invited("ann@elsewhere.example", "Ann Lee")] })).toMatchObject([
      { userId: null },
    ]);
  });

  it("names a person once", () => {
    expect(named("Ann Lee, ann.lee@example.com")).toHaveLength(1);
  });

  it("takes at most 20 of an event, those it knows before others", () => {
    const strangers = Array.from({ length: 300 }, (_, index) => `stranger ${index}`);
    const people = named([...strangers, "Ann Lee", "x".repeat(50_000)].join(","));
    expect(people).toHaveLength(20);
    expect(people[0]).toMatchObject({ userId: "ANN" });
    expect(named(`Ann Lee,${"x".repeat(50_000)}`)[1]?.label).toHaveLength(200);
  });
});
