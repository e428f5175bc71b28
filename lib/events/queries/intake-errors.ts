import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { intakeErrors } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { decodeCursor, encodeCursor, instantCursor, pageOf } from "#lib/http/paging";

/** What came in with a valid key but could not be understood. */
export type IntakeErrorDto = {
  id: string;
  receivedAt: string;
  source: string;
  integration: { id: string; name: string; serviceId: string; serviceName: string } | null;
  contentType: string | null;
  reason: string;
  /** The beginning of it. */
  body: string;
  isBodyCut: boolean;
  /** When it was read after all. */
  replayedAt: string | null;
  /** What came of the last attempt to read it again. */
  replayOutcome: string | null;
};

export type IntakeErrorFilter = {
  integrationId?: string;
  /** Only what is still to do. */
  open?: boolean;
  limit?: number;
  cursor?: string | null;
};

const LIMIT = 50;
const MOST = 100;
const SHOWN_CHARACTERS = 10_000;

/** What could not be understood, newest first, from the cursor on. `nextCursor` is null at the end. */
export async function listIntakeErrors(
  ctx: Context,
  filter: IntakeErrorFilter = {},
): Promise<{ errors: IntakeErrorDto[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "read");
  const limit = Math.min(filter.limit ?? LIMIT, MOST);
  const e = intakeErrors;
  const found = await ctx.db
    .select({
      error: {
        id: e.id,
        receivedAt: e.receivedAt,
        source: e.source,
        contentType: e.contentType,
        reason: e.reason,
        replayedAt: e.replayedAt,
        replayOutcome: e.replayOutcome,
      },
      body: sql<string>`left(${e.body}, ${SHOWN_CHARACTERS})`,
      isBodyCut: sql<boolean>`length(${e.body}) > ${SHOWN_CHARACTERS}`,
      integration: {
        id: integrations.id,
        name: integrations.name,
        serviceId: integrations.serviceId,
        serviceName: sql<string>`${services.name}`,
      },
    })
    .from(e)
    .leftJoin(integrations, eq(integrations.id, e.integrationId))
    .leftJoin(services, eq(services.id, integrations.serviceId))
    .where(
      and(
        filter.integrationId === undefined ? undefined : eq(e.integrationId, filter.integrationId),
        filter.open === true ? isNull(e.replayedAt) : undefined,
        filter.cursor ? beyond(filter.cursor) : undefined,
      ),
    )
    .orderBy(desc(e.receivedAt), desc(e.id))
    .limit(limit + 1);
  const { rows, more } = pageOf(found, limit);
  const last = rows.at(-1)?.error;
  return {
    errors: rows.map(({ error, body, isBodyCut, integration }) => ({
      ...error,
      receivedAt: error.receivedAt.toISOString(),
      replayedAt: error.replayedAt?.toISOString() ?? null,
      body,
      isBodyCut,
      integration,
    })),
    nextCursor: more && last ? encodeCursor([last.receivedAt.getTime(), last.id]) : null,
  };
}

function beyond(cursor: string) {
  const [at, id] = decodeCursor(cursor, instantCursor);
  return sql`(${intakeErrors.receivedAt}, ${intakeErrors.id}) < (${new Date(at).toISOString()}::timestamptz, ${id})`;
}
