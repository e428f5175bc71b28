import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { shiftAcceptances, shiftHandOffs } from "#db/schema/hand-offs";
import { deliveries, pages } from "#db/schema/notifications";
import { contactMethods, notificationRules } from "#db/schema/people";
import { escalationPolicies } from "#db/schema/escalation";
import { handOffNoticesModule } from "#lib/engine/modules/hand-off-notices";
import { newId } from "#lib/ids";
import { createOverride } from "#lib/on-call/commands/create-overrides";
import { publishSchedule } from "#lib/on-call/commands/publish-schedule";
import { getSchedule } from "#lib/on-call/queries/schedules";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeContactMethod,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
  weeklyLayer,
} from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";

const { db, setTime, moveTime, now } = await useDatabase();
const MONDAY = new Date("2026-06-08T07:00:00Z");
const before = (minutes: number) => new Date(MONDAY.getTime() - minutes * 60_000);

/** Ann hands over to Ben on Monday 8 June, 09:00 in Berlin, each told by these rules; the schedule has a policy with a service. */
async function handOver(
  rules: { advanceMinutes: number; type?: "both" | "oncall" | "offcall" }[],
  hasService = true,
) {
  const ann = await makeUser(db, { name: "Ann Lee", timeZone: "Europe/Berlin" });
  const ben = await makeUser(db, { name: "Ben Ng" });
  const manager = await makeUser(db, { name: "Mia", role: "manager" });
  const team = await makeTeam(db, { members: [{ userId: manager.id, role: "manager" }] });
  for (const { id: userId } of [ann, ben]) {
    const method = await makeContactMethod(db, { userId });
    for (const { advanceMinutes, type = "both" } of rules) {
      await db.insert(notificationRules).values({
        id: newId(),
        userId,
        contactMethodId: method.id,
        kind: "handoff",
        urgency: null,
        delayMinutes: 0,
        advanceMinutes,
        handoffType: type,
        createdAt: new Date("2025-01-06T00:00:00Z"),
      });
    }
  }
  const layer = weeklyLayer([ann.id, ben.id], {
    rotation: { virtualStart: "2026-06-01T09:00", unit: "week", length: 1, advance: "clock" },
  });
  const schedule = await makeSchedule(db, {
    name: "Payments",
    teamId: team.id,
    definition: { timeZone: "Europe/Berlin", layers: [layer] },
  });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "schedule", id: schedule.id }] }] });
  if (hasService) await makeService(db, { escalationPolicyId: policy.id });
  return { ann, ben, manager, schedule, policy };
}

/** A freshly started engine looks once. */
const look = () => handOffNoticesModule().run({ db, engineId: "test", log: silent });

const told = async (userId: string) =>
  (
    await db.select().from(pages).where(eq(pages.userId, userId)).orderBy(asc(pages.createdAt), asc(pages.id))
  ).map(({ notice }) => notice?.title);

beforeEach(async () => {
  await db.delete(notificationRules);
  await db.delete(contactMethods);
  await db.delete(deliveries);
  await db.delete(pages);
  await setTime(before(24 * 60));
  await look();
});

describe("a shift that begins or ends", () => {
  it("is told to both sides at its time, each once, however often and by how many engines it is looked for", async () => {
    const { ann, ben, schedule } = await handOver([{ advanceMinutes: 0 }]);
    await setTime(before(1));
    expect(await look()).toMatchObject({ worked: 0, nextAt: MONDAY });
    await setTime(MONDAY);
    await Promise.all([look(), look(), look()]);
    await look();
    await moveTime({ minutes: 20 });
    await look();
    expect(await told(ann.id)).toEqual(["You are off call for Payments"]);
    expect(await told(ben.id)).toEqual(["You are on call for Payments"]);
    const [page] = await db.select().from(pages).where(eq(pages.userId, ben.id));
    expect(page?.notice).toEqual({
      title: "You are on call for Payments",
      lines: ["Since Mon 8 Jun 07:00 (Etc/UTC), until Mon 15 Jun 07:00.", "You take over from Ann Lee."],
      path: `/on-call/handoff/${schedule.id}-${(MONDAY.getTime() / 1000).toString(36)}`,
    });
    expect(await db.select().from(deliveries).where(eq(deliveries.userId, ben.id))).toHaveLength(1);
  });

  it("is told in advance, as often as was asked for, and only of the end that was asked for", async () => {
    const { ann, ben } = await handOver([
      { advanceMinutes: 60, type: "oncall" },
      { advanceMinutes: 0, type: "oncall" },
    ]);
    await setTime(before(61));
    await look();
    expect(await told(ben.id)).toEqual([]);
    await setTime(before(60));
    await look();
    await setTime(MONDAY);
    await look();
    expect(await told(ben.id)).toEqual([
      "You go on call for Payments: Mon 8 Jun 07:00 (Etc/UTC)",
      "You are on call for Payments",
    ]);
    expect(await told(ann.id)).toEqual([]);
  });

  it("is made up for after an outage while it is of use, and dropped after that", async () => {
    const { ben } = await handOver([{ advanceMinutes: 0 }, { advanceMinutes: 60 }]);
    await setTime(new Date(MONDAY.getTime() + 29 * 60_000));
    await look();
    expect(await told(ben.id)).toContain("You are on call for Payments");
    await db.delete(deliveries);
    await db.delete(pages);
    await setTime(new Date(MONDAY.getTime() + 31 * 60_000));
    await look();
    expect(await told(ben.id)).toEqual([]);
  });

  it("is told to nobody without a rule, and for policies without services only if they want it", async () => {
    const quiet = await handOver([]);
    const unused = await handOver([{ advanceMinutes: 0 }], false);
    await setTime(MONDAY);
    await look();
    expect([...(await told(quiet.ben.id)), ...(await told(unused.ben.id))]).toEqual([]);
    await db
      .update(escalationPolicies)
      .set({ onCallHandoffNotifications: "always" })
      .where(eq(escalationPolicies.id, unused.policy.id));
    await look();
    expect(await told(unused.ben.id)).toEqual(["You are on call for Payments"]);
  });

  it("is told of as it is then, not as it was planned", async () => {
    const { ann, ben, schedule } = await handOver([{ advanceMinutes: 0 }]);
    const cy = await makeUser(db, { name: "Cy" });
    await createOverride(actAs(db, cy), {
      scheduleId: schedule.id,
      userId: cy.id,
      startsAt: before(20).toISOString(),
      endsAt: new Date(MONDAY.getTime() + 3_600_000).toISOString(),
    });
    await setTime(MONDAY);
    await look();
    // Twenty minutes before, Ann's shift ended; Ben's begins an hour later.
    expect(await told(ann.id)).toContain("You are off call for Payments");
    expect(await told(ben.id)).not.toContain("You are on call for Payments");
  });
});

