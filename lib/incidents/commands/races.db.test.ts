import { asc, eq, inArray, sql as query } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts } from "#db/schema/events";
import {
  incidentAcknowledgements,
  incidentAssignments,
  incidents,
  pendingActions,
} from "#db/schema/incidents";
import { deliveries, pages } from "#db/schema/notifications";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { applyUpdates } from "#lib/incidents/commands/apply-updates";
import { declareIncident } from "#lib/incidents/commands/declare";
import { mergeIncidents } from "#lib/incidents/commands/merge";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";
import { untilBlocked, whileHeld } from "#lib/testing/held";
import { runOnce } from "#lib/testing/paging";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
});

/** One incident for each key, by its key. */
async function begin(...dedupKeys: string[]) {
  const scene = await makeScene(db, { autoResolveTimeout: null });
  await accept(db, scene.integration.id, ...dedupKeys.map((dedupKey) => ({ dedupKey })));
  await tick(db);
  const rows = await db.select({ key: alerts.dedupKey, id: alerts.incidentId }).from(alerts);
  const idOf = new Map(rows.map(({ key, id }) => [key, id ?? ""]));
  return { ...scene, idOf: (key: string) => idOf.get(key) ?? "" };
}

const waiting = () => db.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.state, "queued"));
const outcomes = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status);

/** Open alerts on resolved incidents: what their monitor says next would reach nobody. */
async function lostAlerts(): Promise<unknown[]> {
  return db
    .select({ key: alerts.dedupKey })
    .from(alerts)
    .innerJoin(incidents, eq(incidents.id, alerts.incidentId))
    .where(query`${alerts.status} = 'triggered' and ${incidents.status} = 'resolved'`);
}

describe("two people acknowledge at once", () => {
  test("both have it, in the order they came, and nobody is paged any more", async () => {
    const { ann, ben, idOf } = await begin("disk");
    const incidentId = idOf("disk");
    const results = await whileHeld(
      db,
      [incidentId],
      [ann, ben].map((person) => () => acknowledgeIncident(actAs(db, person), { incidentId })),
    );
    expect(outcomes(results)).toEqual(["fulfilled", "fulfilled"]);
    const people = [ann.id, ben.id].toSorted();
    for (const table of [incidentAcknowledgements, incidentAssignments]) {
      const rows = await db.select({ userId: table.userId }).from(table).orderBy(asc(table.userId));
      expect(rows.map(({ userId }) => userId)).toEqual(people);
    }
    expect((await story(db)).log).toEqual(["trigger", "assign", "acknowledge", "acknowledge"]);
    expect(await waiting()).toEqual([]);
    expect(await db.select({ type: pendingActions.type }).from(pendingActions)).toEqual([
      { type: "unacknowledge" },
    ]);
  });
});

describe("an acknowledgement and the escalation", () => {
  test("that waits for it is not executed: the engine passes the incident by and finds nothing left", async () => {
    const { ann, idOf } = await begin("disk");
    await moveTime({ minutes: 30 });
    const incidentId = idOf("disk");
    const engine = async () => {
      await runOnce(db, runPendingActions);
    };
    const acknowledge = async () => {
      await acknowledgeIncident(actAs(db, ann), { incidentId });
    };
    expect(outcomes(await whileHeld(db, [incidentId], [acknowledge, engine]))).toEqual([
      "fulfilled",
      "fulfilled",
    ]);
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
  });

  test("at the same moment: whichever was first, it is acknowledged and no page goes on", async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `key ${index}`);
    const { ann, idOf } = await begin(...keys);
    await moveTime({ minutes: 30 });
    await Promise.all([
      tick(db),
      ...keys.map((key) => acknowledgeIncident(actAs(db, ann), { incidentId: idOf(key) })),
    ]);
    expect(await db.select({ status: incidents.status }).from(incidents)).toEqual(
      keys.map(() => ({ status: "acknowledged" })),
    );
    expect(await waiting()).toEqual([]);
    expect(await db.select().from(pages).where(eq(pages.state, "active"))).toEqual([]);
    expect(await db.select().from(pendingActions).where(eq(pendingActions.type, "escalate"))).toEqual([]);
  });
});

