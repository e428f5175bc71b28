import type { Urgency } from "#lib/incidents/vocabulary";

export type ConstantUrgency = { type: "constant"; urgency: Urgency | "severity_based" };

/** Decides the urgency of a new incident; the wire shape of the public API. */
export type UrgencyRule =
  | ConstantUrgency
  | { type: "use_support_hours"; duringSupportHours: ConstantUrgency; outsideSupportHours: ConstantUrgency };

/** Wall-clock hours in an IANA zone; days 1 (Monday) to 7; an end at or before the start runs into the next day. */
export type SupportHours = {
  timeZone: string;
  startTime: string;
  endTime: string;
  daysOfWeek: readonly number[];
};

export type ServiceLink = { label: string; url: string };
