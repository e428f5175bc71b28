import { and, eq, inArray } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { incidents, logEntries, priorities } from "#db/schema/incidents";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { findAuthors, takeImportLock } from "#lib/imports/commands/imported-authors";
import type { FoundAuthors } from "#lib/imports/commands/imported-authors";
import { entryRow } from "#lib/imports/commands/imported-entries";
import { findOrMakeServices, NO_COMPONENT } from "#lib/imports/commands/imported-services";
import type { ImportedIncident, ParsedRecord, Skipped, SkipReason } from "#lib/imports/imported-incident";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { publish } from "#lib/outbox";

export type ImportReport = {
  /** Every record is one of the three below. */
  read: number;
  imported: number;
  /** Was there already, from an earlier run or further up in the file. */
  unchanged: number;
  skipped: Map<SkipReason, { count: number; examples: string[] }>;
};

export type ImportOptions = {
  onProgress?: (report: ImportReport) => void;
  /** Writes nothing and counts what it would bring; a record that is twice in the file may then count twice. */
  isDryRun?: boolean;
};

const CHUNK = 500;
const EXAMPLES = 3;

/**
 * Brings the history of another tool in: incidents with their timelines and facts, each once however often it runs. They are over,
 * so nobody is paged and no timer is set. Chunks of 500 records are one transaction each; a run that is broken off leaves whole
 * chunks behind and can simply be repeated.
 */
export async function importIncidents(
  ctx: Context,
  records: AsyncIterable<ParsedRecord>,
  { onProgress, isDryRun = false }: ImportOptions = {},
): Promise<ImportReport> {
  requirePermission(ctx.actor, "configure");
  const report: ImportReport = { read: 0, imported: 0, unchanged: 0, skipped: new Map() };
  let chunk: ImportedIncident[] = [];
  const flush = async () => {
    const imported = await (isDryRun ? countFresh(ctx, chunk) : importChunk(ctx, chunk));
    report.imported += imported;
    report.unchanged += chunk.length - imported;
    chunk = [];
    onProgress?.(report);
  };
  for await (const record of records) {
    report.read += 1;
    if (record.kind === "incident") chunk.push(record.incident);
    else addSkip(report, record);
    if (chunk.length === CHUNK) await flush();
  }
  if (chunk.length > 0) await flush();
  return report;
}

/** Counts a record that was passed over, and keeps the first of its kind. */
export function addSkip(report: Pick<ImportReport, "skipped">, { reason, example }: Skipped) {
  const entry = report.skipped.get(reason) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < EXAMPLES) entry.examples.push(example);
  report.skipped.set(reason, entry);
}

async function importChunk(ctx: Context, chunk: readonly ImportedIncident[]): Promise<number> {
  return inTransaction(ctx, async (scope) => {
    await takeImportLock(scope);
    const fresh = await withoutKnown(scope, chunk);
    if (fresh.length === 0) return 0;
    const [services, authors, ranks] = await Promise.all([
      findOrMakeServices(scope, [...new Set(fresh.map(serviceNameOf))]),
      findAuthors(
        scope,
        fresh.flatMap(({ entries, resolvedBy }) => [...entries.map(({ by }) => by), resolvedBy]),
      ),
      scope.tx.select({ rank: priorities.rank, id: priorities.id }).from(priorities),
    ]);
    const priorityIds = new Map(ranks.map(({ rank, id }) => [rank, id]));
    const drafts = fresh.map((incident) => ({ id: newId(incident.startedAt.getTime()), incident }));
    await insertMany(
      scope.tx,
      incidents,
      drafts.map(({ id, incident }) => {
        const service = services.get(serviceNameOf(incident).toLowerCase());
        if (!service) throw new Error(`There is no service for ${incident.externalId}.`);
        const priorityId = priorityIds.get(incident.priorityRank ?? 0) ?? null;
        return { id, ...rowOf(incident), serviceId: service.id, policySnapshot: service.policy, priorityId };
      }),
    );
    await insertMany(
      scope.tx,
      logEntries,
      drafts.flatMap(({ id, incident }) => entriesOf(authors, id, incident)),
    );
    await refreshFacts(
      scope,
      drafts.map(({ id }) => id),
    );
    await announce(scope, drafts.length);
    return drafts.length;
  });
}

async function countFresh(ctx: Context, chunk: readonly ImportedIncident[]): Promise<number> {
  return (await withoutKnown({ tx: ctx.db }, chunk)).length;
}

async function withoutKnown(
  { tx }: { tx: TransactionContext["tx"] | Context["db"] },
  chunk: readonly ImportedIncident[],
): Promise<ImportedIncident[]> {
  const distinct = [...new Map(chunk.map((incident) => [incident.externalId, incident])).values()];
  const ids = distinct.map(({ externalId }) => externalId);
  const known = await tx
    .select({ externalId: incidents.externalId })
    .from(incidents)
    .where(and(eq(incidents.origin, "import"), inArray(incidents.externalId, ids)));
  const there = new Set(known.map(({ externalId }) => externalId));
  return distinct.filter(({ externalId }) => !there.has(externalId));
}

function serviceNameOf({ components }: ImportedIncident): string {
  return components[0] ?? NO_COMPONENT;
}

function rowOf(incident: ImportedIncident) {
  const { title, body, urgency, detectionSource, customerImpact, externalId, resolvedBy } = incident;
  const { startedAt, createdAt, mitigatedAt, resolvedAt } = incident;
  return {
    title,
    body,
    status: "resolved" as const,
    urgency,
    detectionSource,
    origin: "import" as const,
    externalId,
    customerImpact,
    startedAt,
    // A history does not say when somebody first noticed: the alarm, or what it calls the start, is all there is.
    detectedAt: createdAt,
    createdAt,
    mitigatedAt,
    resolvedAt,
    resolvedVia: "import",
    lastStatusChangeAt: resolvedAt,
    lastStatusChangeBy: resolvedBy && {
      type: resolvedBy.isPerson ? "user" : "integration",
      id: null,
      name: resolvedBy.name,
    },
    reopenCount: incident.entries.filter(({ type }) => type === "reopen").length,
    updatedAt: resolvedAt,
  };
}

function entriesOf(authors: FoundAuthors, incidentId: string, incident: ImportedIncident) {
  const { createdAt, resolvedAt, resolvedBy, url, externalId } = incident;
  const history = [
    {
      at: createdAt,
      key: "trigger",
      type: "trigger" as const,
      by: null,
      note: null,
      data: { url, externalId },
    },
    ...incident.entries,
    {
      at: resolvedAt,
      key: "resolve",
      type: "resolve" as const,
      by: resolvedBy,
      note: null,
      data: { via: "import" },
    },
  ];
  return history.map((entry, place) => entryRow(authors, incidentId, externalId, place, entry));
}

async function announce(scope: TransactionContext, count: number) {
  const { actor } = scope;
  await publish(scope, {
    topic: "incident.imported",
    entityType: "import",
    entityId: actor.name,
    data: { count },
  });
  await audit(scope, {
    action: "incident.imported",
    objectType: "import",
    objectId: null,
    objectName: actor.name,
    after: { count },
  });
}
