import { idOr, parameterReader, readItems, timeOf, wordOf, yesOrNo } from "#lib/incidents/filter-parameters";
import type { UrlParameters } from "#lib/incidents/filter-parameters";
import {
  CAUSE_CLASSES,
  DETECTION_SOURCES,
  INCIDENT_ORIGINS,
  INCIDENT_STATUSES,
  URGENCIES,
} from "#lib/incidents/vocabulary";
import type {
  CauseClass,
  DetectionSource,
  IncidentOrigin,
  IncidentStatus,
  Urgency,
} from "#lib/incidents/vocabulary";
import { SERVICE_LEVEL_STATES } from "#lib/service-levels/vocabulary";

/** The response clocks. acknowledge: first page → first acknowledgement by a person; respond: detection → first engagement;
 * resolve: trigger → resolve; mitigate: detection → mitigation. */
export const CLOCKS = ["acknowledge", "respond", "resolve", "mitigate"] as const;
export type Clock = (typeof CLOCKS)[number];

/**
 * Which incidents are meant, in every place that lists or counts them: the list's URL, a report and the links of its numbers.
 * An empty list or null means "whatever". Lists combine with or, keys with and.
 */
export type IncidentFilter = {
  status: readonly IncidentStatus[];
  urgency: readonly Urgency[];
  /** Names of priorities, or "none". */
  priority: readonly string[];
  service: readonly string[];
  /** Ids of teams, or "none". The team is the one that owns the service now. */
  team: readonly string[];
  /** Ids of people, "me" or "none". */
  assignee: readonly string[];
  origin: readonly IncidentOrigin[];
  detection: readonly DetectionSource[];
  /** Feature labels, or "none". */
  feature: readonly string[];
  /** Cause classes, or "none". */
  cause: readonly (CauseClass | "none")[];
  /** Words of the title, or the number. */
  q: string | null;
  /** Created at or after: an instant, or a date in the viewer's zone. */
  from: string | null;
  /** Created before that instant; a date counts as its whole day. */
  to: string | null;
  /** Measured on this clock. */
  clock: Clock | null;
  /** Not measured on this clock: it has not happened, or can't be known. */
  without: Clock | null;
  /** A person acknowledged it. */
  acknowledged: boolean | null;
  resolved: boolean | null;
  major: boolean | null;
  merged: boolean | null;
  /** Resolved by a machine. */
  auto: boolean | null;
  /** Went on to another level because nobody acknowledged in time. */
  escalated: boolean | null;
  /** Customers noticed: somebody said so, or they told us. */
  impact: boolean | null;
  /** Created while a game day ran. */
  gameDay: boolean | null;
  /** Created within 24 hours after a change of its service. */
  afterChange: boolean | null;
  /** People stated instants instead of the log's. */
  corrected: boolean | null;
  /** A service level (id) and how it stands: "ID:breached". */
  level: string | null;
  /** Customers were affected; where nobody said whether they were, it is major. What availability counts. */
  outage: boolean | null;
};

export const EVERY_INCIDENT: IncidentFilter = {
  status: [],
  urgency: [],
  priority: [],
  service: [],
  team: [],
  assignee: [],
  origin: [],
  detection: [],
  feature: [],
  cause: [],
  q: null,
  from: null,
  to: null,
  clock: null,
  without: null,
  acknowledged: null,
  resolved: null,
  major: null,
  merged: null,
  auto: null,
  escalated: null,
  impact: null,
  gameDay: null,
  afterChange: null,
  corrected: null,
  level: null,
  outage: null,
};

const MAX_TEXT = 200;
const ID = /^[A-Z0-9]{1,32}$/;

