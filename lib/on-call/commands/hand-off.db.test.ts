import { beforeEach, describe, expect, it } from "vitest";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { acceptShift } from "#lib/on-call/commands/accept-shift";
import { createOverride } from "#lib/on-call/commands/create-overrides";
import { writeWatchOuts } from "#lib/on-call/commands/write-watch-outs";
import { getHandOff } from "#lib/on-call/queries/hand-off";
import { readHandOffWork } from "#lib/on-call/queries/hand-off-work";
import { listOwnHandOffs } from "#lib/on-call/queries/own-hand-offs";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeService, makeUser, weeklyLayer } from "#lib/testing/factories";

const { db, setTime, moveTime } = await useDatabase();
const MONDAY = new Date("2026-06-08T07:00:00Z");
const minutesBefore = (minutes: number) => new Date(MONDAY.getTime() - minutes * 60_000);

/** Ann hands over to Ben on Monday 8 June, 09:00 in Berlin, and is on call for a service until then. */
async function handOver() {
  const ann = await makeUser(db, { name: "Ann Lee" });
  const ben = await makeUser(db, { name: "Ben Ng" });
  const cy = await makeUser(db, { name: "Cy" });
  const layer = weeklyLayer([ann.id, ben.id], {
    rotation: { virtualStart: "2026-06-01T09:00", unit: "week", length: 1, advance: "clock" },
  });
  const schedule = await makeSchedule(db, { definition: { timeZone: "Europe/Berlin", layers: [layer] } });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "schedule", id: schedule.id }] }] });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  return { ann, ben, cy, schedule, policy, service, ref: { scheduleId: schedule.id, at: MONDAY } };
}

beforeEach(() => setTime(minutesBefore(30)));

describe("a hand-off", () => {
  it("says who goes, who comes, since when and until when", async () => {
    const { ann, ben, ref } = await handOver();
    expect(await getHandOff(actAs(db), ref)).toMatchObject({
      isGone: false,
      outgoing: [{ id: ann.id }],
      incoming: [{ id: ben.id }],
      since: "2026-06-01T07:00:00.000Z",
      until: "2026-06-15T07:00:00.000Z",
      opensAt: "2026-06-08T06:00:00.000Z",
      watchOuts: null,
      acceptances: [],
    });
  });

  it("is gone when the schedule no longer changes hands then, and what was written is kept", async () => {
    const { ann, cy, schedule, ref } = await handOver();
    await writeWatchOuts(actAs(db, ann), { ...ref, text: "The queue is long.", startedFrom: null });
    await createOverride(actAs(db, cy), {
      scheduleId: schedule.id,
      userId: cy.id,
      startsAt: minutesBefore(20).toISOString(),
      endsAt: "2026-06-09T07:00:00Z",
    });
    expect(await getHandOff(actAs(db), ref)).toMatchObject({
      isGone: true,
      watchOuts: { text: "The queue is long.", by: { id: ann.id } },
    });
  });

  it("shows what is open on its services or with those who go, what sleeps, what was changed and how busy it was", async () => {
    const { ann, ben, schedule, service, ref } = await handOver();
    await setTime(minutesBefore(300));
    const elsewhere = await makeService(db);
    const declare = (title: string, serviceId: string) =>
      declareIncident(actAs(db, ben), { title, serviceId });
    const open = await declare("Checkout is slow", service.id);
    await acknowledgeIncident(actAs(db, ann), { incidentId: open.id });
    await declare("Not theirs", elsewhere.id);
    await createOverride(actAs(db, ben), {
      scheduleId: schedule.id,
      userId: ben.id,
      startsAt: "2026-06-20T07:00:00Z",
      endsAt: "2026-06-21T07:00:00Z",
    });
    await setTime(minutesBefore(30));
    const handOff = await getHandOff(actAs(db), ref);
    const work = await readHandOffWork(actAs(db), {
      scheduleId: schedule.id,
      outgoing: handOff.outgoing.map(({ id }) => id),
      since: new Date(handOff.since),
      at: MONDAY,
    });
    expect(work.open.map(({ title }) => title)).toEqual(["Checkout is slow"]);
    expect(work.snoozed).toEqual([]);
    expect(work.changes).toMatchObject([{ by: "Ben Ng", action: "create", objectType: "override" }]);
    expect(work.noise).toEqual({
      incidents: 1,
      highUrgency: 1,
      resolvedByThemselves: 0,
      pages: 1,
      services: [{ name: service.name, slug: service.slug, incidents: 1 }],
    });
  });
});

