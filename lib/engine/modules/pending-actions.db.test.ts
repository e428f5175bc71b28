import { asc, eq, sql as query } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidents, pendingActions } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { useDatabase } from "#lib/testing/database";
import { runOnce } from "#lib/testing/paging";
import { accept, makeScene, pagesOf, tick } from "#lib/testing/scenario";

const { db, moveTime, now, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
});

/** So many incidents that Ann has, and that go to Ben now. */
async function begin(count: number): Promise<string[]> {
  const { integration } = await makeScene(db, { autoResolveTimeout: null });
  await accept(
    db,
    integration.id,
    ...Array.from({ length: count }, (_, index) => ({ dedupKey: `key ${index}` })),
  );
  await tick(db);
  await moveTime({ minutes: 30 });
  const rows = await db.select({ id: incidents.id }).from(incidents).orderBy(asc(incidents.id));
  return rows.map(({ id }) => id);
}

async function escalated(): Promise<string[]> {
  const rows = await db
    .select({ incidentId: pages.incidentId })
    .from(pages)
    .where(eq(pages.reason, "escalated"))
    .orderBy(asc(pages.incidentId));
  return rows.flatMap(({ incidentId }) => incidentId ?? []);
}

describe("due actions", () => {
  test("are executed for all others when one incident's can't be, and that one is put off", async () => {
    const [bad = "", ...good] = await begin(3);
    await db
      .update(incidents)
      .set({ policySnapshot: query`'{}'::jsonb` })
      .where(eq(incidents.id, bad));
    const { nextAt } = await runOnce(db, runPendingActions);
    expect(await escalated()).toEqual(good);
    expect(nextAt?.getTime()).toBeGreaterThan((await now()).getTime() + 50_000);
    const [before] = await db
      .select({ policy: incidents.policySnapshot })
      .from(incidents)
      .where(eq(incidents.id, good[0] ?? ""));
    await db.update(incidents).set({ policySnapshot: before!.policy }).where(eq(incidents.id, bad));
    await moveTime({ minutes: 1 });
    await tick(db);
    expect(await escalated()).toEqual([bad, ...good]);
  });

  test("of incidents that somebody holds keep no other waiting", async () => {
    const ids = await begin(101);
    const held = ids.slice(0, 100);
    await db
      .update(pendingActions)
      .set({ at: query`at + interval '1 second'` })
      .where(eq(pendingActions.incidentId, ids[100] ?? ""));
    await moveTime({ seconds: 1 });
    await db.transaction(async (tx) => {
      await tx.execute(
        query`select 1 from incidents where id = any(${query.param(held)}::text[]) for update`,
      );
      await runOnce(db, runPendingActions);
    });
    expect(await escalated()).toEqual([ids[100]]);
    await tick(db);
    expect(await escalated()).toEqual(ids);
  });

  test("of another generation are void: they do nothing and are gone", async () => {
    await begin(1);
    await db.update(pendingActions).set({ generation: 0 });
    expect(await runOnce(db, runPendingActions)).toMatchObject({ nextAt: null });
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect(await db.select().from(pendingActions)).toEqual([]);
  });

  test("come once each, in any number of engines", async () => {
    const ids = await begin(20);
    await Promise.all(["a", "b", "c", "d"].map((engineId) => tick(db, engineId)));
    expect(await escalated()).toEqual(ids);
  });
});
