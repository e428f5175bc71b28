import { and, eq, inArray } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { incidents, logEntries } from "#db/schema/incidents";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { findAuthors, takeImportLock } from "#lib/imports/commands/imported-authors";
import { entryRow } from "#lib/imports/commands/imported-entries";
import { addSkip } from "#lib/imports/commands/import-incidents";
import type { ImportOptions, ImportReport } from "#lib/imports/commands/import-incidents";
import { skip } from "#lib/imports/imported-incident";
import type { ImportedLine, ParsedLine, Skipped } from "#lib/imports/imported-incident";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";

const CHUNK = 1000;
const SAME = 1000;
// After the trigger of its incident, which has place 0.
const MIDDLE = 1;

type Placed = { line: ImportedLine; tellSkip: (skipped: Skipped) => void };

/**
 * Adds log entries to incidents that an import brought before. Each once, however often it runs; those whose incident is not here
 * are passed over. 1,000 lines are one transaction. `tellSkip` hears of every line that is passed over. A dry run counts the lines
 * it could read, since their incidents may not be here yet.
 */
export async function importLines(
  ctx: Context,
  lines: AsyncIterable<{ parsed: ParsedLine; tellSkip: (skipped: Skipped) => void }>,
  { onProgress, isDryRun = false }: ImportOptions = {},
): Promise<ImportReport> {
  requirePermission(ctx.actor, "configure");
  const report: ImportReport = { read: 0, imported: 0, unchanged: 0, skipped: new Map() };
  let chunk: Placed[] = [];
  const flush = async () => {
    if (isDryRun) report.imported += chunk.length;
    else await importChunk(ctx, chunk, report);
    chunk = [];
    onProgress?.(report);
  };
  for await (const { parsed, tellSkip } of lines) {
    report.read += 1;
    if (parsed.kind === "line") chunk.push({ line: parsed.line, tellSkip });
    else {
      addSkip(report, parsed);
      tellSkip(parsed);
    }
    if (chunk.length === CHUNK) await flush();
  }
  if (chunk.length > 0) await flush();
  return report;
}

async function importChunk(ctx: Context, chunk: readonly Placed[], report: ImportReport): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    await takeImportLock(scope);
    const homes = await findHomes(scope, chunk);
    const authors = await findAuthors(
      scope,
      chunk.map(({ line }) => line.entry.by),
    );
    const rows = new Map<string, typeof logEntries.$inferInsert>();
    for (const { line, tellSkip } of chunk) {
      const home = homes.get(line.incidentExternalId);
      const reason = reasonAgainst(line, home);
      if (!home || reason) {
        const skipped = skip(reason ?? "belongs to an incident that is not here", describe(line));
        addSkip(report, skipped);
        tellSkip(skipped);
        continue;
      }
      const row = entryRow(authors, home.id, line.incidentExternalId, MIDDLE, line.entry);
      rows.set(row.id, row);
    }
    const fresh = await withoutKnown(scope, rows);
    report.imported += fresh.length;
    report.unchanged += rows.size - fresh.length;
    if (fresh.length === 0) return;
    await insertMany(scope.tx, logEntries, fresh);
    await refreshFacts(
      scope,
      fresh.map(({ incidentId }) => incidentId),
    );
    await audit(scope, {
      action: "log_entry.imported",
      objectType: "import",
      objectId: null,
      objectName: ctx.actor.name,
      after: { count: fresh.length },
    });
  });
}

type Home = { id: string; externalId: string | null; resolvedAt: Date | null };

async function findHomes({ tx }: TransactionContext, chunk: readonly Placed[]): Promise<Map<string, Home>> {
  const ids = [...new Set(chunk.map(({ line }) => line.incidentExternalId))];
  const found = await tx
    .select({ id: incidents.id, externalId: incidents.externalId, resolvedAt: incidents.resolvedAt })
    .from(incidents)
    .where(and(eq(incidents.origin, "import"), inArray(incidents.externalId, ids)));
  return new Map(found.map((home) => [home.externalId ?? "", home]));
}

/** The last resolve came with the incident. */
function reasonAgainst({ entry }: ImportedLine, home: Home | undefined) {
  if (!home) return "belongs to an incident that is not here" as const;
  const apart = Math.abs(entry.at.getTime() - (home.resolvedAt?.getTime() ?? 0));
  return entry.type === "resolve" && apart <= SAME ? ("says what its incident says already" as const) : null;
}

function describe({ incidentExternalId, entry }: ImportedLine): string {
  return `${entry.type} of ${incidentExternalId} at ${entry.at.toISOString()}`;
}

async function withoutKnown(
  { tx }: TransactionContext,
  rows: ReadonlyMap<string, typeof logEntries.$inferInsert>,
) {
  const known = await tx
    .select({ id: logEntries.id })
    .from(logEntries)
    .where(inArray(logEntries.id, [...rows.keys()]));
  const there = new Set(known.map(({ id }) => id));
  return [...rows.values()].filter(({ id }) => !there.has(id));
}
