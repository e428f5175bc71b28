import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { pages } from "#db/schema/notifications";
import { coverOffers } from "#db/schema/covers";
import { scheduleOverrides } from "#db/schema/schedules";
import { runOnCallNotices } from "#lib/engine/modules/on-call-notices";
import { closeCover } from "#lib/on-call/commands/close-cover";
import { decideCoverOffer } from "#lib/on-call/commands/decide-cover-offer";
import { offerCover } from "#lib/on-call/commands/offer-cover";
import { removeOverride } from "#lib/on-call/commands/remove-override";
import { requestCover } from "#lib/on-call/commands/request-cover";
import { listOpenCovers, readCoverInbox } from "#lib/on-call/queries/covers";
import { onCallNow } from "#lib/on-call/queries/schedule-facts";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeSchedule, makeUser } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";

const { db, setTime } = await useDatabase();
const ann = await makeUser(db, { name: "Ann" });
const ben = await makeUser(db, { name: "Ben" });
const cara = await makeUser(db, { name: "Cara" });
const other = await makeUser(db, { name: "Other" });
const [asAnn, asBen, asCara, asOther] = [ann, ben, cara, other].map((user) => actAs(db, user)) as [
  ReturnType<typeof actAs>,
  ReturnType<typeof actAs>,
  ReturnType<typeof actAs>,
  ReturnType<typeof actAs>,
];

/** Weekly turns from Mondays 09:00: Ann has the week of 2026-06-01, Ben the next, Cara the one after. */
async function rota() {
  await setTime(new Date("2026-05-27T12:00:00Z"));
  const schedule = await makeSchedule(db, { userIds: [cara.id, ann.id, ben.id] });
  expect(await onCall(schedule.id, "2026-06-02T12:00:00Z")).toEqual(["Ann"]);
  return schedule;
}
const NAMES = new Map([ann, ben, cara, other].map(({ id, name }) => [id, name]));
const onCall = async (scheduleId: string, at: string) =>
  ((await onCallNow(db, [scheduleId], new Date(at))).get(scheduleId) ?? []).map(({ userId }) =>
    NAMES.get(userId),
  );
const WEEK = { startsAt: "2026-06-01T09:00:00Z", endsAt: "2026-06-08T09:00:00Z" };
const TUESDAY = { startsAt: "2026-06-02T09:00:00Z", endsAt: "2026-06-03T09:00:00Z" };
const overridesOf = (scheduleId: string) =>
  db
    .select()
    .from(scheduleOverrides)
    .where(and(eq(scheduleOverrides.scheduleId, scheduleId), isNull(scheduleOverrides.removedAt)));
const noticesOf = async (userId: string) =>
  (
    await db
      .select({ notice: pages.notice, reason: pages.reason })
      .from(pages)
      .where(eq(pages.userId, userId))
  )
    .filter(({ reason }) => reason === "cover")
    .map(({ notice }) => notice?.title);

