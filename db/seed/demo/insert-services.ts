import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { integrations, serviceDependencies, services } from "#db/schema/services";
import { NOISY_SERVICE, PROBLEM_SERVICE, SERVICES, TEAMS } from "#db/seed/demo/catalogue";
import type { DemoService, DemoTeam, TeamKey } from "#db/seed/demo/catalogue";
import type { InsertedPeople } from "#db/seed/demo/insert-people";
import type { InsertedSchedules } from "#db/seed/demo/insert-schedules";
import { PURPOSES } from "#db/seed/demo/purposes";
import { newIntegrationKey } from "#db/seed/owner";
import type { Transaction } from "#lib/context";
import type { PolicySnapshot, Target } from "#lib/escalation/policy";
import { snapshotPolicies } from "#lib/escalation/queries/snapshot-policies";
import { newId } from "#lib/ids";

export type InsertedService = DemoService & {
  id: string;
  integrationId: string;
  key: string;
  policy: PolicySnapshot;
};

type Level = { delayMinutes: number; targets: Target[]; cycleMinutes?: number };

/** A policy per team and every service of the catalogue with its dependencies and an integration. */
export async function insertServices(
  tx: Transaction,
  since: Date,
  people: InsertedPeople,
  schedules: InsertedSchedules,
): Promise<InsertedService[]> {
  const made = { createdAt: since, updatedAt: since, isDemo: true };
  const policyIds = new Map(TEAMS.map((team) => [team.key, newId(since.getTime())]));
  for (const team of TEAMS) {
    await insertPolicy(tx, policyIds.get(team.key) ?? "", team, levelsOf(team, people, schedules), {
      ...made,
      teamId: people.teamIds.get(team.key) ?? null,
      fallbackUserId: managerOf(team.key, people).id,
    });
  }
  const snapshots = await snapshotPolicies(tx, [...policyIds.values()]);
  const inserted = SERVICES.map((service): InsertedService => {
    const policy = snapshots.get(policyIds.get(service.team) ?? "");
    if (!policy) throw new Error(`Team ${service.team} has no policy.`);
    const id = newId(since.getTime());
    return { ...service, id, integrationId: newId(since.getTime()), key: newIntegrationKey(), policy };
  });
  await tx.insert(services).values(
    inserted.map((service) => ({
      ...rowOf(service),
      teamId: people.teamIds.get(service.team) ?? null,
      ...made,
    })),
  );
  await insertLinks(tx, inserted, since);
  return inserted;
}

function rowOf({ id, name, tier, team, kind, policy }: InsertedService) {
  const slug = slugOf(name);
  return {
    id,
    slug,
    name,
    tier,
    description: PURPOSES[name] ?? null,
    escalationPolicyId: policy.policyId,
    urgencyRule: { type: "constant" as const, urgency: "severity_based" as const },
    feature: FEATURES[team],
    component: slug,
    customerFacing: kind === "app" || CUSTOMER_FACING.has(name),
    availabilityTarget: kind === "app" || CUSTOMER_FACING.has(name) ? (tier === 1 ? 99.9 : 99.5) : null,
    // Less critical work may rest once somebody has it.
    acknowledgementTimeout: tier === 1 ? 1800 : null,
    autoResolveTimeout: name === NOISY_SERVICE ? 3600 : null,
    runbookUrl: tier === 4 ? null : `https://runbooks.example.com/${slug}`,
    links: [{ label: "Dashboard", url: `https://dashboards.example.com/d/${slug}` }],
  };
}

// What part of the product a team's services are.
const FEATURES: Record<TeamKey, string> = {
  bets: "Betting",
  odds: "Odds",
  payments: "Payments",
  fantasy: "Fantasy",
  identity: "Account",
  apps: "Apps",
  data: "Data",
  platform: "Platform",
};
const CUSTOMER_FACING = new Set([
  PROBLEM_SERVICE,
  "Bet acceptance",
  "Cash-out",
  "Deposits",
  "Withdrawals",
  "Sign-in",
]);

async function insertLinks(tx: Transaction, inserted: readonly InsertedService[], since: Date) {
  const idOf = new Map(inserted.map(({ name, id }) => [name, id]));
  const dependencies = inserted.flatMap(({ id, needs }) =>
    needs.flatMap((name) => {
      const supportingId = idOf.get(name);
      return supportingId ? [{ dependentId: id, supportingId }] : [];
    }),
  );
  await tx.insert(serviceDependencies).values(dependencies);
  await tx.insert(integrations).values(
    inserted.map(({ id: serviceId, integrationId, key, kind }) => ({
      id: integrationId,
      serviceId,
      name: kind === "store" ? "Alertmanager" : "Events API v2",
      type:
        kind === "store"
          ? ("alertmanager_inbound_integration" as const)
          : ("events_api_v2_inbound_integration" as const),
      key,
      isDemo: true,
      createdAt: since,
    })),
  );
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function managerOf(key: TeamKey, { people }: InsertedPeople) {
  const manager = people.find((person) =>
    person.teams.some((team) => team.key === key && team.role === "manager"),
  );
  if (!manager) throw new Error(`Team ${key} has no manager.`);
  return manager;
}

/** On-call first, then the manager; the commanders come third where the whole company waits for it. */
function levelsOf(team: DemoTeam, people: InsertedPeople, schedules: InsertedSchedules): Level[] {
  const schedule = schedules.teams.get(team.key);
  if (!schedule) throw new Error(`Team ${team.key} has no schedule.`);
  const manager = managerOf(team.key, people);
  const levels: Level[] = [
    { delayMinutes: 5, targets: [{ type: "schedule", ...schedule }] },
    { delayMinutes: 10, targets: [{ type: "user", id: manager.id, name: manager.name }] },
  ];
  if (team.followsTheSun) {
    levels.push({ delayMinutes: 15, targets: [{ type: "schedule", ...schedules.commanders }] });
  }
  // The last who are asked take turns.
  if (team.key === "identity")
    levels.push({ delayMinutes: 15, cycleMinutes: 5, targets: membersOf(team, people) });
  return levels;
}

function membersOf(team: DemoTeam, { people }: InsertedPeople): Target[] {
  return people
    .filter((person) => person.teams.some(({ key, role }) => key === team.key && role !== "manager"))
    .slice(0, 3)
    .map(({ id, name }) => ({ type: "user", id, name }));
}

async function insertPolicy(
  tx: Transaction,
  id: string,
  team: DemoTeam,
  levels: readonly Level[],
  values: Omit<typeof escalationPolicies.$inferInsert, "id" | "name" | "slug">,
) {
  await tx.insert(escalationPolicies).values({
    id,
    slug: team.key,
    name: `${team.name} escalation`,
    numLoops: 1,
    nobodyAnswered: { tell: { type: "managers" } },
    ...values,
  });
  const rows = levels.map((level, index) => ({
    ...level,
    id: newId(),
    policyId: id,
    position: index + 1,
    strategy: level.cycleMinutes === undefined ? ("everyone" as const) : ("round_robin_cycle" as const),
  }));
  await tx.insert(escalationLevels).values(rows);
  await tx.insert(escalationTargets).values(
    rows.flatMap(({ id: levelId, targets }) =>
      targets.map((target, index) => ({
        id: newId(),
        levelId,
        position: index + 1,
        type: target.type,
        userId: target.type === "user" ? target.id : null,
        scheduleId: target.type === "schedule" ? target.id : null,
      })),
    ),
  );
}
