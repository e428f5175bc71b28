import { isCalendarView } from "#lib/on-call/calendar-view";
import type { CalendarView } from "#lib/on-call/calendar-view";

/** How a schedule's page is shown; all of it is in the address. */
export type ScheduleAddress = {
  view: CalendarView;
  /** A date; null: now. */
  from: string | null;
  zone: "schedule" | "mine";
  show: "lanes" | "list";
};

/** Reads the parameters of a schedule's address; what is unknown shows the default. */
export function parseScheduleAddress(
  parameters: Readonly<Record<string, string | string[] | undefined>>,
): ScheduleAddress {
  const { view, from, zone, show } = parameters;
  return {
    view: isCalendarView(view) ? view : "2w",
    from: typeof from === "string" ? from : null,
    zone: zone === "mine" ? "mine" : "schedule",
    show: show === "list" ? "list" : "lanes",
  };
}

/** The address of the same page shown differently; defaults are left out. */
export function scheduleAddress(
  slug: string,
  address: ScheduleAddress,
  change: Partial<ScheduleAddress> = {},
): string {
  const { view, from, zone, show } = { ...address, ...change };
  const parts = [
    view === "2w" ? "" : `view=${view}`,
    from === null ? "" : `from=${from}`,
    zone === "mine" ? "zone=mine" : "",
    show === "list" ? "show=list" : "",
  ].filter(Boolean);
  return `/schedules/${slug}${parts.length === 0 ? "" : `?${parts.join("&")}`}`;
}