describe("a person resolves while the monitor triggers again", () => {
  test.each([
    ["the person is first: the trigger opens a new incident that pages", ["resolve", "event"], 2],
    ["the trigger is first: it is counted, and resolved with the rest", ["event", "resolve"], 1],
  ])("%s", async (_, order, count) => {
    const { ann, integration, idOf } = await begin("disk");
    const incidentId = idOf("disk");
    await accept(db, integration.id, { dedupKey: "disk" });
    const starts: Record<string, () => Promise<unknown>> = {
      resolve: () => resolveIncidents(actAs(db, ann), { incidentIds: [incidentId] }),
      event: () => runOnce(db, processInbox),
    };
    const results = await whileHeld(
      db,
      [incidentId],
      order.map((name) => starts[name]!),
    );
    expect(outcomes(results)).toEqual(["fulfilled", "fulfilled"]);
    const statuses = await db.select({ status: incidents.status }).from(incidents).orderBy(incidents.number);
    expect(statuses.map(({ status }) => status)).toEqual(["resolved", "triggered"].slice(0, count));
    expect(await waiting()).toHaveLength(count - 1);
    expect(await lostAlerts()).toEqual([]);
  });
});

describe("a merge", () => {
  test("and the end of the alerts that it moves: the incident that goes on ends with its last alert", async () => {
    const { ann, integration, idOf } = await begin("disk", "memory");
    const [target, source] = [idOf("disk"), idOf("memory")];
    await accept(db, integration.id, { dedupKey: "memory", action: "resolve" });
    let event: Promise<unknown> = Promise.resolve();
    let other: Promise<unknown> = Promise.resolve();
    const merge = async () => {
      await mergeIncidents(actAs(db, ann), { targetId: target, sourceIds: [source] });
    };
    const endMemory = async () => {
      event = runOnce(db, processInbox);
      await event;
    };
    // Another engine, which ends the target's own alert as soon as the merge is through.
    const endDisk = async () => {
      other = db.transaction(async (tx) => {
        await tx.execute(query`select 1 from incidents where id = ${target} for update`);
        await untilBlocked(db, 1, event);
        await tx
          .update(alerts)
          .set({ status: "resolved", resolvedAt: query`now()` })
          .where(eq(alerts.dedupKey, "disk"));
      });
      await other;
    };
    expect(outcomes(await whileHeld(db, [source], [merge, endMemory, endDisk]))).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    const rows = await db.select({ id: incidents.id, status: incidents.status }).from(incidents);
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(
      new Map([
        [target, "resolved"],
        [source, "resolved"],
      ]),
    );
    expect(await lostAlerts()).toEqual([]);
  });

  test("into each other at once: one goes through, the other is refused", async () => {
    const { ann, idOf } = await begin("disk", "memory");
    const [a, b] = [idOf("disk"), idOf("memory")];
    const into = (targetId: string, sourceId: string) => () =>
      mergeIncidents(actAs(db, ann), { targetId, sourceIds: [sourceId] });
    const results = await whileHeld(db, [a, b], [into(a, b), into(b, a)]);
    expect(outcomes(results)).toEqual(["fulfilled", "rejected"]);
    expect(await lostAlerts()).toEqual([]);
  });
});

test("two requests that change the same incidents in opposite order both go through", async () => {
  const { idOf } = await begin("disk", "memory");
  const ids = [idOf("disk"), idOf("memory")];
  const rename = (title: string, incidentIds: string[]) => () =>
    applyUpdates(
      actAs(db),
      incidentIds.map((incidentId) => ({ incidentId, title })),
    );
  for (let round = 0; round < 5; round += 1) {
    const results = await Promise.allSettled([
      rename(`A ${round}`, ids)(),
      rename(`B ${round}`, ids.toReversed())(),
    ]);
    expect(outcomes(results)).toEqual(["fulfilled", "fulfilled"]);
  }
  const titles = await db
    .selectDistinct({ title: incidents.title })
    .from(incidents)
    .where(inArray(incidents.id, ids));
  expect(titles).toHaveLength(1);
});

test("the same key declared twice at once through the API opens one incident and refuses the other", async () => {
  const { service } = await begin("disk");
  const user = await makeUser(db);
  const ctx = actAs(db, user);
  const api = { ...ctx, actor: { ...ctx.actor, channel: "api" } };
  const declare = () =>
    declareIncident(api, { title: "Checkout fails", serviceId: service.id, incidentKey: "checkout" });
  const results = await Promise.allSettled([declare(), declare(), declare()]);
  expect(outcomes(results).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
  const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  for (const reason of refused)
    expect(reason).toMatchObject({ code: "invalid", fields: [{ field: "incident_key" }] });
});

test("a form that is sent twice at once, or again, declares one incident", async () => {
  const { service } = await begin("disk");
  const ctx = actAs(db, await makeUser(db));
  const form = { title: "Checkout fails", serviceId: service.id, formToken: "0".repeat(32) };
  const opened = await Promise.all([declareIncident(ctx, form), declareIncident(ctx, form)]);
  opened.push(await declareIncident(ctx, form));
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  const other = await declareIncident(ctx, { ...form, formToken: "1".repeat(32) });
  expect(other.id).not.toBe(opened[0]?.id);
});