describe("a cover request", () => {
  it("is asked of everybody in the schedule, and taken by one", async () => {
    const { id, name } = await rota();
    const request = await requestCover(asAnn, { scheduleId: id, ...WEEK, message: "Wedding" });
    expect((await readCoverInbox(asBen)).asked.map((it) => it.id)).toContain(request.id);
    expect((await readCoverInbox(asAnn)).own).toMatchObject([
      { id: request.id, state: "open", message: "Wedding" },
    ]);
    expect((await readCoverInbox(asOther)).asked).toEqual([]);
    expect(await noticesOf(cara.id)).toContain(`Ann asks for cover in ${name}`);
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ann"]);

    expect(await offerCover(asBen, { requestId: request.id })).toEqual({ kind: "taken" });
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ben"]);
    expect(await noticesOf(ann.id)).toContain(`Ben covers you in ${name}`);
    expect((await readCoverInbox(asAnn)).own).toMatchObject([{ state: "taken", open: [] }]);
    await expect(offerCover(asCara, { requestId: request.id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("has one taker, however many take it at once", async () => {
    const { id } = await rota();
    const request = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    const answers = await Promise.allSettled([
      offerCover(asBen, { requestId: request.id }),
      offerCover(asCara, { requestId: request.id }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await overridesOf(id)).toHaveLength(1);
  });

  it("is offered in parts that wait for the requester, who accepts or declines each", async () => {
    const { id } = await rota();
    const request = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    const rest = { startsAt: "2026-06-03T09:00:00Z", endsAt: "2026-06-08T09:00:00Z" };
    expect(await offerCover(asBen, { requestId: request.id, span: TUESDAY })).toEqual({ kind: "waiting" });
    expect(await offerCover(asCara, { requestId: request.id, span: rest })).toEqual({ kind: "waiting" });
    expect(await overridesOf(id)).toEqual([]);
    const [{ offers } = { offers: [] }] = (await readCoverInbox(asAnn)).own.filter(
      (it) => it.id === request.id,
    );
    const [bens, caras] = offers;
    const decide = (offerId = "", accept = true) =>
      decideCoverOffer(asAnn, { requestId: request.id, offerId, accept });
    await expect(
      decideCoverOffer(asBen, { requestId: request.id, offerId: bens?.id ?? "", accept: true }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await decide(bens?.id);
    await decide(caras?.id, false);
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ben"]);
    expect(await onCall(id, "2026-06-04T12:00:00Z")).toEqual(["Ann"]);
    expect(await listOpenCovers(asOther, id)).toMatchObject([
      { open: [{ startsAt: "2026-06-01T09:00:00.000Z" }, { startsAt: "2026-06-03T09:00:00.000Z" }] },
    ]);
    await expect(decide(caras?.id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("never has two takers for the same time, whatever the code does", async () => {
    const { id } = await rota();
    const { id: requestId } = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    const accepted = (offerId: string, span: typeof WEEK) =>
      db.insert(coverOffers).values({
        id: offerId,
        requestId,
        userId: ben.id,
        startsAt: new Date(span.startsAt),
        endsAt: new Date(span.endsAt),
        outcome: "accepted",
        createdAt: new Date(),
        decidedAt: new Date(),
      });
    await accepted("O1", TUESDAY);
    await expect(accepted("O2", WEEK)).rejects.toMatchObject({ cause: { code: "23P01" } });
    const beyond = { startsAt: WEEK.startsAt, endsAt: "2026-06-09T09:00:00Z" };
    await expect(accepted("O3", beyond)).rejects.toMatchObject({ cause: { code: "23514" } });
  });

  it("is refused for nothing, for the past, and to people outside the schedule", async () => {
    const { id } = await rota();
    const ask = (input: object) => requestCover(asAnn, { scheduleId: id, ...WEEK, ...input });
    const bens = { startsAt: "2026-06-08T09:00:00Z", endsAt: "2026-06-15T09:00:00Z" };
    await expect(ask(bens)).rejects.toMatchObject({ fields: [{ field: "startsAt" }] });
    await expect(ask({ startsAt: "2026-05-20T09:00:00Z" })).rejects.toMatchObject({
      fields: [{ field: "startsAt" }],
    });
    await expect(ask({ askedUserId: other.id })).rejects.toMatchObject({
      fields: [{ field: "askedUserId" }],
    });
    await expect(ask({ askedUserId: ann.id })).rejects.toMatchObject({ fields: [{ field: "askedUserId" }] });
    const { id: requestId } = await ask({ askedUserId: ben.id });
    for (const ctx of [asAnn, asCara, asOther]) {
      await expect(offerCover(ctx, { requestId })).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("is withdrawn, declined by the one asked, or passed by one of many", async () => {
    const { id, name } = await rota();
    const direct = await requestCover(asAnn, { scheduleId: id, ...WEEK, askedUserId: ben.id });
    expect(await closeCover(asBen, direct.id)).toEqual({ kind: "declined" });
    expect(await noticesOf(ann.id)).toContain(`Ben can’t cover you in ${name}: you stay on call`);

    const open = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    expect(await closeCover(asBen, open.id)).toEqual({ kind: "passed" });
    const askedOf = async (ctx: typeof asBen) => (await readCoverInbox(ctx)).asked.map((it) => it.id);
    expect(await askedOf(asBen)).not.toContain(open.id);
    expect(await askedOf(asCara)).toContain(open.id);
    expect(await closeCover(asAnn, open.id)).toEqual({ kind: "withdrawn" });
    expect(await askedOf(asCara)).not.toContain(open.id);
    await expect(offerCover(asCara, { requestId: open.id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is past due once it began untaken", async () => {
    const { id } = await rota();
    const { id: requestId } = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    await setTime(new Date("2026-06-01T09:00:01Z"));
    expect((await readCoverInbox(asAnn)).own.find((it) => it.id === requestId)?.state).toBe("past-due");
    expect((await readCoverInbox(asBen)).asked.filter((it) => it.id === requestId)).toEqual([]);
    await expect(offerCover(asBen, { requestId })).rejects.toMatchObject({ code: "conflict" });
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ann"]);
  });

  it("reminds whoever asked, once, while there is time to find somebody", async () => {
    const { id, name } = await rota();
    await requestCover(asAnn, { scheduleId: id, ...WEEK });
    const title = `Nobody has taken your shift in ${name}: you stay on call`;
    const told = async () => (await noticesOf(ann.id)).filter((it) => it === title).length;
    const engine = { db, engineId: "test", log: silent };
    await setTime(new Date("2026-05-31T20:59:00Z"));
    await runOnCallNotices.run(engine);
    expect(await told()).toBe(0);
    await setTime(new Date("2026-05-31T21:01:00Z"));
    await Promise.all([runOnCallNotices.run(engine), runOnCallNotices.run(engine)]);
    await runOnCallNotices.run(engine);
    expect(await told()).toBe(1);
  });

  it("is open again when what was taken is taken back", async () => {
    const { id } = await rota();
    const { id: requestId } = await requestCover(asAnn, { scheduleId: id, ...WEEK });
    await offerCover(asBen, { requestId });
    const [override] = await overridesOf(id);
    await removeOverride(asBen, { scheduleId: id, overrideId: override?.id ?? "" });
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ann"]);
    expect(await offerCover(asCara, { requestId })).toEqual({ kind: "taken" });
  });
});

describe("a swap", () => {
  const inReturn = { startsAt: "2026-06-08T09:00:00Z", endsAt: "2026-06-15T09:00:00Z" };

  it("is two overrides at once, and is undone as one", async () => {
    const { id } = await rota();
    const swap = { scheduleId: id, ...WEEK, askedUserId: ben.id, inReturn };
    const { id: requestId } = await requestCover(asAnn, swap);
    await expect(offerCover(asBen, { requestId, span: TUESDAY })).rejects.toMatchObject({ code: "conflict" });
    expect(await offerCover(asBen, { requestId })).toEqual({ kind: "taken" });
    const both = async () => [
      ...(await onCall(id, "2026-06-02T12:00:00Z")),
      ...(await onCall(id, "2026-06-09T12:00:00Z")),
    ];
    expect(await both()).toEqual(["Ben", "Ann"]);
    const [first] = await overridesOf(id);
    await removeOverride(asAnn, { scheduleId: id, overrideId: first?.id ?? "" });
    expect(await both()).toEqual(["Ann", "Ben"]);
    expect(await overridesOf(id)).toEqual([]);
  });

  it("is none when one side is not on call any more", async () => {
    const { id } = await rota();
    const { id: requestId } = await requestCover(asAnn, {
      scheduleId: id,
      ...WEEK,
      askedUserId: ben.id,
      inReturn,
    });
    const caras = await requestCover(asBen, { scheduleId: id, ...inReturn });
    await offerCover(asCara, { requestId: caras.id });
    await expect(offerCover(asBen, { requestId })).rejects.toMatchObject({ code: "conflict" });
    expect(await overridesOf(id)).toHaveLength(1);
    expect(await onCall(id, "2026-06-02T12:00:00Z")).toEqual(["Ann"]);
  });
});
