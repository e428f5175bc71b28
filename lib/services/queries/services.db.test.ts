import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Database } from "#db/connect";
import { incidents } from "#db/schema/incidents";
import { completePolicy } from "#lib/escalation/policy";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import type { IncidentStatus } from "#lib/incidents/vocabulary";
import { listCatalogue } from "#lib/services/queries/catalogue";
import { readServiceHistory } from "#lib/services/queries/history";
import { getService, listServices } from "#lib/services/queries/services";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeIntegration,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";

const { db, now } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
const HOUR = 3_600_000;

async function makeIncident(
  on: Database,
  serviceId: string,
  status: IncidentStatus,
  createdAt: Date,
): Promise<void> {
  await on.insert(incidents).values({
    id: newId(),
    title: "Something",
    status,
    urgency: "high",
    serviceId,
    policySnapshot: completePolicy({
      policyId: "Q1",
      name: "P",
      numLoops: 0,
      teamId: null,
      fallbackUserId: null,
      levels: [],
    }),
    detectionSource: "monitoring",
    origin: "event",
    startedAt: createdAt,
    detectedAt: createdAt,
    createdAt,
    resolvedAt: status === "resolved" ? createdAt : null,
    lastStatusChangeAt: createdAt,
    updatedAt: createdAt,
  });
}

describe("listServices", () => {
  it("tells health from open incidents and filters by it", async () => {
    const [critical, warning, active, disabled] = [
      await makeService(db, { name: "h-critical" }),
      await makeService(db, { name: "h-warning" }),
      await makeService(db, { name: "h-active" }),
      await makeService(db, { name: "h-disabled", disabledAt: new Date() }),
    ];
    const at = new Date((await now()).getTime() - HOUR);
    await makeIncident(db, critical.id, "triggered", at);
    await makeIncident(db, critical.id, "acknowledged", at);
    await makeIncident(db, warning.id, "acknowledged", at);
    await makeIncident(db, active.id, "resolved", at);
    await makeIncident(db, disabled.id, "triggered", at);
    const { services } = await listServices(ctx, { query: "h-" });
    expect(services.map(({ name, health, openIncidents }) => [name, health, openIncidents])).toEqual([
      ["h-active", "active", { triggered: 0, acknowledged: 0 }],
      ["h-critical", "critical", { triggered: 1, acknowledged: 1 }],
      ["h-disabled", "disabled", { triggered: 1, acknowledged: 0 }],
      ["h-warning", "warning", { triggered: 0, acknowledged: 1 }],
    ]);
    const filtered = await listServices(ctx, { query: "h-", health: ["warning", "disabled"] });
    expect(filtered).toMatchObject({ total: 2, services: [{ name: "h-disabled" }, { name: "h-warning" }] });
  });

  it("finds by part of the name, by team and by whole integration key", async () => {
    const team = await makeTeam(db, { name: "Betting core" });
    const service = await makeService(db, { name: "Odds feed", teamId: team.id, tier: 1 });
    const { key } = await makeIntegration(db, { serviceId: service.id });
    const names = async (filter: Parameters<typeof listServices>[1]) =>
      (await listServices(ctx, filter)).services.map(({ name }) => name);
    expect(await names({ query: "ODDS" })).toEqual(["Odds feed"]);
    expect(await names({ query: "betting" })).toEqual(["Odds feed"]);
    expect(await names({ query: key })).toEqual(["Odds feed"]);
    expect(await names({ query: key.slice(0, 31) })).toEqual([]);
    expect(await names({ name: "odds FEED" })).toEqual(["Odds feed"]);
    expect(await names({ name: "odds" })).toEqual([]);
    expect(await names({ teamIds: [team.id], tiers: [1] })).toEqual(["Odds feed"]);
    expect(await names({ teamIds: [team.id], missingOwner: true })).toEqual([]);
    expect(await names({ query: "nul\0" })).toEqual([]);
  });

  it("pages, and counts all", async () => {
    await makeService(db, { name: "page-a" });
    await makeService(db, { name: "page-b" });
    const { services, total } = await listServices(ctx, { query: "page-", limit: 1, offset: 1 });
    expect([services.map(({ name }) => name), total]).toEqual([["page-b"], 2]);
  });
});

