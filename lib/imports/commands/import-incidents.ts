import { and, eq, inArray, sql } from "drizzle-orm";
import { insertMany } from "#db/insert-many";
import { incidents, logEntries, priorities } from "#db/schema/incidents";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { findOrMakeServices, NO_COMPONENT } from "#lib/imports/commands/imported-services";
import type { ImportedIncident, ParsedRecord, SkipReason } from "#lib/imports/imported-incident";
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

const CHUNK = 500;
const EXAMPLES = 3;
// Any constant will do; it keeps two imports from bringing the same record at once.
const LOCK = 7_243_002;

/**
 * Brings the history of another tool in: incidents with their timelines and facts, each once however often it runs. They are over,
 * so nobody is paged and no timer is set. Chunks of 500 records are one transaction each; a run that is broken off leaves whole
 * chunks behind and can simply be repeated.
 */
export async function importIncidents(
  ctx: Context,
  records: AsyncIterable<ParsedRecord>,
  onProgress: (report: ImportReport) => void = () => undefined,
): Promise<ImportReport> {
  requirePermission(ctx.actor, "configure");
  const report: ImportReport = { read: 0, imported: 0, unchanged: 0, skipped: new Map() };
  let chunk: ImportedIncident[] = [];
  const flush = async () => {
    const imported = await importChunk(ctx, chunk);
    report.imported += imported;
    report.unchanged += chunk.length - imported;
    chunk = [];
    onProgress(report);
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

function addSkip(report: ImportReport, { reason, example }: Extract<ParsedRecord, { kind: "skipped" }>) {
  const entry = report.skipped.get(reason) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < EXAMPLES) entry.examples.push(example);
  report.skipped.set(reason, entry);
}

async function importChunk(ctx: Context, chunk: readonly ImportedIncident[]): Promise<number> {
  return inTransaction(ctx, async (scope) => {
    await scope.tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const fresh = await withoutKnown(scope, chunk);
    if (fresh.length === 0) return 0;
    const [services, ranks] = await Promise.all([
      findOrMakeServices(scope, [...new Set(fresh.map(serviceNameOf))]),
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
      drafts.flatMap(({ id, incident }) => entriesOf(scope, id, incident)),
    );
    await refreshFacts(
      scope,
      drafts.map(({ id }) => id),
    );
    await announce(scope, drafts.length);
    return drafts.length;
  });
}

async function withoutKnown(
  { tx }: TransactionContext,
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
  const { title, components, urgency, startedAt, mitigatedAt, resolvedAt, customerImpact, externalId } =
    incident;
  const others = components.slice(1);
  return {
    title,
    body: others.length > 0 ? `Also affected: ${others.join(", ")}` : null,
    status: "resolved" as const,
    urgency,
    detectionSource: "unknown" as const,
    origin: "import" as const,
    externalId,
    customerImpact,
    // A status page does not say when the alarm went off: what it calls the start is all there is.
    startedAt,
    detectedAt: startedAt,
    createdAt: startedAt,
    mitigatedAt,
    resolvedAt,
    resolvedVia: "import",
    lastStatusChangeAt: resolvedAt,
    updatedAt: resolvedAt,
  };
}

function entriesOf({ actor }: TransactionContext, incidentId: string, incident: ImportedIncident) {
  const entry = (at: Date) => ({
    id: newId(at.getTime()),
    incidentId,
    at,
    actorType: actor.type,
    actorId: actor.id,
    actorName: actor.name,
    channel: "import",
  });
  const { startedAt, resolvedAt, updates, url } = incident;
  return [
    {
      ...entry(startedAt),
      type: "trigger" as const,
      class: "key" as const,
      data: { url, externalId: incident.externalId },
    },
    ...updates.map((update) => ({
      ...entry(update.at),
      type: "status_update" as const,
      class: "people" as const,
      note: update.text,
      data: { status: update.status },
    })),
    { ...entry(resolvedAt), type: "resolve" as const, class: "key" as const, data: { via: "import" } },
  ];
}

async function announce(scope: TransactionContext, count: number) {
  await publish(scope, {
    topic: "incident.imported",
    entityType: "import",
    entityId: "statuspage",
    data: { count },
  });
  await audit(scope, {
    action: "incident.imported",
    objectType: "import",
    objectId: null,
    objectName: "Statuspage",
    after: { count },
  });
}
