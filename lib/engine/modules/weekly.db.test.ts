import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { pages } from "#db/schema/notifications";
import { contactMethods, users } from "#db/schema/people";
import { weeklyModule } from "#lib/engine/modules/weekly";
import { oneTapRoute } from "#lib/http/one-tap-route";
import { readReadinessMatrix } from "#lib/people/queries/readiness-matrix";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makePolicy, makeTeam, makeUser } from "#lib/testing/factories";
import { delivering, recorder, runOnce } from "#lib/testing/paging";

const { db, moveTime, now } = await useDatabase();

/** Moves to the next time that is this weekday and hour in UTC. */
async function moveTo(weekday: number, hour: number) {
  const at = await now();
  const days = (weekday - at.getUTCDay() + 7) % 7 || 7;
  const then = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days, hour, 5);
  await moveTime({ minutes: Math.ceil((then - at.getTime()) / 60_000) });
}

test("tests those who asked for it once a week, and a tap makes what was used tested", async () => {
  const ann = await makeUser(db, { name: "Ann" });
  await db.update(users).set({ selfTest: true }).where(eq(users.id, ann.id));
  await makeContactMethod(db, { userId: ann.id, channel: "push", address: "https://push.example.com" });
  await makeUser(db, { name: "Ben" });
  const cellOf = async () => {
    const { people } = await readReadinessMatrix(actAs(db));
    return people.find(({ id }) => id === ann.id)?.cells.push;
  };
  expect(await cellOf()).toBe("untested");
  await moveTo(2, 10);
  for (const engine of ["engine-1", "engine-2"]) await runOnce(db, weeklyModule(), engine);
  expect(await db.select({ userId: pages.userId, reason: pages.reason }).from(pages)).toEqual([
    { userId: ann.id, reason: "self_test" },
  ]);
  const push = recorder("push");
  await runOnce(db, delivering({ push: push.sender }));
  const link = push.sent[0]?.facts.links.open ?? "";
  expect(await cellOf()).toBe("untested");
  const token = link.slice(link.lastIndexOf("/") + 1);
  const body = new URLSearchParams({ action: "arrived" });
  await oneTapRoute(new Request(link, { method: "POST", body }), token, db);
  expect(await cellOf()).toBe("tested");
  await moveTime({ minutes: 31 * 24 * 60 });
  expect(await cellOf()).toBe("untested");
});

test("tells managers once a week whom of their teams a page would not reach", async () => {
  const boss = await makeUser(db, { name: "Boss", role: "manager" });
  const ines = await makeUser(db, { name: "Ines" });
  const team = await makeTeam(db, { members: [{ userId: boss.id, role: "manager" }, { userId: ines.id }] });
  await makePolicy(db, {
    name: "Payments",
    teamId: team.id,
    levels: [{ targets: [{ type: "user", id: ines.id }] }],
  });
  await makeContactMethod(db, { userId: boss.id });
  await moveTo(1, 9);
  await runOnce(db, weeklyModule());
  await runOnce(db, weeklyModule());
  const digests = await db.select().from(pages).where(eq(pages.reason, "digest"));
  expect(digests.map(({ userId, notice }) => [userId, notice?.title])).toEqual([
    [boss.id, "Readiness this week: 0 of 2 people can be paged at night"],
  ]);
  expect(digests[0]?.notice?.lines).toEqual(
    expect.arrayContaining([
      expect.stringContaining("Ines: not reachable."),
      "Payments, level 1: Ines: not reachable.",
    ]),
  );
  expect(await db.select().from(contactMethods).where(eq(contactMethods.userId, ines.id))).toEqual([]);
});
