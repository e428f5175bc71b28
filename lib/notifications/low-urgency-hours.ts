import { isInSupportHours, nextSupportHoursBoundary } from "#lib/alerts/support-hours";
import type { SupportHours } from "#lib/services/service";

/** What a person said about what can wait: silence within these hours, or nothing outside them. Read in the person's own zone. */
export type LowUrgencyHours = {
  mode: "quiet" | "working";
  /** `HH:MM`; an end at or before the start is on the next day. */
  startTime: string;
  endTime: string;
  /** 1 (Monday) to 7, on which the hours begin. */
  daysOfWeek: number[];
};

/** Hours that a message may have to wait for. */
export type Limit = { mode: "quiet" | "working"; hours: SupportHours; name: string };

/** How often two limits may hand a message back and forth before the first alone decides. */
const MOST_HOPS = 16;

/** A person's hours as a limit in their zone. */
export function limitOfPerson(hours: LowUrgencyHours, timeZone: string): Limit {
  const { mode, ...times } = hours;
  const name = mode === "quiet" ? "quiet hours" : "outside their working hours";
  return { mode, hours: { ...times, timeZone }, name };
}

/** A service's support hours as a limit: what is of low urgency waits for them. */
export function limitOfService(hours: SupportHours): Limit {
  return { mode: "working", hours, name: "outside the service's support hours" };
}

/**
 * The first instant from `at` on that all limits allow, and which of them it waits for. Hours that can't be read, never end or never
 * begin hold nothing back; limits that leave no common instant hold back only as long as the first of them.
 */
export function firstAllowed(at: Date, limits: readonly Limit[]): { at: Date; waitsFor: string | null } {
  let allowed = at;
  for (let hop = 0; hop <= MOST_HOPS; hop += 1) {
    const blocked = limits.flatMap((limit) => endOfBlock(limit, allowed) ?? []);
    const [until] = blocked;
    if (until === undefined) return { at: allowed, waitsFor: nameOf(at, limits) };
    allowed = until;
  }
  const [first] = limits;
  const until = first && endOfBlock(first, at);
  return { at: until ?? at, waitsFor: until && first ? first.name : null };
}

function nameOf(at: Date, limits: readonly Limit[]): string | null {
  const names = limits.filter((limit) => endOfBlock(limit, at) !== null).map(({ name }) => name);
  return names.length === 0 ? null : names.join(" and ");
}

/** When the limit lets through what it blocks at `at`; null: it blocks nothing then. */
function endOfBlock({ mode, hours }: Limit, at: Date): Date | null {
  const inside = isInSupportHours(hours, at);
  if (inside === null || inside === (mode === "working")) return null;
  return nextSupportHoursBoundary(hours, mode === "quiet" ? "support_hours_end" : "support_hours_start", at);
}
