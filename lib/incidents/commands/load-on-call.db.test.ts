import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { settings } from "#db/schema/organisation";
import { users } from "#db/schema/people";
import { loadOnCallFacts } from "#lib/incidents/commands/load-on-call";
import { snapshotPolicy } from "#lib/escalation/queries/snapshot-policies";
import { useDatabase } from "#lib/testing/database";
import { makePolicy, makeSchedule, makeTeam, makeUser } from "#lib/testing/factories";

const { db, now } = await useDatabase();
const owner = await makeUser(db, { name: "Olga", role: "owner" });
const ann = await makeUser(db, { name: "Ann" });
const reader = await makeUser(db, { name: "Reader", role: "observer" });
const gone = await makeUser(db, { name: "Gone", deactivatedAt: new Date("2025-06-01T00:00:00Z") });
const team = await makeTeam(db, { members: [{ userId: ann.id, role: "manager" }, { userId: gone.id }] });
const schedule = await makeSchedule(db, { userIds: [ann.id], name: "Primary" });
const { id: policyId } = await makePolicy(db, {
  teamId: team.id,
  levels: [{ targets: [{ type: "schedule", id: schedule.id }] }],
});

const load = async () => loadOnCallFacts(db, [await snapshotPolicy(db, policyId)], await now());
const setCatchAll = (userId: string) =>
  db
    .insert(settings)
    .values({ key: "catch_all_user_id", value: userId, updatedAt: new Date() })
    .onConflictDoUpdate({ target: settings.key, set: { value: userId } });

describe("loadOnCallFacts", () => {
  it("knows who is on call and why, and the managers of the policy's team", async () => {
    const facts = await load();
    expect(facts.schedules).toEqual(
      new Map([[schedule.id, [{ userId: ann.id, because: "On call in Primary (layer Weekly)" }]]]),
    );
    expect(facts.teamManagers).toEqual(new Map([[team.id, [ann.id]]]));
  });

  it("leaves out who may not be paged: deactivated, or without the right to respond", async () => {
    const { people } = await load();
    expect([...people.keys()].toSorted()).toEqual([owner.id, ann.id].toSorted());
    expect(people.has(reader.id)).toBe(false);
  });

  it("falls back on the person of the settings, and on the owners once they may not be paged", async () => {
    expect((await load()).catchAll).toEqual([owner.id]);
    await setCatchAll(ann.id);
    expect((await load()).catchAll).toEqual([ann.id]);
    await db.update(users).set({ role: "observer" }).where(eq(users.id, ann.id));
    expect((await load()).catchAll).toEqual([owner.id]);
    await setCatchAll(gone.id);
    expect((await load()).catchAll).toEqual([owner.id]);
  });
});
