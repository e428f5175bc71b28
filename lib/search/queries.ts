import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { escalationPolicies } from "#db/schema/escalation";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { schedules } from "#db/schema/schedules";
import { services } from "#db/schema/services";
import { contains } from "#lib/filters";
import { readNow, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { peopleAt } from "#lib/escalation/choose-people";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";

export type SearchResultDto = {
  id: string;
  section: string;
  title: string;
  note: string | null;
  href: string;
};

const EACH = 5;

/** What the command palette finds: incidents by number or title, services with who is on call for them now, people, schedules, policies. */
export async function searchEverything(ctx: Context, query: string): Promise<SearchResultDto[]> {
  requirePermission(ctx.actor, "read");
  const words = query.trim();
  if (words === "") return [];
  const parts = await Promise.all([
    findIncidents(ctx.db, words),
    findServices(ctx.db, words.replace(/^(who( is|'s)? )?on[- ]call( for)?\s+/i, "")),
    findPeople(ctx.db, words),
    findSchedules(ctx.db, words),
    findPolicies(ctx.db, words),
  ]);
  return parts.flat();
}

async function findIncidents(db: Database, words: string): Promise<SearchResultDto[]> {
  const number = /^(?:#|inc-)?(\d{1,9})$/i.exec(words)?.[1];
  const rows = await db
    .select({ id: incidents.id, number: incidents.number, title: incidents.title, status: incidents.status })
    .from(incidents)
    .where(
      number === undefined
        ? contains(incidents.title, words)
        : or(eq(incidents.number, Number(number)), contains(incidents.title, words)),
    )
    .orderBy(
      sql`${incidents.number} = ${Number(number ?? -1)} desc`,
      asc(incidents.status),
      desc(incidents.createdAt),
    )
    .limit(EACH);
  return rows.map((row) => ({
    id: row.id,
    section: "Incidents",
    title: `#${row.number} ${row.title}`,
    note: row.status,
    href: `/incidents/${row.number}`,
  }));
}

async function findServices(db: Database, words: string): Promise<SearchResultDto[]> {
  const rows = await db
    .select({
      id: services.id,
      slug: services.slug,
      name: services.name,
      policyId: services.escalationPolicyId,
    })
    .from(services)
    .where(and(isNull(services.deletedAt), contains(services.name, words)))
    .orderBy(asc(services.name))
    .limit(EACH);
  if (rows.length === 0) return [];
  const [policies, now] = await Promise.all([
    snapshotPolicies(db, [...new Set(rows.map(({ policyId }) => policyId))]),
    readNow(db),
  ]);
  const facts = await loadOnCallFacts(db, [...policies.values()], now);
  return rows.map((row) => {
    const policy = policies.get(row.policyId);
    const people = policy ? peopleAt(policy, 1, facts) : [];
    const names = people.map(({ userId }) => facts.people.get(userId)?.name ?? userId).join(", ");
    return {
      id: row.id,
      section: "Services",
      title: row.name,
      note: names === "" ? "nobody on call at level 1" : `on call: ${names}`,
      href: `/services/${row.slug}`,
    };
  });
}

async function findPeople(db: Database, words: string): Promise<SearchResultDto[]> {
  const rows = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(isNull(users.deactivatedAt), or(contains(users.name, words), contains(users.email, words))))
    .orderBy(asc(users.name))
    .limit(EACH);
  return rows.map((row) => ({
    id: row.id,
    section: "People",
    title: row.name,
    note: row.email,
    href: `/people/${row.id}`,
  }));
}

async function findSchedules(db: Database, words: string): Promise<SearchResultDto[]> {
  const rows = await db
    .select({ id: schedules.id, slug: schedules.slug, name: schedules.name, zone: schedules.timeZone })
    .from(schedules)
    .where(and(isNull(schedules.deletedAt), contains(schedules.name, words)))
    .orderBy(asc(schedules.name))
    .limit(EACH);
  return rows.map((row) => ({
    id: row.id,
    section: "Schedules",
    title: row.name,
    note: row.zone,
    href: `/schedules/${row.slug}`,
  }));
}

async function findPolicies(db: Database, words: string): Promise<SearchResultDto[]> {
  const rows = await db
    .select({ id: escalationPolicies.id, slug: escalationPolicies.slug, name: escalationPolicies.name })
    .from(escalationPolicies)
    .where(and(isNull(escalationPolicies.deletedAt), contains(escalationPolicies.name, words)))
    .orderBy(asc(escalationPolicies.name))
    .limit(EACH);
  return rows.map((row) => ({
    id: row.id,
    section: "Escalation policies",
    title: row.name,
    note: null,
    href: `/escalation/${row.slug}`,
  }));
}