describe("getService", () => {
  it("finds by id and by slug, not what is deleted or no name at all", async () => {
    const service = await makeService(db, { slug: "ledger" });
    const deleted = await makeService(db, { deletedAt: new Date() });
    expect((await getService(ctx, service.id)).id).toBe(service.id);
    expect((await getService(ctx, "ledger")).id).toBe(service.id);
    for (const wrong of [deleted.id, "no-such", "\0"]) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(getService(ctx, wrong)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("listCatalogue", () => {
  it("adds who is on call at each level and how many incidents each day had", async () => {
    const [ann, ben] = [await makeUser(db, { name: "Ann" }), await makeUser(db, { name: "Ben" })];
    const schedule = await makeSchedule(db, { userIds: [ann.id] });
    const policy = await makePolicy(db, {
      levels: [
        {
          targets: [
            { type: "schedule", id: schedule.id },
            { type: "user", id: ann.id },
          ],
        },
        { targets: [{ type: "user", id: ben.id }] },
      ],
    });
    const service = await makeService(db, { name: "Catalogued", escalationPolicyId: policy.id });
    const at = (await now()).getTime();
    await makeIncident(db, service.id, "resolved", new Date(at - HOUR));
    await makeIncident(db, service.id, "resolved", new Date(at - 2 * HOUR));
    await makeIncident(db, service.id, "resolved", new Date(at - 29 * 24 * HOUR - HOUR));
    await makeIncident(db, service.id, "resolved", new Date(at - 31 * 24 * HOUR));
    const { services } = await listCatalogue(ctx, { ids: [service.id] });
    expect(services[0]?.onCall.map(({ level, people }) => [level, people.map(({ name }) => name)])).toEqual([
      [1, ["Ann"]],
      [2, ["Ben"]],
    ]);
    const days = services[0]?.dailyIncidents ?? [];
    expect([days.length, days[29], days[0], days.reduce((sum, day) => sum + day, 0)]).toEqual([30, 2, 1, 3]);
  });
});

describe("readServiceHistory", () => {
  it("marks each day an incident was open on by the gravest", async () => {
    const at = (await now()).getTime();
    const service = await makeService(db, { createdAt: new Date(at) });
    const other = await makeService(db);
    const midnight = Math.floor(at / (24 * HOUR)) * 24 * HOUR;
    const day = (back: number, hours: number) => new Date(midnight - back * 24 * HOUR + hours * HOUR);
    await makeIncident(db, service.id, "resolved", day(4, 20));
    await makeIncident(db, service.id, "resolved", day(10, 1));
    await makeIncident(db, other.id, "resolved", day(20, 1));
    const [first, second] = await db
      .select({ id: incidents.id, createdAt: incidents.createdAt })
      .from(incidents)
      .where(eq(incidents.serviceId, service.id))
      .orderBy(desc(incidents.createdAt));
    await db
      .update(incidents)
      .set({ resolvedAt: day(3, 2), urgency: "high" })
      .where(eq(incidents.id, first!.id));
    await db
      .update(incidents)
      .set({ resolvedAt: day(10, 2), urgency: "low" })
      .where(eq(incidents.id, second!.id));
    await db.transaction((tx) => refreshFacts({ tx }, [first!.id, second!.id]));
    const days = await readServiceHistory(ctx, service.id);
    expect(days).toHaveLength(90);
    expect(days.at(-1)?.date).toBe(new Date(at).toISOString().slice(0, 10));
    const dateOf = (back: number) => day(back, 0).toISOString().slice(0, 10);
    expect(days.filter(({ incidents: open }) => open > 0)).toEqual([
      { date: dateOf(10), incidents: 1, worst: "low", isUnknown: false },
      { date: dateOf(4), incidents: 1, worst: "high", isUnknown: false },
      { date: dateOf(3), incidents: 1, worst: "high", isUnknown: false },
    ]);
    expect(days.filter(({ isUnknown }) => isUnknown)).toHaveLength(79);
  });
});
