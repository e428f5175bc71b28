import { asc, eq } from "drizzle-orm";
import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { coverageWarnings } from "#db/schema/escalation";
import { pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { coverageCheckModule } from "#lib/engine/modules/coverage-check";
import { useDatabase } from "#lib/testing/database";
import {
  makeNotificationRule,
  makeOverride,
  makePolicy,
  makeSchedule,
  makeTeam,
  makeUser,
  weeklyLayer,
} from "#lib/testing/factories";

const { db, sql, setTime, moveTime } = await useDatabase();
const log = pino({ level: "silent" });

/** One engine that was just started; it looks once. */
const check = (engineId = "one") => coverageCheckModule().run({ db, engineId, log });

let scheduleId: string;
let ann: Awaited<ReturnType<typeof makeUser>>;

/** Ann is on call until Friday, 5 June, and nobody after her; Max manages the team. */
beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, schedules, teams, outbox cascade`;
  await setTime(new Date("2026-06-01T08:00:00Z"));
  ann = await makeUser(db, { name: "Ann" });
  const max = await makeUser(db, { name: "Max" });
  for (const user of [ann, max]) await makeNotificationRule(db, { userId: user.id, urgency: "high" });
  const team = await makeTeam(db, { members: [{ userId: max.id, role: "manager" }] });
  const layer = weeklyLayer([ann.id], { endsAt: new Date("2026-06-05T00:00:00Z") });
  scheduleId = (await makeSchedule(db, { definition: { timeZone: "Etc/UTC", layers: [layer] } })).id;
  await makePolicy(db, {
    name: "Payments",
    teamId: team.id,
    levels: [{ targets: [{ type: "schedule", id: scheduleId }] }],
  });
});

async function told(): Promise<string[]> {
  const rows = await db
    .select({ name: users.name, notice: pages.notice })
    .from(pages)
    .innerJoin(users, eq(users.id, pages.userId))
    .where(eq(pages.reason, "coverage_gap"))
    .orderBy(asc(pages.createdAt));
  return rows.map(({ name, notice }) => `${name}: ${notice?.title} ${notice?.lines[0]}`);
}

describe("a time ahead at which a policy reaches nobody", () => {
  it("is told to the team's managers when it is found, and again a day before, in any number of engines", async () => {
    await Promise.all(["one", "two"].map(check));
    await check();
    const found =
      "Max: Payments: nobody to page at a time ahead Fri 5 Jun 00:00 to Wed 1 Jul 08:00: nobody is on call at any level.";
    expect(await told()).toEqual([found]);
    await setTime(new Date("2026-06-03T23:00:00Z"));
    await check();
    expect(await told()).toHaveLength(1);
    await moveTime({ hours: 2 });
    await check();
    await check();
    expect(await told()).toEqual([
      found,
      expect.stringContaining("Max: Payments: nobody to page within a day Fri 5 Jun 00:00"),
    ]);
  });

  it("is closed when somebody fills it, and new when it opens again", async () => {
    await check();
    const override = await makeOverride(db, {
      scheduleId,
      userId: ann.id,
      startsAt: new Date("2026-06-05T00:00:00Z"),
      endsAt: new Date("2026-08-01T00:00:00Z"),
    });
    await check();
    const [warning] = await db.select().from(coverageWarnings);
    expect(warning?.closedAt).not.toBeNull();
    await sql`update schedule_overrides set removed_at = now() where id = ${override.id}`;
    await check();
    expect(await told()).toHaveLength(2);
  });

  it("also is one at which only people are on call who can't be reached", async () => {
    await makeOverride(db, {
      scheduleId,
      userId: (await makeUser(db, { name: "Mute" })).id,
      startsAt: new Date("2026-06-02T00:00:00Z"),
      endsAt: new Date("2026-06-03T00:00:00Z"),
    });
    await check();
    expect((await told())[0]).toContain("Tue 2 Jun 00:00 to Wed 3 Jun 00:00: on call are only people");
  });
});

it("looks once an hour, and a minute after something changed", async () => {
  const coverageCheck = coverageCheckModule();
  const run = () => coverageCheck.run({ db, engineId: "one", log });
  const next = (await run()).nextAt;
  expect(next!.getTime()).toBeGreaterThanOrEqual(new Date("2026-06-01T09:00:00Z").getTime());
  await sql`insert into outbox (at, topic, entity_type, entity_id) values (now(), 'schedule.updated', 'schedule', 'S')`;
  const sooner = (await run()).nextAt;
  expect(sooner!.getTime()).toBeLessThan(new Date("2026-06-01T08:01:30Z").getTime());
});
