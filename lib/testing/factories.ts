import { randomBytes } from "node:crypto";
import type { Database } from "#db/connect";
import { escalationLevels, escalationPolicies, escalationTargets } from "#db/schema/escalation";
import { contactMethods, notificationRules, teamMembers, teams, users } from "#db/schema/people";
import { scheduleOverrides, schedules } from "#db/schema/schedules";
import { integrations, services } from "#db/schema/services";
import type { Actor, Context, Transaction } from "#lib/context";
import type { TargetType } from "#lib/escalation/policy";
import { newId } from "#lib/ids";
import type { Urgency } from "#lib/incidents/vocabulary";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import type { LayerDefinition, ScheduleDefinition } from "#lib/on-call/schedule";
import type { Role, TeamRole } from "#lib/people/roles";

type Db = Database | Transaction;
type Row<T extends { $inferSelect: unknown }> = T["$inferSelect"];
type Values<T extends { $inferInsert: unknown }> = Partial<T["$inferInsert"]>;

/** When everything that a factory makes has begun, unless told otherwise: long before any test's now. */
const LONG_AGO = new Date("2025-01-06T00:00:00.000Z");

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (!row) throw new Error("Nothing was inserted.");
  return row;
}

/** A context in the name of a person (or of nobody in particular, an owner by default). */
export function actAs(db: Database, user: Partial<Row<typeof users>> & { role?: Role } = {}): Context {
  const actor: Actor = {
    type: "user",
    id: user.id ?? null,
    name: user.name ?? "Somebody",
    role: user.role ?? "owner",
    channel: "website",
    timeZone: user.timeZone ?? "Etc/UTC",
  };
  return { db, actor };
}

/** A person, responder by default, without any contact method. */
export async function makeUser(db: Db, values: Values<typeof users> = {}): Promise<Row<typeof users>> {
  const id = newId();
  const made = await db
    .insert(users)
    .values({
      id,
      name: `Person ${id}`,
      email: `${id.toLowerCase()}@example.com`,
      role: "responder",
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      ...values,
    })
    .returning();
  return one(made);
}

export async function makeTeam(
  db: Db,
  {
    members = [],
    ...values
  }: Values<typeof teams> & { members?: { userId: string; role?: TeamRole }[] } = {},
): Promise<Row<typeof teams>> {
  const id = newId();
  const made = await db
    .insert(teams)
    .values({
      id,
      name: `Team ${id}`,
      slug: id.toLowerCase(),
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      ...values,
    })
    .returning();
  const team = one(made);
  if (members.length > 0) {
    await db
      .insert(teamMembers)
      .values(members.map(({ userId, role = "responder" }) => ({ teamId: team.id, userId, role })));
  }
  return team;
}

/** A layer that hands over every week, Monday 09:00 in the schedule's zone; one person has it always. */
export function weeklyLayer(
  userIds: readonly string[],
  values: Partial<LayerDefinition> = {},
): LayerDefinition {
  return {
    id: newId(),
    name: "Weekly",
    startsAt: LONG_AGO,
    endsAt: null,
    rotation: { virtualStart: "2025-01-06T09:00", unit: "week", length: 1, advance: "clock" },
    turns: userIds.map((userId) => [userId]),
    restrictions: [],
    together: false,
    ...values,
  };
}

type ScheduleValues = Values<typeof schedules> & {
  /** Whoever takes weekly turns; one id: always on call; none: nobody ever. */
  userIds?: readonly string[];
  /** Instead of userIds: the whole definition of version 1. */
  definition?: ScheduleDefinition;
  effectiveFrom?: Date;
};

export async function makeSchedule(
  db: Db,
  { userIds = [], definition, effectiveFrom = LONG_AGO, ...values }: ScheduleValues = {},
): Promise<Row<typeof schedules>> {
  const id = newId();
  const timeZone = values.timeZone ?? definition?.timeZone ?? "Etc/UTC";
  const made = await db
    .insert(schedules)
    .values({
      id,
      name: `Schedule ${id}`,
      slug: id.toLowerCase(),
      createdAt: effectiveFrom,
      updatedAt: effectiveFrom,
      ...values,
      timeZone,
    })
    .returning();
  const schedule = one(made);
  await insertVersion(db, {
    scheduleId: schedule.id,
    version: schedule.version,
    definition: definition ?? { timeZone, layers: userIds.length > 0 ? [weeklyLayer(userIds)] : [] },
    effectiveFrom,
    publishedBy: null,
  });
  return schedule;
}

