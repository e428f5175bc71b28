import type { Acted, Said } from "#lib/alerts/acted";
import type { AlertOutcome } from "#lib/alerts/filter";
import type { PausedBy } from "#lib/alerts/verdict";
import type { AlertStatus, Severity } from "#lib/alerts/vocabulary";

/** An alert as the explorer lists it. Instants are ISO 8601. */
export type AlertRowDto = {
  id: string;
  summary: string;
  severity: Severity;
  status: AlertStatus;
  outcome: AlertOutcome;
  /** Null: it has no incident. */
  acted: Acted | null;
  /** What people said of their page about it; null: nothing. */
  said: Said | null;
  service: { name: string; slug: string };
  incident: { number: number } | null;
  /** Events that are one alert here. */
  events: number;
  createdAt: string;
  resolvedAt: string | null;
  /** What holds or held it back, until when, and why; null: nothing did. */
  held: { by: PausedBy | null; until: string | null; because: string } | null;
  /** Why it joined its incident or opened one of its own; null: there was nothing to compare it with. */
  grouped: string | null;
};

/** How many alerts match, the events that they are made of, and the interruptions by the incidents that they are on. */
export type AlertCounts = { alerts: number; events: number; interruptions: number };

export type AlertListDto = { rows: AlertRowDto[]; nextCursor: string | null };

/** What an alert is and where it came from, beside what its row says. */
export type AlertDetailDto = AlertRowDto & {
  dedupKey: string;
  source: string;
  component: string | null;
  group: string | null;
  class: string | null;
  integration: { id: string; name: string } | null;
  kind: { id: string; text: string } | null;
  tags: string[];
  startedAt: string;
  lastSeenAt: string;
};

/** One bar of the histogram. */
export type AlertBinDto = {
  from: string;
  to: string;
  isRunning: boolean;
  counts: Record<AlertOutcome, number>;
};

/** Alerts of one kind of text on one service. */
export type AlertKindDto = {
  /** "none": texts that are of no kind. */
  id: string;
  text: string;
  service: { id: string; name: string; slug: string };
  alerts: number;
  events: number;
  /** Incidents that it opened, and what people did about them. */
  opened: number;
  acted: number;
  ignored: number;
  waiting: number;
  /** Incidents of which people said that their page was useful, and those of which they said that it was not. */
  saidUseful: number;
  saidNotUseful: number;
  interruptions: number;
  /** Of these, those in hours of sleep. */
  sleepInterruptions: number;
  /** Ended by its source within five minutes, of what opened an incident; and of these, those that somebody acted on. */
  briefOpened: number;
  briefActed: number;
  /** That opened within five minutes after another one of the kind. */
  soonOpened: number;
  /** Median of how long those lasted that their source ended; null: none did. */
  selfResolvedMs: number | null;
  lastAt: string;
  /** Alerts in equal parts of the time that is shown, oldest first. */
  course: number[];
};
