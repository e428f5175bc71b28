import { NEWS_REASONS } from "#lib/notifications/vocabulary";
import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { metrics } from "#lib/metrics";
import type { PageReason } from "#lib/notifications/vocabulary";

export type CancelPagesOptions = {
  /** People whose pages go on: those who keep the incident. */
  exceptUserIds?: readonly string[];
  /** People whose pages end; absent: everybody's. */
  onlyUserIds?: readonly string[];
  /** Only pages for these reasons; absent: all that such a change ends. */
  reasons?: readonly PageReason[];
  /** The incident is over, and with it requests to join. What tells of a change survives everything. */
  isOver?: boolean;
};

/**
 * Ends the active pages of incidents, together with their sends that are still waiting, in the caller's transaction: two
 * statements' worth of work in one, however many incidents. A send that is under way can't be recalled; it looks at the incident
 * once more right before it leaves, and is not tried again. `because` is shown in the notification log.
 */
export async function cancelPages(
  scope: TransactionContext,
  incidentIds: readonly string[],
  because: string,
  options: CancelPagesOptions = {},
): Promise<void> {
  if (incidentIds.length === 0) return;
  const now = scope.now.toISOString();
  const kept: PageReason[] = options.isOver ? [...NEWS_REASONS] : [...NEWS_REASONS, "requested"];
  const rows = await scope.tx.execute<{ channel: string; cancelled: number }>(sql`
    with ended as (
      update pages set state = 'cancelled', ended_at = ${now}::timestamptz
      where incident_id = any(${sql.param([...incidentIds])}::text[]) and state = 'active'
        and ${
          options.reasons
            ? sql`reason = any(${sql.param([...options.reasons])}::text[])`
            : sql`reason <> all(${sql.param(kept)}::text[])`
        }
        and user_id <> all(${sql.param([...(options.exceptUserIds ?? [])])}::text[])
        ${options.onlyUserIds ? sql`and user_id = any(${sql.param([...options.onlyUserIds])}::text[])` : sql``}
      returning id
    ), cancelled as (
      update deliveries set state = 'cancelled', ended_at = ${now}::timestamptz
      where page_id in (select id from ended) and state in ('queued', 'retrying')
      returning id, channel
    ), recorded as (
      insert into delivery_states (delivery_id, state, at, detail)
      select id, 'cancelled', ${now}::timestamptz, ${because} from cancelled
    )
    select channel, count(*)::int as cancelled from cancelled group by channel`);
  for (const { channel, cancelled } of rows)
    metrics().deliveries.inc({ channel, result: "cancelled" }, cancelled);
}