/** Reads a filter from the parameters of a URL. Values that mean nothing here are left out and named in `ignored`. */
export function parseIncidentFilter(parameters: UrlParameters): {
  filter: IncidentFilter;
  ignored: string[];
} {
  const { list, one, ignored } = parameterReader(parameters);
  const filter: IncidentFilter = {
    status: list("status", statusesOf),
    urgency: list("urgency", wordOf(URGENCIES)),
    priority: list("priority", (item) => [item]),
    service: list("service", idOr()),
    team: list("team", idOr("none")),
    assignee: list("assignee", idOr("me", "none")),
    origin: list("origin", wordOf(INCIDENT_ORIGINS)),
    detection: list("detection", wordOf(DETECTION_SOURCES)),
    feature: labelsOf(parameters),
    cause: list("cause", wordOf([...CAUSE_CLASSES, "none"])),
    q: one("q", (text) => text.slice(0, MAX_TEXT)),
    from: one("from", timeOf),
    to: one("to", timeOf),
    clock: one("clock", (text) => wordOf(CLOCKS)(text)[0] ?? null),
    without: one("without", (text) => wordOf(CLOCKS)(text)[0] ?? null),
    acknowledged: one("acknowledged", yesOrNo),
    resolved: one("resolved", yesOrNo),
    major: one("major", yesOrNo),
    merged: one("merged", yesOrNo),
    auto: one("auto", yesOrNo),
    escalated: one("escalated", yesOrNo),
    impact: one("impact", yesOrNo),
    gameDay: one("game_day", yesOrNo),
    afterChange: one("after_change", yesOrNo),
    corrected: one("corrected", yesOrNo),
    level: one("level", levelOf),
    outage: one("outage", yesOrNo),
  };
  return { filter, ignored };
}

/** The filter as URL parameters, keys in a fixed order, absent keys left out: equal filters give equal text. */
export function incidentFilterParameters(filter: IncidentFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (value === null) continue;
    const name = NAMES[key] ?? key;
    if (typeof value === "boolean") parameters.set(name, value ? "yes" : "no");
    else if (typeof value === "string") parameters.set(name, value);
    else if (value.length > 0)
      parameters.set(
        name,
        [...value]
          .map((item) => (key === "feature" ? toItem(item) : item))
          .sort()
          .join(","),
      );
  }
  return parameters;
}

/** The incident list with this filter. */
export function incidentsHref(filter: IncidentFilter): string {
  const text = incidentFilterParameters(filter).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "/incidents" : `/incidents?${text}`;
}

const KEYS = [
  "status",
  "urgency",
  "priority",
  "service",
  "team",
  "assignee",
  "origin",
  "detection",
  "feature",
  "cause",
  "q",
  "from",
  "to",
  "clock",
  "without",
  "acknowledged",
  "resolved",
  "major",
  "merged",
  "auto",
  "escalated",
  "impact",
  "gameDay",
  "afterChange",
  "corrected",
  "level",
  "outage",
] as const satisfies readonly (keyof IncidentFilter)[];

/** Keys of more than one word, as the URL has them. */
const NAMES: Partial<Record<keyof IncidentFilter, string>> = {
  gameDay: "game_day",
  afterChange: "after_change",
};

/** Labels are people's own words and may hold the comma that parts the items of a list. */
function toItem(value: string): string {
  return value.replaceAll("%", "%25").replaceAll(",", "%2C");
}

function labelsOf(parameters: UrlParameters): string[] {
  const labels = readItems(parameters, "feature").map((item) =>
    item.replaceAll("%2C", ",").replaceAll("%25", "%").slice(0, MAX_TEXT),
  );
  return [...new Set(labels)];
}

/** `open` and `closed` are short for the statuses they mean. */
function statusesOf(item: string): readonly IncidentStatus[] {
  if (item === "open") return ["triggered", "acknowledged"];
  if (item === "closed") return ["resolved"];
  return wordOf(INCIDENT_STATUSES)(item);
}

function levelOf(text: string): string | null {
  const [id = "", state = "", ...rest] = text.split(":");
  const known = SERVICE_LEVEL_STATES.some((word) => word === state);
  return rest.length === 0 && ID.test(id) && known ? text : null;
}
