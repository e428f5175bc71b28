import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { seedDemo } from "#db/seed/demo";
import { OWNER_EMAIL } from "#db/seed/owner";
import { findApiCaller } from "#lib/auth/api-key";
import type { Context } from "#lib/context";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { removeDemo } from "#lib/organisation/commands/remove-demo";
import { readDemoSize } from "#lib/organisation/queries/demo";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeService } from "#lib/testing/factories";

const { db, url } = await useDatabase();

let owner: Context;
let apiKey: string;

beforeEach(async () => {
  const [leftover] = await db.select().from(users).where(eq(users.email, OWNER_EMAIL));
  if (leftover)
    await db.$client`truncate users, service_level_policies, game_days, services, teams, incidents, schedules, escalation_policies cascade`;
  ({ apiKey } = await seedDemo(url, { password: "a long enough password" }));
  const [person] = await db.select().from(users).where(eq(users.email, OWNER_EMAIL));
  owner = actAs(db, person!);
}, 120_000);

async function demoRows(): Promise<number> {
  const [row] = await db.$client<{ count: number }[]>`
    select ((select count(*) from users where is_demo) + (select count(*) from teams where is_demo)
      + (select count(*) from services where is_demo) + (select count(*) from integrations where is_demo)
      + (select count(*) from escalation_policies where is_demo) + (select count(*) from schedules where is_demo)
      + (select count(*) from alerts where is_demo) + (select count(*) from incidents where origin = 'demo'))::int as count`;
  return row?.count ?? -1;
}

describe("removeDemo", () => {
  test("leaves the owner, who stays signed in, and the API key", async () => {
    const [before] = await db.select().from(users).where(eq(users.email, OWNER_EMAIL));
    expect(await readDemoSize(owner)).toEqual({ incidents: 1405, services: 40, people: 37 });
    const removed = await removeDemo(owner);
    expect(removed).toMatchObject({ incidents: 1405, services: 40, people: 37, kept: [] });
    expect(await demoRows()).toBe(0);
    expect(await readDemoSize(owner)).toEqual({ incidents: 0, services: 0, people: 0 });
    expect(await db.select().from(users)).toEqual([before]);
    expect(await findApiCaller(db, apiKey)).toMatchObject({ account: true });
    const [left] = await db.$client`
      select (select count(*)::int from log_entries) as log, (select count(*)::int from incident_facts) as facts,
        (select count(*)::int from pages) as pages, (select count(*)::int from deliveries) as deliveries,
        (select count(*)::int from pending_actions) as pending, (select count(*)::int from alerts) as alerts`;
    expect(left).toEqual({ log: 0, facts: 0, pages: 0, deliveries: 0, pending: 0, alerts: 0 });
    expect(await removeDemo(owner)).toMatchObject({ incidents: 0, services: 0, people: 0 });
  });

  test("keeps what is real, and demo people whom it names, deactivated", async () => {
    const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: owner.actor.id! }] }] });
    const service = await makeService(db, { name: "A real service", escalationPolicyId: policy.id });
    const [responder] = await db.select().from(users).where(eq(users.email, "responder@example.com"));
    const [live] = await db.select().from(incidents).where(eq(incidents.status, "triggered")).limit(1);
    await db
      .update(incidents)
      .set({ serviceId: service.id, origin: "event" })
      .where(eq(incidents.id, live!.id));
    await acknowledgeIncident(actAs(db, responder!), { incidentId: live!.id });
    const { kept } = await removeDemo(owner);
    expect(kept).toEqual(expect.arrayContaining([responder!.name]));
    const left = await db.select({ name: services.name }).from(services);
    expect(left).toEqual([{ name: "A real service" }]);
    expect(await db.select({ id: incidents.id }).from(incidents)).toEqual([{ id: live!.id }]);
    const [named] = await db.select().from(users).where(eq(users.id, responder!.id));
    expect(named).toMatchObject({ isDemo: false, deactivatedAt: expect.any(Date) });
    expect(named!.sessionVersion).toBe(responder!.sessionVersion + 1);
  });

  test("refuses, changing nothing, while something real relies on the demo", async () => {
    const [demoService] = await db.select().from(services).where(eq(services.isDemo, true)).limit(1);
    await makeService(db, { name: "Mine", escalationPolicyId: demoService!.escalationPolicyId });
    const [person] = await db.select().from(users).where(eq(users.email, "manager@example.com"));
    await makePolicy(db, { name: "My policy", levels: [{ targets: [{ type: "user", id: person!.id }] }] });
    const before = await demoRows();
    await expect(removeDemo(owner)).rejects.toMatchObject({
      code: "conflict",
      fields: [
        { field: "escalation policy", message: "My policy relies on demo data" },
        { field: "service", message: "Mine relies on demo data" },
      ],
    });
    expect(await demoRows()).toBe(before);
  });

  test("needs the right to manage the organisation", async () => {
    await expect(removeDemo(actAs(db, { role: "manager" }))).rejects.toMatchObject({ code: "forbidden" });
  });
});
