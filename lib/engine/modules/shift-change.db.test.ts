import { asc, eq } from "drizzle-orm";
import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { incidentAssignments, logEntries, pendingActions } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { scheduleOverrides } from "#db/schema/schedules";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { shiftChangeModule } from "#lib/engine/modules/shift-change";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { handOverShifts } from "#lib/incidents/commands/hand-over-shifts";
import { inTransaction, SYSTEM } from "#lib/context";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeNotificationRule,
  makeOverride,
  makePolicy,
  makeSchedule,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { tick } from "#lib/testing/scenario";

const { db, sql, now, moveTime } = await useDatabase();
const MINUTE = 60_000;

type User = Awaited<ReturnType<typeof makeUser>>;
let ann: User;
let ben: User;
let scheduleId: string;
let incidentId: string;

/** Ann is on call; Ben takes over in ten minutes, for an hour. The level waits half an hour. */
beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, schedules cascade`;
  ann = await makeUser(db, { name: "Ann" });
  ben = await makeUser(db, { name: "Ben" });
  for (const user of [ann, ben]) await makeNotificationRule(db, { userId: user.id, urgency: "high" });
  scheduleId = (await makeSchedule(db, { name: "Primary", userIds: [ann.id] })).id;
  const at = await now();
  await makeOverride(db, {
    scheduleId,
    userId: ben.id,
    startsAt: new Date(at.getTime() + 10 * MINUTE),
    endsAt: new Date(at.getTime() + 70 * MINUTE),
  });
  const policy = await makePolicy(db, {
    levels: [{ delayMinutes: 30, targets: [{ type: "schedule", id: scheduleId }] }],
  });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  const opened = await declareIncident(actAs(db), { title: "Slow", serviceId: service.id });
  incidentId = opened.id;
});

/** One engine that was just started. */
const look = (engineId = "one") => tick(db, engineId, [shiftChangeModule()]);

async function paged(): Promise<string[]> {
  const rows = await db
    .select({ name: users.name, reason: pages.reason, state: pages.state })
    .from(pages)
    .innerJoin(users, eq(users.id, pages.userId))
    .orderBy(asc(pages.createdAt), asc(pages.reason));
  return rows.map(({ name, reason, state }) => `${name} ${reason} ${state}`);
}

async function holders(): Promise<string[]> {
  const rows = await db
    .select({ name: users.name })
    .from(incidentAssignments)
    .innerJoin(users, eq(users.id, incidentAssignments.userId))
    .orderBy(asc(users.name));
  return rows.map(({ name }) => name);
}

describe("a shift that changes while nobody has acknowledged (semantics 2.2.1)", () => {
  it("pages whoever came on call, tells whoever left, and lets both have it", async () => {
    await look();
    expect(await paged()).toEqual(["Ann assigned active"]);
    await moveTime({ minutes: 10 });
    await look();
    expect(await holders()).toEqual(["Ann", "Ben"]);
    expect(await paged()).toEqual([
      "Ann assigned active",
      "Ben handoff active",
      "Ann schedule_changed active",
    ]);
    const [entry] = await db.select().from(logEntries).where(eq(logEntries.type, "handoff"));
    expect(entry?.data).toMatchObject({ assignees: [{ name: "Ben" }], left: [{ name: "Ann" }] });
  });

  it("does so once, however many engines look and however often, also after a crash between", async () => {
    await moveTime({ minutes: 10 });
    await expect(
      inTransaction({ db, actor: SYSTEM }, async (scope) => {
        await handOverShifts(scope, [incidentId]);
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    await Promise.all(["one", "two", "three"].map(look));
    await look();
    expect(await paged()).toEqual([
      "Ann assigned active",
      "Ben handoff active",
      "Ann schedule_changed active",
    ]);
  });

  it("lets a step that is due in the same moment go first: the level is being left", async () => {
    await sql`update pending_actions set at = (select starts_at from schedule_overrides) where type = 'escalate'`;
    await moveTime({ minutes: 10 });
    await look();
    expect(await paged()).toEqual(["Ann assigned active"]);
    await tick(db, "one", [runPendingActions]);
    expect((await paged()).filter((page) => page.includes("handoff"))).toEqual([]);
  });

  it("doesn't put the escalation off", async () => {
    const timers = () => db.select({ type: pendingActions.type, at: pendingActions.at }).from(pendingActions);
    const before = await timers();
    await moveTime({ minutes: 10 });
    await look();
    expect(new Set(await timers())).toEqual(new Set(before));
  });

  it("leaves an acknowledged incident with its owner (case 101)", async () => {
    await acknowledgeIncidents(actAs(db, ann), { incidentIds: [incidentId] });
    await moveTime({ minutes: 10 });
    await look();
    expect(await holders()).toEqual(["Ann"]);
    expect(await paged()).toEqual(["Ann assigned cancelled"]);
  });

  it("finds an override that is made while it is open, too", async () => {
    const carl = await makeUser(db, { name: "Carl" });
    const at = await now();
    await makeOverride(db, {
      scheduleId,
      userId: carl.id,
      startsAt: at,
      endsAt: new Date(at.getTime() + 5 * MINUTE),
      createdAt: at,
    });
    await look();
    expect(await holders()).toEqual(["Ann", "Carl"]);
  });
});

it("wakes at the next shift boundary", async () => {
  const log = pino({ level: "silent" });
  const [change] = await db.select({ at: scheduleOverrides.startsAt }).from(scheduleOverrides);
  await moveTime({ minutes: 9, seconds: 57 });
  const result = await shiftChangeModule().run({ db, engineId: "one", log });
  expect(result).toEqual({ worked: 0, nextAt: change?.at });
});
