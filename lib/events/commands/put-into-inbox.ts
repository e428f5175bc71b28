import { sql } from "drizzle-orm";
import { inbox } from "#db/schema/events";
import type { TransactionContext } from "#lib/context";
import type { InboxRow } from "#lib/events/commands/write-inbox";
import { laneOf } from "#lib/events/lane";

/** Puts events into the inbox as part of a person's change; from there they go the way of all events. */
export async function putIntoInbox(scope: TransactionContext, rows: readonly InboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.tx.insert(inbox).values(
    rows.map(({ integrationId, source, action, dedupKey, json, raw, occurrences }) => ({
      id: sql`nextval('inbox_id_seq')`,
      receivedAt: scope.now,
      lane: laneOf(integrationId, dedupKey),
      integrationId,
      source,
      action,
      dedupKey,
      event: json,
      raw,
      occurrences,
    })),
  );
  await scope.tx.execute(sql`select pg_notify('touchline_engine', 'process-inbox')`);
}
