import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Transaction } from "#lib/context";
import type { Urgency } from "#lib/incidents/vocabulary";
import { THROTTLE_MINUTES } from "#lib/notifications/gather-sends";
import type { DueSend, RecentSend, SendKind } from "#lib/notifications/gather-sends";
import { NEWS_REASONS, NOTICE_REASONS } from "#lib/notifications/vocabulary";
import type { Channel, PageReason } from "#lib/notifications/vocabulary";

// To be answered, or asked for, one by one.
const ALONE: readonly PageReason[] = ["test", "self_test", "verification", "requested"];
const NEWS: readonly PageReason[] = [...NEWS_REASONS, ...NOTICE_REASONS];
// A program reads one incident at a time, and a call is about one.
const SEPARATE: readonly Channel[] = ["webhook", "phone"];

/** A due delivery, locked. Its instant is the database's. */
export type DueRow = {
  id: string;
  userId: string;
  lane: string;
  kind: SendKind;
  urgency: Urgency;
  incidentId: string | null;
  isFirst: boolean;
  isRetry: boolean;
  bundleId: string | null;
  heldUntil: Date | null;
  stale: boolean;
  now: Date;
};

type Printed = Omit<DueRow, "heldUntil" | "now"> & { heldUntilMs: string | null; nowMs: string };

function read(rows: readonly Printed[]): DueRow[] {
  return rows.map(({ heldUntilMs, nowMs, ...row }) => ({
    ...row,
    heldUntil: heldUntilMs === null ? null : new Date(Number(heldUntilMs)),
    now: new Date(Number(nowMs)),
  }));
}

// Who, and where to.
const LANE = sql`d.user_id || ' ' || coalesce(d.contact_method_id, d.address)`;

const KIND = sql`case
  when p.reason = any(${sql.param([...ALONE])}::text[]) or d.channel = any(${sql.param([...SEPARATE])}::text[]) then 'alone'
  when p.reason = any(${sql.param([...NEWS])}::text[]) then 'news'
  else 'page' end`;

function columns(stale: SQL): SQL {
  return sql`d.id, d.user_id as "userId", ${LANE} as lane, ${KIND} as kind, p.urgency, d.incident_id as "incidentId",
    not exists (select from deliveries o where o.page_id = d.page_id and o.sent_at is not null) as "isFirst",
    d.attempts > 0 as "isRetry", d.bundle_id as "bundleId",
    (extract(epoch from d.held_until) * 1000)::bigint::text as "heldUntilMs", ${stale} as stale,
    (extract(epoch from now()) * 1000)::bigint::text as "nowMs"`;
}

/** Up to `limit` due deliveries, locked; what others are just taking is passed by. */
export async function readDue(tx: Transaction, limit: number): Promise<DueRow[]> {
  return read(
    await tx.execute<Printed>(sql`
      select ${columns(sql`d.expires_at <= now() and not ${lastChance()}`)}
      from deliveries d join pages p on p.id = d.page_id
      where d.state in ('queued', 'retrying', 'sending') and d.due_at <= now()
        and (d.state <> 'sending' or d.leased_until <= now())
      order by p.urgency = 'high' desc, d.attempts, d.due_at, d.id
      limit ${limit}
      for update of d skip locked`),
  );
}

const MOST_COMPANIONS = 500;

/** What could go in the same messages: due or put off over the same lanes, and the rest of a message that is tried again. */
export async function readCompanions(tx: Transaction, due: readonly DueRow[]): Promise<DueRow[]> {
  const shared = due.filter(({ kind }) => kind !== "alone");
  if (shared.length === 0) return [];
  return read(
    await tx.execute<Printed>(sql`
      select ${columns(sql`false`)}
      from deliveries d join pages p on p.id = d.page_id
      where d.user_id = any(${sql.param([...new Set(shared.map(({ userId }) => userId))])}::text[])
        and d.id <> all(${sql.param(due.map(({ id }) => id))}::text[]) and d.expires_at > now()
        and ((d.state = 'queued' and d.attempts = 0 and (d.due_at <= now() or d.held_until > now())
            and ${LANE} = any(${sql.param([...new Set(shared.map(({ lane }) => lane))])}::text[]))
          or (d.bundle_id = any(${sql.param(shared.flatMap(({ bundleId }) => bundleId ?? []))}::text[])
            and (d.state = 'retrying' or (d.state = 'sending' and d.leased_until <= now()))))
      order by d.due_at, d.id
      limit ${MOST_COMPANIONS}
      for update of d skip locked`),
  );
}

/** What went over the lanes of these people lately, or is on its way. */
export async function readRecent(tx: Transaction, due: readonly DueRow[]): Promise<RecentSend[]> {
  if (due.every(({ kind }) => kind === "alone")) return [];
  const users = sql`any(${sql.param([...new Set(due.map(({ userId }) => userId))])}::text[])`;
  const recent = (at: SQL) => sql`
    select ${LANE} as lane, ${KIND} as kind, p.urgency, d.incident_id as "incidentId", coalesce(d.bundle_id, d.id) as "messageId",
      (extract(epoch from ${at}) * 1000)::bigint::text as "atMs"
    from deliveries d join pages p on p.id = d.page_id`;
  const rows = await tx.execute<Omit<RecentSend, "at"> & { atMs: string }>(sql`
    ${recent(sql`d.sent_at`)}
    where d.user_id = ${users} and d.sent_at > now() - make_interval(mins => ${THROTTLE_MINUTES})
    union all
    ${recent(sql`now()`)}
    where d.user_id = ${users} and d.state = 'sending' and d.leased_until > now()`);
  return rows.map(({ atMs, ...row }) => ({ ...row, at: new Date(Number(atMs)) }));
}

/** The part of a row that decides with whom it goes. */
export function toDueSend({ userId: _userId, stale: _stale, now: _now, ...send }: DueRow): DueSend {
  return send;
}

// It may be what its engines die of.
const MOST_LATE_ATTEMPTS = 5;

function lastChance(): SQL {
  return sql`(
    d.failures = 0 and d.attempts < ${MOST_LATE_ATTEMPTS} and d.incident_id is not null
    and not exists (
      select from deliveries o where o.page_id = d.page_id and o.id <> d.id and (
        o.state in ('accepted', 'delivered', 'acted', 'sending')
        or (o.state = 'retrying' and o.expires_at > now())
        or (o.state = 'queued' and (o.due_at, o.id) < (d.due_at, d.id))
      )
    )
    and not exists (
      select from pending_actions a where a.incident_id = d.incident_id and a.type = 'escalate' and a.at <= now()
    )
  )`;
}
