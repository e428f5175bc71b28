import type { Sql } from "#db/connect";
import type { EventAction } from "#lib/events/event";
import { laneOf } from "#lib/events/lane";

/** An event that can go into the inbox. */
export type InboxRow = {
  integrationId: string;
  source: string;
  action: EventAction;
  dedupKey: string;
  /** The normalised event as JSON text. */
  json: string;
  /** The part of the source's message that it was read from, as storable JSON text; null: not kept. */
  raw: string | null;
  /** How many events say this: 1, or more where a key is beyond its limit. */
  occurrences: number;
};

/** What came with a valid key and could not be understood, or a part of it. */
export type UnreadRow = {
  id: string;
  integrationId: string;
  source: string;
  contentType: string | null;
  body: string;
  reason: string;
};

/** A change event of a service. */
export type ChangeRow = {
  id: string;
  integrationId: string;
  serviceId: string;
  summary: string;
  source: string | null;
  /** ISO 8601; null: when it was received. */
  at: string | null;
  customDetails: unknown;
  links: unknown;
  images: unknown;
};

/** What one request brings; it is stored as a whole or not at all. */
export type IntakeEntry = {
  events: readonly InboxRow[];
  unread: readonly UnreadRow[];
  changes: readonly ChangeRow[];
};

/**
 * Stores what many requests brought, in their order, in one transaction; committed when it returns. One JSON parameter a table: of
 * unnest, COPY and this, it costs this process least and is as fast. `announce` wakes the engines once it is committed.
 */
export async function writeInbox(
  sql: Sql,
  entries: readonly IntakeEntry[],
  { announce = true }: { announce?: boolean } = {},
): Promise<void> {
  const events = entries.flatMap((entry) => entry.events);
  const unread = entries.flatMap((entry) => entry.unread);
  const changes = entries.flatMap((entry) => entry.changes);
  if (unread.length === 0 && changes.length === 0) {
    if (events.length > 0) await insertEvents(sql, events, announce);
    return;
  }
  await sql.begin(async (tx) => {
    if (events.length > 0) await insertEvents(tx, events, announce);
    if (unread.length > 0) await insertUnread(tx, unread);
    if (changes.length > 0) await insertChanges(tx, changes);
  });
}

type Statement = (template: TemplateStringsArray, ...parameters: string[]) => PromiseLike<unknown>;

async function insertEvents(sql: Statement, events: readonly InboxRow[], announce: boolean): Promise<void> {
  const rows = arrayText(events, eventText);
  await (announce ? insertAndAnnounce(sql, rows) : insertQuietly(sql, rows));
}

function insertAndAnnounce(sql: Statement, rows: string): PromiseLike<unknown> {
  return sql`
    with written as (
      insert into inbox (received_at, lane, integration_id, source, action, dedup_key, event, raw, occurrences)
      select now(), e.l, e.i, e.s, e.a, e.k, e.e, e.r, coalesce(e.n, 1)
      from json_to_recordset(${rows}::text::json)
        as e (l smallint, i text, s text, a text, k text, e json, r json, n integer)
    )
    select pg_notify('touchline_engine', 'process-inbox')`;
}

function insertQuietly(sql: Statement, rows: string): PromiseLike<unknown> {
  return sql`
    insert into inbox (received_at, lane, integration_id, source, action, dedup_key, event, raw, occurrences)
    select now(), e.l, e.i, e.s, e.a, e.k, e.e, e.r, coalesce(e.n, 1)
    from json_to_recordset(${rows}::text::json)
      as e (l smallint, i text, s text, a text, k text, e json, r json, n integer)`;
}

/** The event and the part it was read from are JSON already: they go in as they are. */
function eventText({ integrationId, source, action, dedupKey, json, raw, occurrences }: InboxRow): string {
  const head = JSON.stringify({
    l: laneOf(integrationId, dedupKey),
    i: integrationId,
    s: source,
    a: action,
    k: dedupKey,
  });
  return `${head.slice(0, -1)},"e":${json}${raw === null ? "" : `,"r":${raw}`}${occurrences === 1 ? "" : `,"n":${occurrences}`}}`;
}

function arrayText<Row>(rows: readonly Row[], textOf: (row: Row) => string): string {
  return `[${rows.map(textOf).join(",")}]`;
}

async function insertUnread(sql: Statement, unread: readonly UnreadRow[]): Promise<void> {
  await sql`
    insert into intake_errors (id, received_at, integration_id, source, content_type, body, reason)
    select e.id, now(), i.id, e.source, e."contentType", e.body, e.reason
    from json_to_recordset(${JSON.stringify(unread)}::text::json)
      as e (id text, "integrationId" text, source text, "contentType" text, body text, reason text)
    left join integrations i on i.id = e."integrationId"`;
}

/** A change of a service that was deleted meanwhile is of no use to anybody; none was made later than it was told. */
async function insertChanges(sql: Statement, changes: readonly ChangeRow[]): Promise<void> {
  await sql`
    insert into change_events
      (id, service_id, integration_id, summary, source, at, received_at, custom_details, links, images)
    select e.id, s.id, e."integrationId", e.summary, e.source, least(coalesce(e.at, now()), now()), now(),
      e."customDetails", e.links, e.images
    from json_to_recordset(${JSON.stringify(changes)}::text::json)
      as e (id text, "serviceId" text, "integrationId" text, summary text, source text, at timestamptz,
        "customDetails" jsonb, links jsonb, images jsonb)
    join services s on s.id = e."serviceId"
    join integrations i on i.id = e."integrationId"`;
}
