import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { inbox, intakeErrors } from "#db/schema/events";
import { jsonMappings } from "#db/schema/json-mappings";
import { integrations } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { DEFAULT_MAPPING } from "#lib/events/json-mapping";
import type { JsonMapping } from "#lib/events/json-mapping";
import { JSON_SOURCE } from "#lib/events/sources/json";

/** A message that came in, to try a mapping on. */
export type StoredMessage = {
  id: string;
  receivedAt: string;
  /** What it was understood as, or why it was not. */
  words: string;
  isUnread: boolean;
  /** As it was sent, or the part of it that became one event. */
  payload: string;
  contentType: string | null;
};

export type MappingDto = {
  /** 0: nothing was published yet, the default is in force. */
  version: number;
  mapping: JsonMapping;
  /** Newest first. */
  versions: { version: number; publishedBy: string; at: string; mapping: JsonMapping }[];
  /** Newest first: what was not understood, then the last events. */
  messages: StoredMessage[];
};

const MOST_VERSIONS = 20;
const MOST_MESSAGES = 10;
/** Larger ones are pasted. */
const MOST_CHARACTERS = 65_536;

/** How an integration's JSON becomes events, its versions, and the last messages to try another on. */
export async function readMapping(ctx: Context, integrationId: string): Promise<MappingDto> {
  requirePermission(ctx.actor, "read");
  const [versions, unread, understood, [head]] = await Promise.all([
    ctx.db
      .select()
      .from(jsonMappings)
      .where(eq(jsonMappings.integrationId, integrationId))
      .orderBy(desc(jsonMappings.version))
      .limit(MOST_VERSIONS),
    unreadMessages(ctx, integrationId),
    understoodMessages(ctx, integrationId),
    ctx.db
      .select({ version: integrations.mappingVersion })
      .from(integrations)
      .where(eq(integrations.id, integrationId)),
  ]);
  const version = head?.version ?? 0;
  return {
    version,
    mapping: versions.find((known) => known.version === version)?.mapping ?? DEFAULT_MAPPING,
    versions: versions.map(({ publishedByName, createdAt, ...known }) => ({
      version: known.version,
      mapping: known.mapping,
      publishedBy: publishedByName,
      at: createdAt.toISOString(),
    })),
    messages: [...unread, ...understood],
  };
}

async function unreadMessages(ctx: Context, integrationId: string): Promise<StoredMessage[]> {
  const e = intakeErrors;
  const rows = await ctx.db
    .select({
      id: e.id,
      receivedAt: e.receivedAt,
      words: e.reason,
      payload: e.body,
      contentType: e.contentType,
    })
    .from(e)
    .where(
      and(
        eq(e.integrationId, integrationId),
        eq(e.source, JSON_SOURCE),
        sql`length(${e.body}) <= ${MOST_CHARACTERS}`,
      ),
    )
    .orderBy(desc(e.receivedAt))
    .limit(MOST_MESSAGES);
  return rows.map((row) => ({ ...row, isUnread: true, receivedAt: row.receivedAt.toISOString() }));
}

async function understoodMessages(ctx: Context, integrationId: string): Promise<StoredMessage[]> {
  const rows = await ctx.db
    .select({
      id: inbox.id,
      receivedAt: inbox.receivedAt,
      words: sql<string>`left(${inbox.event}->>'summary', 200)`,
      payload: sql<string>`${inbox.raw}::text`,
    })
    .from(inbox)
    .where(and(eq(inbox.integrationId, integrationId), eq(inbox.source, JSON_SOURCE), isNotNull(inbox.raw)))
    .orderBy(desc(inbox.id))
    .limit(MOST_MESSAGES);
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    isUnread: false,
    receivedAt: row.receivedAt.toISOString(),
    contentType: null,
  }));
}
