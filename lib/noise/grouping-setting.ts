/** How alerts of a service, or of a named set of services, are gathered into incidents. */
export const GROUPING_MODES = ["off", "time", "content", "similarity", "both"] as const;
export type GroupingMode = (typeof GROUPING_MODES)[number];

export type GroupingSetting = {
  mode: GroupingMode;
  /** By time: seconds from the incident's opening, 0 for as long as it is open. Otherwise: the longest pause between two alerts. */
  windowSeconds: number;
  /** Fields that must be equal, where content counts. */
  fields: readonly string[];
  aggregate: "all" | "any";
  /** Least score, where similarity counts. */
  threshold: number;
};

/** However steadily alerts arrive, an incident takes no more of them after this long. */
export const LONGEST_GROUP_SECONDS = 86_400;

/** The fields that alerts can be compared by, beside `custom_details.…`. */
export const GROUPING_FIELDS = ["summary", "source", "severity", "component", "group", "class"] as const;

/** What of an alert can be compared with others, or with a value. */
export type Comparable = {
  summary: string;
  source: string;
  severity: string;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: unknown;
};

const DETAILS = "custom_details.";

/** The named fields of an alert, trimmed, in lower case and with single blanks; null where it has none. */
export function comparedValues(alert: Comparable, fields: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(fields.map((field) => [field, normalised(read(alert, field))]));
}

function read(alert: Comparable, field: string): unknown {
  if (field.startsWith(DETAILS)) return dig(alert.customDetails, field.slice(DETAILS.length).split("."));
  const known = GROUPING_FIELDS.find((name) => name === field);
  return known ? alert[known] : null;
}

function dig(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function normalised(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  const text = String(value).trim().replace(/\s+/g, " ").toLowerCase();
  return text === "" ? null : text;
}
