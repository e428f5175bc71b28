import { and, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { deliveries, outboxMessages } from "#db/schema/notifications";
import { requirePermission } from "#lib/context";
import type { Actor, Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";
import type { OutboxMessageDto } from "#lib/notifications/schemas";
import { hasPermission } from "#lib/people/permissions";

const PAGE_SIZE = 50;

export type OutboxPage = { messages: OutboxMessageDto[]; nextCursor: string | null };

/**
 * The mail that had no server to go to, newest first. The messages carry links that act in their reader's name, so people see
 * their own pages; who runs the organisation sees all.
 */
export async function listOutboxMessages(ctx: Context, input: { cursor?: string } = {}): Promise<OutboxPage> {
  requirePermission(ctx.actor, "read");
  const rows = await ctx.db
    .select({
      id: outboxMessages.id,
      at: outboxMessages.at,
      to: outboxMessages.to,
      subject: outboxMessages.subject,
      deliveryId: outboxMessages.deliveryId,
    })
    .from(outboxMessages)
    .leftJoin(deliveries, eq(deliveries.id, outboxMessages.deliveryId))
    .where(and(visibleTo(ctx.actor), input.cursor === undefined ? undefined : before(input.cursor)))
    .orderBy(desc(outboxMessages.at), desc(outboxMessages.id))
    .limit(PAGE_SIZE + 1);
  const page = pageOf(rows, PAGE_SIZE);
  const last = page.rows.at(-1);
  return {
    messages: page.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: page.more && last ? encodeCursor([last.at.getTime(), last.id]) : null,
  };
}

/** One message with its text and HTML (show the HTML in a sandboxed frame). Throws `not_found`. */
export async function readOutboxMessage(
  ctx: Context,
  input: { id: string },
): Promise<OutboxMessageDto & { text: string; html: string }> {
  requirePermission(ctx.actor, "read");
  const [row] = await ctx.db
    .select({ message: outboxMessages })
    .from(outboxMessages)
    .leftJoin(deliveries, eq(deliveries.id, outboxMessages.deliveryId))
    .where(and(eq(outboxMessages.id, input.id), visibleTo(ctx.actor)));
  if (!row) throw new AppError("not_found", "There is no such message.");
  return { ...row.message, at: row.message.at.toISOString() };
}

function visibleTo(actor: Actor): SQL | undefined {
  if (hasPermission(actor.role, "organisation.manage")) return undefined;
  return actor.type === "user" && actor.id !== null ? eq(deliveries.userId, actor.id) : sql`false`;
}

function before(cursor: string): SQL {
  const [at, id] = decodeCursor(cursor, instantCursor);
  return sql`(${outboxMessages.at}, ${outboxMessages.id}) < (${new Date(at).toISOString()}::timestamptz, ${id})`;
}
