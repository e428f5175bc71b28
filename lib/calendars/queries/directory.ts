import type { Database } from "#db/connect";
import { users } from "#db/schema/people";
import { directoryOf } from "#lib/calendars/event-people";
import type { Directory } from "#lib/calendars/event-people";
import type { Transaction } from "#lib/context";
import { isPageable } from "#lib/people/queries/pageable";

/** Whom a calendar can put on call: everybody who may be. */
export async function loadDirectory(db: Database | Transaction): Promise<Directory> {
  return directoryOf(
    await db.select({ id: users.id, name: users.name, email: users.email }).from(users).where(isPageable()),
  );
}
