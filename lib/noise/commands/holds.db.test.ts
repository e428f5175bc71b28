import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts, inbox } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { openPaused } from "#lib/engine/modules/open-paused";
import { processInbox } from "#lib/engine/modules/process-inbox";
import {
  createMaintenance,
  cancelMaintenance,
  endMaintenance,
  extendMaintenance,
} from "#lib/noise/commands/maintenance";
import { openNow } from "#lib/noise/commands/open-now";
import { saveQuietSettings } from "#lib/noise/commands/save-quiet";
import type { QuietSettingsInput } from "#lib/noise/schemas";
import { readNow } from "#lib/context";
import { actAs } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, pagesOf, tick } from "#lib/testing/scenario";
import type { EventInput } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, groupings, alert_templates, maintenance_windows, service_noise, audit_records cascade`;
});

async function scene(quiet: Partial<QuietSettingsInput> = {}) {
  const made = await makeScene(db, { tier: 3 });
  const ctx = actAs(db);
  await saveQuietSettings(ctx, {
    serviceId: made.service.id,
    autoPauseSeconds: null,
    dampFlapping: false,
    stormMode: false,
    ...quiet,
  });
  const send = async (...events: EventInput[]) => {
    await accept(db, made.integration.id, ...events);
    await run();
  };
  return { ...made, ctx, send };
}

const run = () => tick(db, "test", [processInbox, openPaused]);
const probe = (key: string, values: Partial<EventInput> = {}): EventInput => ({
  dedupKey: key,
  summary: "Probe of shop failed",
  severity: "warning",
  ...values,
});
const alertOf = async (key: string) =>
  (await db.select().from(alerts).where(eq(alerts.dedupKey, key)).orderBy(asc(alerts.createdAt))).at(-1)!;
const count = async () => (await db.select().from(incidents)).length;

/** Alerts of one kind that their source ended after a minute. */
async function habit({ send }: Awaited<ReturnType<typeof scene>>, times: number) {
  for (let n = 0; n < times; n += 1) {
    await send(probe(`habit-${n}`));
    await moveTime({ minutes: 1 });
    await send({ dedupKey: `habit-${n}`, action: "resolve" });
    await moveTime({ minutes: 60 });
  }
}

describe("transient alerts", () => {
  test("are held, and never heard of if their source ends them in time", async () => {
    const made = await scene({ autoPauseSeconds: 120 });
    await habit(made, 6);
    const before = await count();
    await made.send(probe("a"));
    expect(await alertOf("a")).toMatchObject({ incidentId: null, pausedBy: "auto_pause" });
    expect((await alertOf("a")).heldBecause).toMatch(
      /^It usually ends by itself: [56] of [56] alerts of its kind/,
    );
    await moveTime({ minutes: 1 });
    await made.send({ dedupKey: "a", action: "resolve" });
    await moveTime({ minutes: 5 });
    await run();
    expect(await count()).toBe(before);
    expect(await alertOf("a")).toMatchObject({ status: "resolved", selfResolved: true, incidentId: null });
  });

  test("open their incident when the time is over and nobody ended them", async () => {
    const made = await scene({ autoPauseSeconds: 120 });
    await habit(made, 6);
    const before = await count();
    await made.send(probe("a"));
    await moveTime({ minutes: 1 });
    await run();
    expect(await count()).toBe(before);
    await moveTime({ minutes: 2 });
    await run();
    expect(await count()).toBe(before + 1);
    expect((await alertOf("a")).incidentId).not.toBeNull();
  });

  test("are let through if they are critical, the service is of tier 1, or it doesn't want that", async () => {
    const made = await scene({ autoPauseSeconds: 120 });
    await habit(made, 6);
    await made.send(probe("critical", { severity: "critical" }));
    expect((await alertOf("critical")).incidentId).not.toBeNull();
    await sql`update services set tier = 1`;
    await made.send(probe("tier-1"));
    expect((await alertOf("tier-1")).incidentId).not.toBeNull();
    await sql`update services set tier = 3`;
    await saveQuietSettings(made.ctx, {
      serviceId: made.service.id,
      autoPauseSeconds: null,
      dampFlapping: false,
      stormMode: false,
    });
    await made.send(probe("off"));
    expect((await alertOf("off")).incidentId).not.toBeNull();
  });

  test("can be opened by hand", async () => {
    const made = await scene({ autoPauseSeconds: 120 });
    await habit(made, 6);
    await made.send(probe("a"));
    const { incidentId } = await openNow(made.ctx, { alertId: (await alertOf("a")).id });
    expect((await alertOf("a")).incidentId).toBe(incidentId);
    await expect(openNow(made.ctx, { alertId: (await alertOf("a")).id })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("flapping", () => {
  test("is held from its fourth turn, but has an incident every half hour", async () => {
    const made = await scene({ dampFlapping: true });
    for (let minute = 0; minute < 40; minute += 2) {
      await made.send(probe("f"));
      await moveTime({ minutes: 1 });
      await made.send({ dedupKey: "f", action: "resolve" });
      await moveTime({ minutes: 1 });
    }
    const rows = await db.select().from(alerts).orderBy(asc(alerts.createdAt));
    expect(rows).toHaveLength(20);
    // Two before it flaps, and one more half an hour after the second.
    expect(rows.filter(({ incidentId }) => incidentId !== null)).toHaveLength(3);
    expect(rows[2]).toMatchObject({ pausedBy: "flapping", incidentId: null });
  });

  test("opens its incident once it has stayed open for ten minutes", async () => {
    const made = await scene({ dampFlapping: true });
    for (let n = 0; n < 2; n += 1) await made.send(probe("f"), { dedupKey: "f", action: "resolve" });
    await made.send(probe("f"));
    expect((await alertOf("f")).incidentId).toBeNull();
    await moveTime({ minutes: 11 });
    await run();
    expect((await alertOf("f")).incidentId).not.toBeNull();
  });
});

describe("maintenance", () => {
  async function inMaintenance(values: object = {}) {
    const made = await scene();
    const now = (await readNow(db)).getTime();
    const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
    const { windowId } = await createMaintenance(made.ctx, {
      summary: "Upgrade",
      serviceIds: [made.service.id],
      startsAt: at(-60),
      endsAt: at(60),
      repeats: "never",
      timeZone: "Etc/UTC",
      lastsUntil: null,
      label: null,
      ...values,
    });
    return { ...made, windowId, at };
  }

  test("holds new alerts back until it ends; what still fires then opens", async () => {
    const { send } = await inMaintenance();
    await send(probe("over", { severity: "critical" }), probe("stays"));
    expect(await alertOf("over")).toMatchObject({ incidentId: null, pausedBy: "maintenance" });
    const [event] = await db.select().from(inbox).where(eq(inbox.dedupKey, "over"));
    expect(event?.trace?.at(-1)?.because).toMatch(
      /^Its service is in maintenance: “Upgrade”; its incident opens at/,
    );
    await send({ dedupKey: "over", action: "resolve" });
    expect((await alertOf("over")).status).toBe("resolved");
    await send(probe("stays"));
    expect(await count()).toBe(0);
    await moveTime({ minutes: 61 });
    await run();
    expect(await count()).toBe(1);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
  });

  test("begins now if it should have begun before; can be ended, made longer, but not taken back", async () => {
    const { ctx, send, windowId } = await inMaintenance();
    await expect(cancelMaintenance(ctx, { windowId })).rejects.toThrow(
      "It has begun: it can be ended, not taken back.",
    );
    await send(probe("a"));
    await extendMaintenance(ctx, { windowId, minutes: 30 });
    await moveTime({ minutes: 61 });
    await run();
    expect(await count()).toBe(0);
    await endMaintenance(ctx, { windowId });
    await run();
    expect(await count()).toBe(1);
    await send(probe("b"));
    expect(await count()).toBe(2);
    await expect(endMaintenance(ctx, { windowId })).rejects.toMatchObject({ code: "conflict" });
  });

  test("can be about some alerts only, and about nothing that is open already", async () => {
    const { send } = await inMaintenance({ label: { field: "component", value: "db" } });
    await send(probe("api", { component: "api" }), probe("db", { component: "DB" }));
    expect((await alertOf("api")).incidentId).not.toBeNull();
    expect((await alertOf("db")).incidentId).toBeNull();
  });

  test("is refused without an end in the future, with unknown services, and to those who only look", async () => {
    const { ctx, at, service } = await inMaintenance();
    const base = {
      summary: "x",
      serviceIds: [service.id],
      startsAt: at(-60),
      endsAt: at(10),
      repeats: "never" as const,
      timeZone: "Etc/UTC",
      lastsUntil: null,
      label: null,
    };
    await expect(createMaintenance(ctx, { ...base, endsAt: at(-10) })).rejects.toMatchObject({
      fields: [{ field: "endsAt" }],
    });
    await expect(createMaintenance(ctx, { ...base, serviceIds: ["QNOSUCHSERVICE"] })).rejects.toMatchObject({
      fields: [{ field: "serviceIds" }],
    });
    await expect(
      createMaintenance(ctx, { ...base, repeats: "daily", endsAt: at(3000) }),
    ).rejects.toMatchObject({ fields: [{ field: "endsAt" }] });
    await expect(createMaintenance(actAs(db, { role: "observer" }), base)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
