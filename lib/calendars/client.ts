import { callApi } from "#lib/browser/api";
import type { FeedDto } from "#lib/calendars/queries/feeds";
import type { CalendarDto } from "#lib/calendars/queries/calendars";

// What browser code knows of the answers; the queries themselves stay on the server.
export type Feed = FeedDto;
export type FollowedCalendar = CalendarDto;

export function makeFeed(scheduleId: string | null) {
  return callApi<Feed>("POST", "/api/ui/calendar-feeds", { scheduleId });
}

/** Another address for the same feed. */
export function rotateFeed(feedId: string) {
  return callApi<Feed>("PUT", `/api/ui/calendar-feeds/${feedId}`);
}

export function removeFeed(feedId: string) {
  return callApi<null>("DELETE", `/api/ui/calendar-feeds/${feedId}`);
}

export type CalendarSource = { name: string } & ({ url: string } | { content: string });

export function importCalendar(scheduleId: string, source: CalendarSource) {
  return callApi<{ calendarId: string; layerId: string; warnings: string[] }>(
    "POST",
    `/api/ui/schedules/${scheduleId}/calendars`,
    source,
  );
}

export function replaceCalendar(calendarId: string, source: CalendarSource) {
  return callApi<{ warnings: string[] }>("PUT", `/api/ui/calendars/${calendarId}`, source);
}

export function refreshCalendar(calendarId: string) {
  return callApi<{ kind: "read"; isChanged: boolean } | { kind: "failed"; because: string }>(
    "POST",
    `/api/ui/calendars/${calendarId}/refresh`,
  );
}
