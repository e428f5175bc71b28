import { eq, sql } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import type { TransactionContext } from "#lib/context";
import { endPageIfDone } from "#lib/notifications/commands/end-page";

type WaitingPage = Awaited<ReturnType<typeof lockWaitingPages>>[number];

/** Takes a contact method away with the rules that use it, and ends the sends that wait for it. Its waiting pages are locked already. */
export async function dropMethod(
  scope: TransactionContext,
  { id, because }: { id: string; because: string },
  pages: readonly WaitingPage[],
): Promise<void> {
  const at = sql`${scope.now.toISOString()}::timestamptz`;
  await scope.tx.execute(sql`
    with ended as (
      update deliveries set state = 'failed', ended_at = ${at}, last_error = ${because}
      where contact_method_id = ${id} and state in ('queued', 'retrying')
      returning id
    )
    insert into delivery_states (delivery_id, state, at, detail)
    select id, 'failed', ${at}, ${because} from ended`);
  await scope.tx.delete(contactMethods).where(eq(contactMethods.id, id));
  for (const page of pages) await endPageIfDone(scope, page);
}

/** The pages that wait for it, locked before their deliveries and after their incidents, as everywhere. A person has few at a time. */
export async function lockWaitingPages({ tx }: TransactionContext, contactMethodId: string) {
  const waiting = sql`
    select page_id from deliveries where contact_method_id = ${contactMethodId} and state in ('queued', 'retrying')`;
  await tx.execute(sql`
    select 1 from incidents where id in (select incident_id from pages where id in (${waiting})) order by id for key share`);
  return tx.execute<{ pageId: string; incidentId: string | null; userId: string }>(sql`
    select id as "pageId", incident_id as "incidentId", user_id as "userId" from pages
    where state = 'active' and id in (${waiting})
    order by id for update`);
}
