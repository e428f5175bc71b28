import { and, asc, eq, isNull, ne, or, sql } from "drizzle-orm";
import { incidentAssignments, incidents, priorities } from "#db/schema/incidents";
import { teamMembers, users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

export type ShellDto = {
  email: string;
  /** Unacknowledged incidents assigned to this person or on services of their teams. */
  unackedCount: number;
  /** The worst open P1 or P2. */
  major: { number: number; title: string; priority: string; status: string; createdAt: string } | null;
  now: string;
};

/** What the frame of every page shows. */
export async function readShell(ctx: Context): Promise<ShellDto> {
  requirePermission(ctx.actor, "read");
  const userId = ctx.actor.id ?? "";
  const mine = sql`exists (select from ${incidentAssignments} where ${incidentAssignments.incidentId} = ${incidents.id}
    and ${incidentAssignments.userId} = ${userId})`;
  const ours = sql`${services.teamId} in (select ${teamMembers.teamId} from ${teamMembers} where ${teamMembers.userId} = ${userId})`;
  const [person, unacked, major] = await Promise.all([
    ctx.db
      .select({ email: users.email, now: sql<string>`(extract(epoch from now()) * 1000)::bigint::text` })
      .from(users)
      .where(eq(users.id, userId)),
    ctx.db
      .select({ count: sql<number>`count(*)::int` })
      .from(incidents)
      .innerJoin(services, eq(services.id, incidents.serviceId))
      .where(and(eq(incidents.status, "triggered"), or(mine, ours))),
    ctx.db
      .select({
        number: incidents.number,
        title: incidents.title,
        priority: priorities.name,
        status: incidents.status,
        createdAt: incidents.createdAt,
      })
      .from(incidents)
      .innerJoin(priorities, eq(priorities.id, incidents.priorityId))
      .where(
        and(ne(incidents.status, "resolved"), isNull(incidents.mergedIntoId), sql`${priorities.rank} <= 2`),
      )
      .orderBy(asc(priorities.rank), asc(incidents.createdAt))
      .limit(1),
  ]);
  const [first] = major;
  return {
    email: person[0]?.email ?? "",
    unackedCount: unacked[0]?.count ?? 0,
    major: first ? { ...first, createdAt: first.createdAt.toISOString() } : null,
    now: new Date(Number(person[0]?.now ?? 0)).toISOString(),
  };
}
