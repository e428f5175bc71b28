import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { users } from "#db/schema/people";
import { mayBePaged } from "#lib/people/permissions";
import { ROLES } from "#lib/people/roles";

const PAGED_ROLES = ROLES.filter((role) => mayBePaged({ role, deactivatedAt: null }));

/** The rows of people who may be on call, hold an incident and be paged: `mayBePaged` as a condition. */
export function isPageable(): SQL {
  return sql`(${users.deactivatedAt} is null and ${users.role} in ${PAGED_ROLES})`;
}
