import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { INTERRUPTING_CHANNELS, MERGED_WITHIN } from "#lib/notifications/interruption";
import type { Channel } from "#lib/notifications/vocabulary";

/**
 * Keeps that a delivery interrupted its person, with the class of that hour by their clock. Only the first within a minute counts: the
 * advisory lock lets sends to one person be judged one after the other. Answers the incidents whose counts changed, the delivery's own
 * among them; none if the send interrupts nobody.
 */
export async function recordInterruption(
  { tx }: Pick<TransactionContext, "tx">,
  delivery: { id: string; userId: string; channel: Channel },
): Promise<string[]> {
  if (!INTERRUPTING_CHANNELS.some((channel) => channel === delivery.channel)) return [];
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('touchline_interruptions'), hashtext(${delivery.userId}))`,
  );
  // Of two sends in the same moment the later one can be recorded first: then it hands the count over.
  const changed = await tx.execute<{ incidentId: string }>(sql`
    with made as (
      insert into interruptions (${COLUMNS}, counted)
      select n.*, not exists (
        select from interruptions k
        where k.user_id = n.user_id and k.counted and k.at > n.at - ${WINDOW} and k.at <= n.at
      )
      from (${interrupting(sql`d.id = ${delivery.id}`)}) n
      on conflict (delivery_id) do nothing
      returning incident_id, user_id, at, counted
    ),
    handed as (
      update interruptions k set counted = false from made m
      where m.counted and k.user_id = m.user_id and k.counted and k.at > m.at and k.at < m.at + ${WINDOW}
      returning k.incident_id
    )
    select incident_id as "incidentId" from made union select incident_id from handed`);
  return changed.map(({ incidentId }) => incidentId);
}

/**
 * Makes the interruptions again from what was sent, and answers how many rows differ from what was stored. What is stored keeps the zone
 * of its moment; what is not takes the person's present one.
 */
export async function rebuildInterruptions({ tx }: Pick<TransactionContext, "tx">): Promise<number> {
  await tx.execute(sql`
    create temporary table rebuilt on commit drop as
    with recursive sent as materialized (
      select n.*, row_number() over (
        partition by n.user_id order by n.at, coalesce(k.counted, false) desc, n.delivery_id
      ) as turn
      from (${interrupting(sql`true`)}) n left join interruptions k on k.delivery_id = n.delivery_id
    ),
    judged as (
      select s.*, true as counted, s.at as counted_at from sent s where turn = 1
      union all
      select s.*, s.at >= j.counted_at + ${WINDOW},
        case when s.at >= j.counted_at + ${WINDOW} then s.at else j.counted_at end
      from judged j join sent s on s.user_id = j.user_id and s.turn = j.turn + 1
    )
    select ${COLUMNS}, counted from judged`);
  const [row] = await tx.execute<{ differing: number }>(sql`
    with differing as (
      (select ${COLUMNS}, counted from rebuilt except select ${COLUMNS}, counted from interruptions)
      union all
      (select ${COLUMNS}, counted from interruptions except select ${COLUMNS}, counted from rebuilt)
    )
    select count(distinct delivery_id)::int as differing from differing`);
  const differing = row?.differing ?? 0;
  if (differing > 0) {
    await tx.execute(sql`delete from interruptions`);
    await tx.execute(
      sql`insert into interruptions (${COLUMNS}, counted) select ${COLUMNS}, counted from rebuilt`,
    );
  }
  await tx.execute(sql`drop table rebuilt`);
  return differing;
}

const COLUMNS = sql.raw(
  "delivery_id, incident_id, user_id, service_id, team_id, channel, at, time_zone, weekday, hour, class",
);
const WINDOW = sql.raw(`interval '${MERGED_WITHIN} seconds'`);
const CHANNELS = sql.raw(INTERRUPTING_CHANNELS.map((channel) => `'${channel}'`).join(", "));

/** The sends that interrupt, classed as `interruptionClass` says. */
function interrupting(condition: SQL): SQL {
  return sql`
    select id as delivery_id, incident_id, user_id, service_id, team_id, channel, sent_at as at, time_zone, weekday, hour,
      case when hour < 8 or hour >= 22 then 'sleep' when weekday <= 5 and hour < 18 then 'business' else 'off' end as class
    from (
      select d.id, d.incident_id, d.user_id, i.service_id,
        case when k.delivery_id is null then s.team_id else k.team_id end as team_id, d.channel, d.sent_at, z.time_zone,
        extract(isodow from d.sent_at at time zone z.time_zone)::smallint as weekday,
        extract(hour from d.sent_at at time zone z.time_zone)::smallint as hour
      from deliveries d
      join users u on u.id = d.user_id
      join incidents i on i.id = d.incident_id
      join services s on s.id = i.service_id
      left join interruptions k on k.delivery_id = d.id
      cross join lateral (select coalesce(k.time_zone, u.time_zone) as time_zone) z
      where ${condition} and d.sent_at is not null and d.channel in (${CHANNELS})
    ) sent`;
}
