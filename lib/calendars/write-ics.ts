import ical, { escape, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";

export type FeedEvent = {
  uid: string;
  start: Date;
  end: Date;
  summary: string;
  description: string | null;
  url: string;
  sequence: number;
  modifiedAt: Date;
  isCancelled: boolean;
};

const REFRESH_SECONDS = 3600;

/**
 * A calendar to subscribe to (RFC 5545, refresh interval RFC 7986): instants in UTC, busy for nobody's planning, the same text for the same
 * events.
 */
export function writeIcs(name: string, events: readonly FeedEvent[]): string {
  const calendar = ical({
    // The library escapes texts of events, but not this one.
    name: escape(name, false),
    prodId: { company: "Touchline", product: "On-call shifts", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const { uid, modifiedAt, isCancelled, ...event } of events) {
    calendar.createEvent({
      ...event,
      id: uid,
      stamp: modifiedAt,
      lastModified: modifiedAt,
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