describe("accepting a shift", () => {
  it("is for those who come, from an hour before until it is over, and once", async () => {
    const { ann, ben, ref } = await handOver();
    await setTime(minutesBefore(61));
    await expect(acceptShift(actAs(db, ben), ref)).rejects.toMatchObject({ code: "invalid" });
    expect(await getHandOff(actAs(db, ben), ref)).toMatchObject({ mayAccept: false });
    await setTime(minutesBefore(59));
    await expect(acceptShift(actAs(db, ann), ref)).rejects.toMatchObject({ code: "forbidden" });
    expect(await getHandOff(actAs(db, ann), ref)).toMatchObject({ mayAccept: false });
    expect(await getHandOff(actAs(db, ben), ref)).toMatchObject({ mayAccept: true });
    await Promise.all([acceptShift(actAs(db, ben), ref), acceptShift(actAs(db, ben), ref)]);
    expect(await getHandOff(actAs(db, ben), ref)).toMatchObject({
      mayAccept: false,
      acceptances: [{ person: { id: ben.id } }],
    });
    await moveTime({ days: 8 });
    await expect(acceptShift(actAs(db, ben), ref)).rejects.toMatchObject({ code: "invalid" });
  });

  it("needs somebody who may respond", async () => {
    const { ref } = await handOver();
    await expect(acceptShift(actAs(db, { role: "observer" }), ref)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      writeWatchOuts(actAs(db, { role: "observer" }), { ...ref, text: "x", startedFrom: null }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("what to watch out for", () => {
  it("is kept, changed, and never overwritten unseen", async () => {
    const { ann, ben, ref } = await handOver();
    await writeWatchOuts(actAs(db, ann), { ...ref, text: "One", startedFrom: null });
    await expect(
      writeWatchOuts(actAs(db, ben), { ...ref, text: "Two", startedFrom: null }),
    ).rejects.toMatchObject({ code: "conflict" });
    const { watchOuts } = await getHandOff(actAs(db), ref);
    await writeWatchOuts(actAs(db, ben), { ...ref, text: "Two", startedFrom: watchOuts?.at ?? null });
    expect(await getHandOff(actAs(db), ref)).toMatchObject({
      watchOuts: { text: "Two", by: { id: ben.id } },
    });
  });
});

describe("one's own hand-offs", () => {
  it("are those from an hour before to an hour after, of both sides, without what one has accepted", async () => {
    const { ann, ben, cy, schedule, ref } = await handOver();
    const sides = async (who: typeof ann) =>
      (await listOwnHandOffs(actAs(db, who))).map(({ side, isAccepted }) => `${side} ${isAccepted}`);
    expect([await sides(ann), await sides(ben), await sides(cy)]).toEqual([
      ["outgoing false"],
      ["incoming false"],
      [],
    ]);
    const [own] = await listOwnHandOffs(actAs(db, ben));
    expect(own).toMatchObject({ schedule: { slug: schedule.slug }, at: MONDAY.toISOString() });
    await acceptShift(actAs(db, ben), ref);
    expect([await sides(ann), await sides(ben)]).toEqual([["outgoing true"], []]);
    await setTime(new Date(MONDAY.getTime() + 61 * 60_000));
    expect(await sides(ann)).toEqual([]);
    await setTime(minutesBefore(61));
    expect(await sides(ann)).toEqual([]);
  });
});
