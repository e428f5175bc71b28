import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { pages } from "#db/schema/notifications";
import { runOnCallNotices } from "#lib/engine/modules/on-call-notices";
import { addShadow } from "#lib/on-call/commands/add-shadow";
import { removeShadow } from "#lib/on-call/commands/remove-shadow";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { listShadows } from "#lib/on-call/queries/shadows";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";

const { db, setTime, moveTime, now } = await useDatabase();
const ann = await makeUser(db, { name: "Ann" });
const sam = await makeUser(db, { name: "Sam" });
const asSam = actAs(db, sam);
const engine = { db, engineId: "test", log: silent };
const JUNE = { startsAt: "2026-06-01T00:00:00Z", endsAt: "2026-06-20T00:00:00Z" };
const window = { start: "2026-06-01T00:00:00Z", end: "2026-06-15T00:00:00Z" };

async function rota() {
  await setTime(new Date("2026-05-30T12:00:00Z"));
  const ben = await makeUser(db, { name: "Ben" });
  // Ann has the week from 1 June 09:00.
  return makeSchedule(db, { userIds: [ben.id, ann.id] });
}

it("follows shifts, is never on call, and is told once when one begins", async () => {
  const schedule = await rota();
  const input = { scheduleId: schedule.id, userId: sam.id, followsUserId: ann.id, ...JUNE, isTold: true };
  const { id } = await addShadow(asSam, input);
  const { shadows, shifts } = await listShadows(asSam, { scheduleId: schedule.id, window });
  expect(shadows).toMatchObject([{ id, user: { name: "Sam" }, follows: { name: "Ann" } }]);
  expect(shifts).toMatchObject([{ start: "2026-06-01T09:00:00.000Z", end: "2026-06-08T09:00:00.000Z" }]);

  const told = async () =>
    (await db.select().from(pages).where(eq(pages.userId, sam.id))).map((it) => it.notice?.title);
  await setTime(new Date("2026-06-01T08:59:00Z"));
  await runOnCallNotices.run(engine);
  expect(await told()).toEqual([]);
  await moveTime({ minutes: 2 });
  await Promise.all([runOnCallNotices.run(engine), runOnCallNotices.run(engine)]);
  await moveTime({ minutes: 1 });
  await runOnCallNotices.run(engine);
  expect(await told()).toEqual([`You shadow Ann in ${schedule.name} from now on`]);
  const onCall = (await onCallNow(db, [schedule.id], await now())).get(schedule.id) ?? [];
  expect(onCall.map(({ userId }) => userId)).toEqual([ann.id]);

  await removeShadow(asSam, { scheduleId: schedule.id, shadowId: id });
  expect(await listShadows(asSam, { scheduleId: schedule.id, window })).toEqual({ shadows: [], shifts: [] });
});

it("is one's own wish, or a manager's", async () => {
  const schedule = await rota();
  const input = { scheduleId: schedule.id, userId: sam.id, ...JUNE };
  await expect(addShadow(actAs(db, { ...ann, role: "responder" }), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  const { id } = await addShadow(actAs(db, { role: "manager" }), input);
  const which = { scheduleId: schedule.id, shadowId: id };
  await expect(removeShadow(actAs(db, ann), which)).rejects.toMatchObject({ code: "forbidden" });
  await expect(addShadow(asSam, { ...input, followsUserId: sam.id })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(addShadow(asSam, { ...input, endsAt: "2026-05-30T00:00:00Z" })).rejects.toMatchObject({
    code: "invalid",
  });
  await removeShadow(asSam, which);
});
