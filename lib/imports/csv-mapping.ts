import { z } from "zod";
import { isTimeFormat } from "#lib/imports/time-format";
import { DETECTION_SOURCES, INCIDENT_STATUSES, URGENCIES } from "#lib/incidents/vocabulary";
import { parseTimeZone } from "#lib/time/zone";

const column = z.string().min(1);
// The first of several columns that has a value counts.
const columns = z.union([column.transform((name) => [name]), z.array(column).min(1)]);

/** A column whose values stand for ours; other values skip the row, or mean `otherwise` where it is given. */
function words<T extends z.ZodType>(value: T) {
  return z.strictObject({ column, values: z.record(z.string(), value), otherwise: value.optional() });
}

/** What the columns of a CSV file mean. Strict: a misspelt field is an error, not a silent omission. */
export const csvMapping = z.strictObject({
  /** Names the file's tool; part of each incident's identity, so that two tools may number alike. */
  source: z.string().regex(/^[a-z0-9-]{1,40}$/, "must be lower-case letters, digits and hyphens"),
  delimiter: z.string().length(1).default(","),
  encoding: z.enum(["utf8", "latin1", "utf16le"]).default("utf8"),
  timeFormat: z
    .string()
    .default("iso")
    .refine(isTimeFormat, "must be iso, unix, unix-ms or a pattern with yyyy, M and d, each part once"),
  timeZone: z
    .string()
    .default("Etc/UTC")
    .refine((name) => parseTimeZone(name).kind === "zone", "is not a time zone"),
  /** What an empty cell looks like, beside nothing at all. */
  empty: z.array(z.string()).default([]),
  id: column,
  title: columns,
  body: column.optional(),
  url: column.optional(),
  service: columns.optional(),
  created: columns,
  started: columns.optional(),
  acknowledged: columns.optional(),
  acknowledgedBy: column.optional(),
  mitigated: columns.optional(),
  resolved: columns.optional(),
  resolvedBy: column.optional(),
  state: words(z.enum(INCIDENT_STATUSES)).optional(),
  priority: words(z.int().min(1).max(5).nullable()).optional(),
  urgency: words(z.enum(URGENCIES)).optional(),
  detection: words(z.enum(DETECTION_SOURCES)).optional(),
  customerImpact: words(z.boolean()).optional(),
  /** The file has a row for each update of a ticket: rows of one id are one incident, in the order of `at`. */
  updates: z.strictObject({ at: column, by: column.optional(), note: column.optional() }).optional(),
});
export type CsvMapping = z.infer<typeof csvMapping>;

/** Reads a mapping file; throws with the field that is wrong. */
export function parseMapping(text: string): CsvMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`The mapping is not valid JSON: ${error instanceof Error ? error.message : "?"}`);
  }
  const parsed = csvMapping.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join(".") || "mapping"}: ${message}`,
    );
    throw new Error(`The mapping is not understood:\n${issues.join("\n")}`);
  }
  if (!parsed.data.resolved && !(parsed.data.updates && parsed.data.state)) {
    throw new Error("The mapping needs `resolved`, or `updates` and `state`: when was it over?");
  }
  return parsed.data;
}

/** Columns that the mapping names and the file does not have. */
export function missingColumns(mapping: CsvMapping, header: readonly string[]): string[] {
  const { id, title, body, url, service, created, started, acknowledged, mitigated, resolved, updates } =
    mapping;
  const times = [created, started, acknowledged, mitigated, resolved].flatMap((names) => names ?? []);
  const valued = [
    mapping.state,
    mapping.priority,
    mapping.urgency,
    mapping.detection,
    mapping.customerImpact,
  ];
  const named = [
    id,
    ...title,
    body,
    url,
    ...(service ?? []),
    ...times,
    mapping.acknowledgedBy,
    mapping.resolvedBy,
    ...valued.map((word) => word?.column),
    updates?.at,
    updates?.by,
    updates?.note,
  ];
  const there = new Set(header);
  return [...new Set(named.filter((name) => name !== undefined))].filter((name) => !there.has(name));
}