export async function makeOverride(
  db: Db,
  values: Pick<typeof scheduleOverrides.$inferInsert, "scheduleId" | "userId" | "startsAt" | "endsAt"> &
    Values<typeof scheduleOverrides>,
): Promise<Row<typeof scheduleOverrides>> {
  const made = await db
    .insert(scheduleOverrides)
    .values({ id: newId(), createdAt: LONG_AGO, ...values })
    .returning();
  return one(made);
}

export type LevelValues = { delayMinutes?: number; targets: { type: TargetType; id: string }[] };

/** A policy; its levels wait 30 minutes unless told otherwise. */
export async function makePolicy(
  db: Db,
  { levels = [], ...values }: Values<typeof escalationPolicies> & { levels?: LevelValues[] } = {},
): Promise<Row<typeof escalationPolicies>> {
  const id = newId();
  const made = await db
    .insert(escalationPolicies)
    .values({
      id,
      name: `Policy ${id}`,
      slug: id.toLowerCase(),
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      ...values,
    })
    .returning();
  const policy = one(made);
  const rows = levels.map((level, index) => ({ id: newId(), position: index + 1, level }));
  if (rows.length === 0) return policy;
  await db.insert(escalationLevels).values(
    rows.map(({ id: levelId, position, level }) => ({
      id: levelId,
      policyId: policy.id,
      position,
      delayMinutes: level.delayMinutes ?? 30,
    })),
  );
  const targets = rows.flatMap(({ id: levelId, level }) =>
    level.targets.map((target, index) => ({
      id: newId(),
      levelId,
      position: index + 1,
      type: target.type,
      userId: target.type === "user" ? target.id : null,
      scheduleId: target.type === "schedule" ? target.id : null,
    })),
  );
  if (targets.length > 0) await db.insert(escalationTargets).values(targets);
  return policy;
}

/** A service whose incidents are high urgency; makes an empty policy unless given one. */
export async function makeService(
  db: Db,
  values: Values<typeof services> = {},
): Promise<Row<typeof services>> {
  const id = newId();
  const escalationPolicyId = values.escalationPolicyId ?? (await makePolicy(db)).id;
  const made = await db
    .insert(services)
    .values({
      id,
      name: `Service ${id}`,
      slug: id.toLowerCase(),
      urgencyRule: { type: "constant", urgency: "high" },
      createdAt: LONG_AGO,
      updatedAt: LONG_AGO,
      ...values,
      escalationPolicyId,
    })
    .returning();
  return one(made);
}

/** An Events API integration with a fresh key; makes a service unless given one. */
export async function makeIntegration(
  db: Db,
  values: Values<typeof integrations> = {},
): Promise<Row<typeof integrations>> {
  const id = newId();
  const serviceId = values.serviceId ?? (await makeService(db)).id;
  const made = await db
    .insert(integrations)
    .values({
      id,
      name: `Integration ${id}`,
      type: "events_api_v2_inbound_integration",
      key: randomBytes(16).toString("hex"),
      createdAt: LONG_AGO,
      ...values,
      serviceId,
    })
    .returning();
  return one(made);
}

/** A verified e-mail address of a person. */
export async function makeContactMethod(
  db: Db,
  values: { userId: string } & Values<typeof contactMethods>,
): Promise<Row<typeof contactMethods>> {
  const id = newId();
  const made = await db
    .insert(contactMethods)
    .values({
      id,
      channel: "email",
      label: "Default",
      address: `${id.toLowerCase()}@example.com`,
      verifiedAt: LONG_AGO,
      createdAt: LONG_AGO,
      ...values,
    })
    .returning();
  return one(made);
}

/** A rule for high urgency at once; makes an e-mail address unless given a contact method. */
export async function makeNotificationRule(
  db: Db,
  values: { userId: string; urgency?: Urgency; delayMinutes?: number; contactMethodId?: string },
): Promise<Row<typeof notificationRules>> {
  const contactMethodId =
    values.contactMethodId ?? (await makeContactMethod(db, { userId: values.userId })).id;
  const made = await db
    .insert(notificationRules)
    .values({
      id: newId(),
      urgency: "high",
      delayMinutes: 0,
      createdAt: LONG_AGO,
      ...values,
      contactMethodId,
    })
    .returning();
  return one(made);
}
