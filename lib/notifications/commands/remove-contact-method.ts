import { eq, sql } from "drizzle-orm";
import { contactMethods } from "#db/schema/people";
import { audit, inTransaction } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { maskAddress } from "#lib/notifications/address";
import { endPageIfDone } from "#lib/notifications/commands/end-page";
import { lockContactMethod } from "#lib/notifications/commands/lock-contact-method";
import { publish } from "#lib/outbox";

/** Removes a contact method with the rules that use it, and ends the sends that wait for it. */
export async function removeContactMethod(ctx: Context, input: { contactMethodId: string }): Promise<void> {
  await inTransaction(ctx, async (scope) => {
    const pages = await lockWaitingPages(scope, input.contactMethodId);
    const method = await lockContactMethod(scope, input.contactMethodId);
    await scope.tx.execute(sql`
      with ended as (
        update deliveries set state = 'failed', ended_at = ${scope.now.toISOString()}::timestamptz,
          last_error = 'The contact method was removed.'
        where contact_method_id = ${method.id} and state in ('queued', 'retrying')
        returning id
      )
      insert into delivery_states (delivery_id, state, at, detail)
      select id, 'failed', ${scope.now.toISOString()}::timestamptz, 'The contact method was removed.' from ended`);
    await scope.tx.delete(contactMethods).where(eq(contactMethods.id, method.id));
    for (const page of pages) await endPageIfDone(scope, page);
    await audit(scope, {
      action: "removed",
      objectType: "contact_method",
      objectId: method.id,
      objectName: method.label,
      before: {
        userId: method.userId,
        channel: method.channel,
        address: maskAddress(method.channel, method.address),
      },
    });
    await publish(scope, { topic: "contact_method.removed", entityType: "user", entityId: method.userId });
  });
}

/** The pages that wait for it, locked before their deliveries and after their incidents, as everywhere. A person has few at a time. */
async function lockWaitingPages({ tx }: TransactionContext, contactMethodId: string) {
  const waiting = sql`
    select page_id from deliveries where contact_method_id = ${contactMethodId} and state in ('queued', 'retrying')`;
  await tx.execute(sql`
    select 1 from incidents where id in (select incident_id from pages where id in (${waiting})) order by id for key share`);
  return tx.execute<{ pageId: string; incidentId: string | null; userId: string }>(sql`
    select id as "pageId", incident_id as "incidentId", user_id as "userId" from pages
    where state = 'active' and id in (${waiting})
    order by id for update`);
}
