import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { FAILURES_OF_BLOCKED } from "#lib/notifications/backoff";

type PageRef = { pageId: string; incidentId: string | null; userId: string };

/** The person's next step comes now, since the one before it came to nothing. */
export async function pullForward({ tx, now }: TransactionContext, { pageId }: PageRef): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await tx.execute(sql`
    with moved as (
      update deliveries set due_at = ${at}
      where page_id = ${pageId} and state = 'queued' and due_at > ${at} and due_at = (
        select min(due_at) from deliveries where page_id = ${pageId} and state = 'queued' and due_at > ${at}
      )
      returning id
    )
    insert into delivery_states (delivery_id, state, at, detail)
    select id, 'queued', ${at}, 'Moved forward to now: the step before it failed.' from moved`);
}

/**
 * Ends a page that has nothing left to send. If nothing of it arrived anywhere, and what is left is tried again and again, the e-mail
 * address of the account is tried first, unless it was among what failed: nobody is unreachable in silence. The caller holds the page's
 * row.
 */
export async function endPageIfDone(scope: TransactionContext, page: PageRef): Promise<void> {
  const { waiting, hopeful } = await countWaiting(scope, page);
  if (hopeful > 0) return;
  if (page.incidentId !== null && (await addLastResort(scope, page))) return;
  if (waiting > 0) return;
  await scope.tx.execute(sql`
    update pages set ended_at = ${scope.now.toISOString()}::timestamptz, state = case
      when exists (select from deliveries where page_id = pages.id and state <> 'expired') then 'done' else 'expired' end
    where id = ${page.pageId} and state = 'active'`);
}

const BLOCKED = sql`d.failures >= ${FAILURES_OF_BLOCKED}`;

/** How many sends are still to come, and how many of them have not failed again and again. */
async function countWaiting(
  { tx }: TransactionContext,
  { pageId }: PageRef,
): Promise<{ waiting: number; hopeful: number }> {
  const [row] = await tx.execute<{ waiting: number; hopeful: number }>(sql`
    select count(*)::int as waiting, count(*) filter (where not ${BLOCKED})::int as hopeful
    from deliveries d where d.page_id = ${pageId} and d.state in ('queued', 'retrying', 'sending')`);
  return row ?? { waiting: 0, hopeful: 0 };
}

async function addLastResort({ tx, now }: TransactionContext, page: PageRef): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const added = await tx.execute(sql`
    with added as (
      insert into deliveries (id, page_id, incident_id, user_id, channel, address, delay_minutes, state, due_at, expires_at,
        created_at)
      select ${newId(now.getTime())}, p.id, p.incident_id, p.user_id, 'email', u.email, 0, 'queued', ${at},
        ${at} + interval '1 hour', ${at}
      from pages p join users u on u.id = p.user_id
      where p.id = ${page.pageId} and p.state = 'active'
        and exists (select from deliveries d where d.page_id = p.id and (d.state = 'failed' or ${BLOCKED}))
        and not exists (
          select from deliveries d where d.page_id = p.id
            and (d.state in ('accepted', 'delivered', 'acted') or (d.channel = 'email' and lower(d.address) = lower(u.email)))
        )
      returning id
    )
    insert into delivery_states (delivery_id, state, at, detail)
    select id, 'queued', ${at}, 'Last resort: nothing else gets through, so the e-mail address of the account is tried.' from added
    returning delivery_id`);
  return added.length > 0;
}