describe("a change of shifts", () => {
  async function settle() {
    await moveTime({ minutes: 2 });
    await look();
  }

  it("is told to those whose shifts changed, once, when the schedule is left alone, and not to who made it", async () => {
    const { ann, ben, schedule } = await handOver([]);
    await look();
    const cy = await makeUser(db, { name: "Cy", timeZone: "Asia/Kolkata" });
    const override = (startsAt: string, endsAt: string) =>
      createOverride(actAs(db, ben), { scheduleId: schedule.id, userId: cy.id, startsAt, endsAt });
    await override("2026-06-09T07:00:00Z", "2026-06-10T07:00:00Z");
    await look();
    expect(await told(cy.id)).toEqual([]);
    await override("2026-06-15T07:00:00Z", "2026-06-16T07:00:00Z");
    await settle();
    await settle();
    const [page] = await db.select().from(pages).where(eq(pages.userId, cy.id));
    expect(page?.notice).toEqual({
      title: "Your shifts in Payments changed: +2 before Sun 2 Aug 12:30",
      lines: [
        "Now on call: Tue 9 Jun 12:30 – Wed 10 Jun 12:30",
        "Now on call: Mon 15 Jun 12:30 – Tue 16 Jun 12:30",
        "Times are in Asia/Kolkata.",
      ],
      path: `/schedules/${schedule.slug}`,
    });
    expect(await told(ann.id)).toHaveLength(1);
    expect(await told(ann.id)).toEqual([expect.stringContaining("changed: −1")]);
    // Ben lost a day too, by his own hand.
    expect(await told(ben.id)).toEqual([]);
    expect(await told(cy.id)).toHaveLength(1);
  });

  it("is none when a draft is published that leaves everybody their hours, or time goes by", async () => {
    const { ann, ben, schedule } = await handOver([]);
    await look();
    const { layers, timeZone } = await getSchedule(actAs(db), schedule.id);
    await publishSchedule(actAs(db), { scheduleId: schedule.id, name: "Renamed", timeZone, layers });
    await settle();
    await moveTime({ days: 3 });
    await look();
    expect([...(await told(ann.id)), ...(await told(ben.id))]).toEqual([]);
  });

  it("is told of a schedule that is new, not of one that was there before anybody was told", async () => {
    const { ben } = await handOver([]);
    const cy = await makeUser(db, { name: "Cy" });
    await makeSchedule(db, { name: "New", userIds: [cy.id], effectiveFrom: await now() });
    await look();
    expect(await told(cy.id)).toEqual([expect.stringContaining("Your shifts in New changed: +1")]);
    expect(await told(ben.id)).toEqual([]);
  });
});

describe("a shift that nobody accepted", () => {
  async function withNotes() {
    const people = await handOver([]);
    await db.insert(shiftHandOffs).values({
      scheduleId: people.schedule.id,
      at: MONDAY,
      watchOuts: "The queue is long.",
      writtenAt: before(30),
    });
    await setTime(new Date(MONDAY.getTime() + 11 * 60_000));
    return people;
  }

  it("is told to who left and the team's managers, once, when there is something to hand over", async () => {
    const { ann, ben, manager } = await withNotes();
    await look();
    await look();
    const title = "Ben Ng has not accepted the shift in Payments";
    expect(await told(ann.id)).toEqual([title]);
    expect(await told(manager.id)).toEqual([title]);
    expect(await told(ben.id)).toEqual([]);
  });

  it("bothers nobody when it was accepted, or there is nothing to hand over", async () => {
    const quiet = await handOver([]);
    const { ann, ben, schedule } = await withNotes();
    await db
      .insert(shiftAcceptances)
      .values({ scheduleId: schedule.id, at: MONDAY, userId: ben.id, acceptedAt: MONDAY });
    await look();
    expect([...(await told(ann.id)), ...(await told(quiet.ann.id))]).toEqual([]);
  });
});
