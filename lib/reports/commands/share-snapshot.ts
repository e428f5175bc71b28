import { eq } from "drizzle-orm";
import { reportSnapshots } from "#db/schema/report-sharing";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { signSnapshot } from "#lib/crypto/snapshot-token";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import type { ReportDocument } from "#lib/reports/document";
import { readDocument } from "#lib/reports/queries/read-document";
import { snapshotInputSchema } from "#lib/reports/schemas";
import type { SnapshotInput } from "#lib/reports/schemas";
import { REPORT_PATHS } from "#lib/reports/sharing";
import type { DocumentReport } from "#lib/reports/sharing";

const DAY = 86_400_000;

/** Keeps a report as it is now, for whoever has its address, and answers the path of that. */
export async function shareSnapshot(
  ctx: Context,
  input: SnapshotInput,
): Promise<{ id: string; path: string }> {
  requirePermission(ctx.actor, "configure");
  const { report, query, days } = parseInput(snapshotInputSchema, input);
  const userId = ctx.actor.type === "user" ? ctx.actor.id : null;
  if (userId === null) throw new AppError("invalid", "Only a person can share a report.");
  const document = await readDocument(ctx, report, query);
  return inTransaction(ctx, async (scope) => {
    const id = await keepSnapshot(scope, { userId, document, report, query, days });
    await audit(scope, {
      action: "share",
      objectType: "report_snapshot",
      objectId: id,
      objectName: document.title,
      after: { report, query, days },
    });
    await publish(scope, { topic: "report_snapshot.created", entityType: "report_snapshot", entityId: id });
    return { id, path: `/r/${signSnapshot(id)}` };
  });
}

/** Writes a snapshot in the caller's transaction. */
export async function keepSnapshot(
  { tx, now }: TransactionContext,
  input: { userId: string; document: ReportDocument; report: DocumentReport; query: string; days: number },
): Promise<string> {
  const { userId, document, report, query, days } = input;
  const id = newId(now.getTime());
  await tx.insert(reportSnapshots).values({
    id,
    userId,
    document,
    path: query === "" ? REPORT_PATHS[report] : `${REPORT_PATHS[report]}?${query}`,
    createdAt: now,
    expiresAt: new Date(now.getTime() + days * DAY),
  });
  return id;
}

/** Ends an address at once. */
export async function revokeSnapshot(ctx: Context, { snapshotId }: { snapshotId: string }): Promise<void> {
  requirePermission(ctx.actor, "configure");
  await inTransaction(ctx, async (scope) => {
    const [snapshot] = await scope.tx
      .select({ document: reportSnapshots.document })
      .from(reportSnapshots)
      .where(eq(reportSnapshots.id, snapshotId))
      .for("update");
    if (!snapshot) throw new AppError("not_found", "There is no such snapshot.");
    await scope.tx
      .update(reportSnapshots)
      .set({ revokedAt: scope.now })
      .where(eq(reportSnapshots.id, snapshotId));
    await audit(scope, {
      action: "revoke",
      objectType: "report_snapshot",
      objectId: snapshotId,
      objectName: snapshot.document.title,
    });
    await publish(scope, {
      topic: "report_snapshot.revoked",
      entityType: "report_snapshot",
      entityId: snapshotId,
    });
  });
}
