import { ACTED, SAID } from "#lib/alerts/acted";
import type { Acted, Said } from "#lib/alerts/acted";
import { PAUSED_BY } from "#lib/alerts/verdict";
import type { PausedBy } from "#lib/alerts/verdict";
import { ALERT_STATUSES, SEVERITIES } from "#lib/alerts/vocabulary";
import type { AlertStatus, Severity } from "#lib/alerts/vocabulary";
import { idOr, parameterReader, timeOf, wordOf, yesOrNo } from "#lib/incidents/filter-parameters";
import type { UrlParameters } from "#lib/incidents/filter-parameters";

/**
 * What became of an alert: it opened an incident, joined one, or has none, since rules suppressed it, something held it back (it ended
 * before its time was up, or still waits), or its incident is gone.
 */
export const ALERT_OUTCOMES = ["opened", "joined", "suppressed", "held", "none"] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

/**
 * Which alerts are meant, in the explorer and behind the numbers of the noise report. An empty list or null means "whatever". Lists
 * combine with or, keys with and.
 */
export type AlertFilter = {
  status: readonly AlertStatus[];
  severity: readonly Severity[];
  outcome: readonly AlertOutcome[];
  acted: readonly Acted[];
  said: readonly Said[];
  /** What held it back for a time, whatever came of it. */
  by: readonly PausedBy[];
  service: readonly string[];
  /** Ids of teams, or "none". The team is the one that owns the service now. */
  team: readonly string[];
  /** Kinds of texts, or "none". */
  kind: readonly string[];
  integration: readonly string[];
  /** Its incident interrupted somebody. */
  interrupted: boolean | null;
  /** Its source ended it within five minutes. */
  brief: boolean | null;
  /** It was hidden, and people acted on the same kind at that time. */
  missed: boolean | null;
  /** Word for word why it was held back. */
  because: string | null;
  /** Words of its text. */
  q: string | null;
  /** Opened at or after: an instant, or a date in the viewer's zone. */
  from: string | null;
  /** Opened before that instant; a date counts as its whole day. */
  to: string | null;
};

export const EVERY_ALERT: AlertFilter = {
  status: [],
  severity: [],
  outcome: [],
  acted: [],
  said: [],
  by: [],
  service: [],
  team: [],
  kind: [],
  integration: [],
  interrupted: null,
  brief: null,
  missed: null,
  because: null,
  q: null,
  from: null,
  to: null,
};

const KEYS = Object.keys(EVERY_ALERT) as readonly (keyof AlertFilter)[];
const MOST_WORDS = 200;
const MOST_REASON = 1000;

/** Reads a filter from the parameters of a URL. Values that mean nothing here are left out and named in `ignored`. */
export function parseAlertFilter(parameters: UrlParameters): { filter: AlertFilter; ignored: string[] } {
  const { list, one, ignored } = parameterReader(parameters);
  const filter: AlertFilter = {
    status: list("status", wordOf(ALERT_STATUSES)),
    severity: list("severity", wordOf(SEVERITIES)),
    outcome: list("outcome", wordOf(ALERT_OUTCOMES)),
    acted: list("acted", wordOf(ACTED)),
    said: list("said", wordOf(SAID)),
    by: list("by", wordOf(PAUSED_BY)),
    service: list("service", idOr()),
    team: list("team", idOr("none")),
    kind: list("kind", idOr("none")),
    integration: list("integration", idOr()),
    interrupted: one("interrupted", yesOrNo),
    brief: one("brief", yesOrNo),
    missed: one("missed", yesOrNo),
    because: one("because", (text) => text.slice(0, MOST_REASON)),
    q: one("q", (text) => text.slice(0, MOST_WORDS)),
    from: one("from", timeOf),
    to: one("to", timeOf),
  };
  return { filter, ignored };
}

/** The filter as URL parameters, keys in a fixed order, absent keys left out: equal filters give equal text. */
export function alertFilterParameters(filter: AlertFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (typeof value === "boolean") parameters.set(key, value ? "yes" : "no");
    else if (typeof value === "string") parameters.set(key, value);
    else if (value !== null && value.length > 0) parameters.set(key, [...value].sort().join(","));
  }
  return parameters;
}

/** A page of alerts with this filter and its own words; null leaves a word out. */
export function alertsHref(
  filter: AlertFilter,
  own: Readonly<Record<string, string | null>> = {},
  path = "/alerts",
): string {
  const parameters = alertFilterParameters(filter);
  for (const [key, value] of Object.entries(own)) if (value !== null) parameters.set(key, value);
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? path : `${path}?${text}`;
}
