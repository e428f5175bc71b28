import { and, eq, isNull, notExists, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { endedSessions, users } from "#db/schema/people";
import type { Actor } from "#lib/context";

const columns = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  timeZone: users.timeZone,
  nowMs: sql<string>`(extract(epoch from now()) * 1000)::bigint::text`,
};

/** The person behind a session as they are now: null once they are deactivated or their sessions were ended. */
export async function loadSessionActor(
  db: Database,
  session: { userId: string; sessionVersion: number; sessionId: string },
): Promise<{ actor: Actor; now: Date } | null> {
  const [row] = await db
    .select(columns)
    .from(users)
    .where(
      and(
        eq(users.id, session.userId),
        eq(users.sessionVersion, session.sessionVersion),
        isNull(users.deactivatedAt),
        notExists(
          db
            .select({ id: endedSessions.id })
            .from(endedSessions)
            .where(eq(endedSessions.id, session.sessionId)),
        ),
      ),
    );
  if (!row) return null;
  return {
    actor: {
      type: "user",
      id: row.id,
      name: row.name,
      role: row.role,
      channel: "website",
      timeZone: row.timeZone,
    },
    now: new Date(Number(row.nowMs)),
  };
}

/** The active person with this e-mail address, in any case of letters. */
export async function findUserByEmail(db: Database, email: string) {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      timeZone: users.timeZone,
      passwordHash: users.passwordHash,
      sessionVersion: users.sessionVersion,
    })
    .from(users)
    .where(and(sql`lower(${users.email}) = lower(${email})`, isNull(users.deactivatedAt)));
  return row ?? null;
}
