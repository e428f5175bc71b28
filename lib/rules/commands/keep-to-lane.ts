import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import { laneOf } from "#lib/events/lane";
import type { RoutedIntegration } from "#lib/rules/commands/apply-rules";
import type { RuleSetHead } from "#lib/rules/queries/load-sets";

/**
 * Where rules make deduplication keys, events of several keys may belong to one alert, and lanes by key would judge them side by
 * side. All events of such an integration go through one lane, in the order of their numbers: whoever meets one of them moves
 * everything of the integration that waits elsewhere there (nothing waits that was received before `since`). Answers the lane of each such integration.
 */
export async function keepToLane(
  tx: Transaction,
  {
    owners,
    heads,
    since,
  }: {
    owners: ReadonlyMap<string, RoutedIntegration>;
    heads: readonly RuleSetHead[];
    since: Date;
  },
): Promise<Map<string, number>> {
  const rekeying = new Set(heads.flatMap((head) => (head.rekeys ? [head.serviceId ?? head.kind] : [])));
  const bound = [...owners.values()].filter(({ serviceId, isRouted }) =>
    isRouted ? rekeying.size > 0 : rekeying.has(serviceId),
  );
  const homes = bound.map(({ id }) => ({ id, home: laneOf(id, "") }));
  if (homes.length === 0) return new Map();
  const moved = await tx.execute(sql`
    update inbox set lane = homes.home
    from jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) as homes (id text, home smallint)
    where inbox.integration_id = homes.id and inbox.received_at >= ${since.toISOString()}::timestamptz and inbox.processed_at is null and inbox.lane <> homes.home
    returning inbox.id`);
  if (moved.length > 0) await tx.execute(sql`select pg_notify('touchline_engine', 'process-inbox')`);
  return new Map(homes.map(({ id, home }) => [id, home]));
}
