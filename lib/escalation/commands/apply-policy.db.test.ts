import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { incidents, logEntries, pendingActions } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { applyPolicy } from "#lib/escalation/commands/apply-policy";
import { updatePolicy } from "#lib/escalation/commands/update-policy";
import { previewApplication } from "#lib/escalation/queries/application-preview";
import { getPolicy } from "#lib/escalation/queries/policies";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { makeScene } from "#lib/testing/scenario";

const { db, sql, now } = await useDatabase();
const owner = actAs(db);
type Scene = Awaited<ReturnType<typeof makeScene>>;
let scene: Scene;

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users cascade`;
  scene = await makeScene(db);
});

const declare = async (title: string) =>
  (await declareIncident(owner, { title, serviceId: scene.service.id })).id;

/** Replaces the levels: letters of who is told, minutes of waiting. */
async function edit(levels: [userId: string, delayMinutes: number][]) {
  const before = await getPolicy(owner, scene.policy.id);
  return updatePolicy(owner, {
    policyId: before.id,
    name: before.name,
    expectedVersion: before.version,
    levels: levels.map(([id, delayMinutes], index) => ({
      id: before.levels[index]?.id ?? null,
      delayMinutes,
      targets: [{ type: "user" as const, id }],
    })),
  });
}

async function paged(incidentId: string): Promise<string[]> {
  const rows = await db
    .select({ name: users.name, reason: pages.reason, state: pages.state })
    .from(pages)
    .innerJoin(users, eq(users.id, pages.userId))
    .where(eq(pages.incidentId, incidentId))
    .orderBy(asc(pages.step));
  return rows.map(({ name, reason, state }) => `${name} ${reason} ${state}`);
}

describe("applying an edited policy to its open incidents", () => {
  it("previews whom that pages and drops, and does exactly that, once", async () => {
    const { ann, ben, policy } = scene;
    const open = await declare("Open");
    const taken = await declare("Taken");
    await acknowledgeIncidents(actAs(db, ann), { incidentIds: [taken] });
    expect((await previewApplication(owner, policy.id)).incidents).toEqual([]);
    const { version } = await edit([
      [ben.id, 5],
      [ann.id, 10],
    ]);
    const preview = await previewApplication(owner, policy.id);
    expect(preview).toMatchObject({
      version,
      incidents: [
        { id: open, paged: [{ name: "Ben" }], dropped: [{ name: "Ann" }] },
        { id: taken, paged: [], dropped: [], nextAt: null },
      ],
    });
    expect(await paged(open)).toEqual(["Ann assigned active"]);
    expect(await applyPolicy(owner, { policyId: policy.id, expectedVersion: version })).toEqual({
      applied: 2,
    });
    expect(await paged(open)).toEqual(["Ann assigned cancelled", "Ben reassigned active"]);
    expect(await paged(taken)).toEqual(["Ann assigned cancelled"]);
    const timers = await db.select().from(pendingActions).where(eq(pendingActions.type, "escalate"));
    expect(timers).toHaveLength(1);
    expect(timers[0]!.at.getTime() - (await now()).getTime()).toBeLessThanOrEqual(5 * 60_000);
    const told = await db.select().from(logEntries).where(eq(logEntries.type, "policy_applied"));
    expect(told).toHaveLength(2);
    expect((await previewApplication(owner, policy.id)).incidents).toEqual([]);
    expect(await applyPolicy(owner, { policyId: policy.id, expectedVersion: version })).toEqual({
      applied: 0,
    });
  });

  it("leaves alone who stays, and refuses a version that was replaced since", async () => {
    const { ann, ben, policy } = scene;
    const open = await declare("Open");
    const { version } = await edit([
      [ann.id, 30],
      [ben.id, 10],
    ]);
    await expect(
      applyPolicy(owner, { policyId: policy.id, expectedVersion: version - 1 }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await applyPolicy(owner, { policyId: policy.id, expectedVersion: version });
    expect(await paged(open)).toEqual(["Ann assigned active"]);
    const [row] = await db.select().from(incidents).where(eq(incidents.id, open));
    expect(row?.policySnapshot.version).toBe(version);
  });

  it("reads copies from before versions were kept, and applies to them (snapshots without the new keys)", async () => {
    const open = await declare("Old");
    await sql`
      update incidents set policy_snapshot = policy_snapshot - '{version,nobodyAnswered}'::text[]
        || jsonb_build_object('levels', (
          select jsonb_agg(l.one - '{id,strategy,cycleMinutes,notifyOnly,condition}'::text[])
          from jsonb_array_elements(policy_snapshot->'levels') as l (one)))
      where id = ${open}`;
    const [row] = await db.select().from(incidents).where(eq(incidents.id, open));
    expect(row?.policySnapshot).toMatchObject({
      version: 0,
      nobodyAnswered: { repeat: false },
      levels: [{ id: null, strategy: "everyone", notifyOnly: false, condition: null }, {}],
    });
    const { version } = await getPolicy(owner, scene.policy.id);
    await applyPolicy(owner, { policyId: scene.policy.id, expectedVersion: version });
    expect(await paged(open)).toEqual(["Ann assigned active"]);
  });
});
