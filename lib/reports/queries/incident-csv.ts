import { asc, eq, sql } from "drizzle-orm";
import type { Column } from "drizzle-orm";
import { incidentFacts as f } from "#db/schema/incident-facts";
import { incidents as i, priorities as p } from "#db/schema/incidents";
import { teams } from "#db/schema/people";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { IncidentFilter } from "#lib/incidents/filter";
import { incidentConditions } from "#lib/incidents/queries/filter-conditions";
import { csvRecord, csvSeconds } from "#lib/reports/csv";
import type { CsvValue } from "#lib/reports/csv";

const BATCH = 500;

const milliseconds = (column: Column) => sql<number | null>`${column}::float8`;
const instant = (column: Column) => sql<number | null>`(extract(epoch from ${column}) * 1000)::float8`;

const at = (value: unknown): CsvValue => (typeof value === "number" ? new Date(value) : null);
const seconds = (value: unknown): CsvValue => csvSeconds(typeof value === "number" ? value : null);
const plain = (value: unknown): CsvValue =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;

// Header, what is selected, how it is written.
const COLUMNS = [
  ["number", sql`${f.number}`, plain],
  ["id", sql`${f.incidentId}`, plain],
  ["title", sql`${i.title}`, plain],
  ["status", sql`${f.status}`, plain],
  ["urgency", sql`${f.urgency}`, plain],
  ["priority", sql`${p.name}`, plain],
  ["service", sql`${services.name}`, plain],
  ["team", sql`${teams.name}`, plain],
  ["origin", sql`${f.origin}`, plain],
  ["detected_by", sql`${f.detectionSource}`, plain],
  ["started_at", instant(f.startedAt), at],
  ["detected_at", instant(f.detectedAt), at],
  ["created_at", instant(f.createdAt), at],
  ["first_paged_at", instant(f.firstPageAt), at],
  ["first_acknowledged_at", instant(f.firstAckAt), at],
  ["first_engaged_at", instant(f.firstEngagedAt), at],
  ["mitigated_at", instant(f.mitigatedAt), at],
  ["resolved_at", instant(f.resolvedAt), at],
  ["seconds_to_acknowledge", milliseconds(f.msToAcknowledge), seconds],
  ["seconds_to_respond", milliseconds(f.msToRespond), seconds],
  ["seconds_to_mitigate", milliseconds(f.msToMitigate), seconds],
  ["seconds_to_resolve", milliseconds(f.msToResolve), seconds],
  ["snoozed_seconds", milliseconds(f.snoozedMs), seconds],
  ["major", sql`${f.major}`, plain],
  ["auto_resolved", sql`${f.autoResolved}`, plain],
  ["merged", sql`${f.merged}`, plain],
  ["timeout_escalations", sql`${f.timeoutEscalationCount}`, plain],
  ["reassignments", sql`${f.reassignmentCount}`, plain],
  ["reopened", sql`${f.reopenCount}`, plain],
  ["notifications", sql`${f.notificationCount}`, plain],
  ["alerts", sql`${f.alertCount}`, plain],
] as const;

/**
 * The incidents of a filter as CSV, oldest first, a batch of records at a time: the memory it takes does not grow with their number.
 * Stopping early closes the cursor.
 */
export async function* readIncidentCsv(ctx: Context, filter: IncidentFilter): AsyncGenerator<string> {
  requirePermission(ctx.actor, "read");
  const viewer = { userId: ctx.actor.id, timeZone: ctx.actor.timeZone };
  const query = ctx.db
    .select(Object.fromEntries(COLUMNS.map(([name, column]) => [name, sql`${column}`.as(name)])))
    .from(f)
    .innerJoin(i, eq(i.id, f.incidentId))
    .innerJoin(services, eq(services.id, f.serviceId))
    .leftJoin(teams, eq(teams.id, services.teamId))
    .leftJoin(p, eq(p.rank, f.priorityRank))
    .where(incidentConditions(filter, viewer))
    .orderBy(asc(f.createdAt), asc(f.number))
    .toSQL();
  yield csvRecord(COLUMNS.map(([name]) => name));
  const parameters = query.params.map((value) => toParameter(value));
  for await (const rows of ctx.db.$client.unsafe(query.sql, parameters).cursor(BATCH)) {
    yield rows.map((row) => csvRecord(COLUMNS.map(([name, , write]) => write(row[name])))).join("");
  }
}

function toParameter(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  throw new TypeError("A filter has only words, numbers and flags.");
}
