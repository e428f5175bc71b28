import { periodComments } from "#db/schema/period-comments";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { parsePack } from "#lib/reports/pack-filter";
import { packPeriod } from "#lib/reports/pack-period";
import { selectionOf } from "#lib/reports/period-comment";
import { readPeriodComment } from "#lib/reports/queries/period-comment";
import { commentInputSchema } from "#lib/reports/schemas";
import type { CommentInput } from "#lib/reports/schemas";
import { USUAL_UNITS } from "#lib/reports/sharing";

/**
 * Says something about the period of a summary or review, in place of what was said before; no words take it back. Throws `conflict` for an
 * author who started from another version.
 */
export async function writeComment(ctx: Context, input: CommentInput): Promise<{ version: number }> {
  requirePermission(ctx.actor, "configure");
  const { report, query, words, expectedVersion } = parseInput(commentInputSchema, input);
  const { id: authorId, name: authorName, timeZone, type } = ctx.actor;
  if (type !== "user") throw new AppError("invalid", "Only a person can comment on a report.");
  const { filter, unit, key: asked } = parsePack(new URLSearchParams(query), USUAL_UNITS[report]);
  return inTransaction(ctx, async (scope) => {
    const { tx, now } = scope;
    const { key, label } = packPeriod(unit, asked, timeZone, now.getTime());
    const before = await readPeriodComment(tx, { unit, key }, filter);
    const version = expectedVersion + 1;
    const selection = selectionOf(filter);
    const [written] = await tx
      .insert(periodComments)
      .values({ unit, period: key, selection, version, words, authorId, authorName, createdAt: now })
      .onConflictDoNothing()
      .returning({ version: periodComments.version });
    if (!written || before.version !== expectedVersion) {
      const by = "by" in before ? before.by : "Somebody else";
      throw new AppError("conflict", `${by} changed the comment meanwhile. Reload the page to see it.`);
    }
    const objectId = `${unit} ${key}`;
    await audit(scope, {
      action: words === null ? "delete" : version === 1 ? "create" : "update",
      objectType: "report_comment",
      objectId,
      objectName: label,
      before: { words: "words" in before ? before.words : null },
      after: { words },
    });
    await publish(scope, {
      topic: "report_comment.written",
      entityType: "report_comment",
      entityId: objectId,
    });
    return { version };
  });
}
