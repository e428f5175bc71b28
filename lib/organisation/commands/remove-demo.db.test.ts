import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidents } from "#db/schema/incidents";
import { users } from "#db/schema/people";
import { services } from "#db/schema/services";
import { seedDemo } from "#db/seed/demo";
import { OWNER_EMAIL } from "#db/seed/owner";
import { findApiCaller } from "#lib/auth/api-key";
import type { Context } from "#lib/context";
import { acknowledge } from "#lib/incidents/commands/acknowledge";
import { removeDemo } from "#lib/organisation/commands/remove-demo";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeService } from "#lib/testing/factories";

const { db, url } = await useDatabase();

let owner: Context;
let apiKey: string;

beforeEach(async () => {
  const [leftover] = await db.select().from(users).where(eq(users.email, OWNER_EMAIL));
  if (leftover)
    await db.$client`truncate users, services, teams, incidents, schedules, escalation_policies cascade`;
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
    const removed = await removeDemo(owner);
    expect(removed).toMatchObject({ incidents: 1405, services: 40, people: 37, kept: [] });
    expect(await demoRows()).toBe(0);
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
    await acknowledge(actAs(db, responder!), { incidentIds: [live!.id] });
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

describe("seedDemo", () => {
  test("tells a story that is consistent with itself", async () => {
    const checks = await db.execute<{ fault: string; count: number }>(sql`
      select 'incident without facts' as fault, count(*)::int from incidents i
        where not exists (select from incident_facts f where f.incident_id = i.id)
      union all select 'in the future', count(*)::int from log_entries where at > now()
      union all select 'incident in the future', count(*)::int from incidents
        where created_at > now() or resolved_at > now()
      union all select 'timer in the past', count(*)::int from pending_actions where at <= now()
      union all select 'timer of another generation', count(*)::int from pending_actions p
        join incidents i on i.id = p.incident_id where p.generation <> i.generation
      union all select 'entry before the trigger', count(*)::int from log_entries l
        join incidents i on i.id = l.incident_id where l.at < i.created_at
      union all select 'entry after the resolve', count(*)::int from log_entries l
        join incidents i on i.id = l.incident_id where l.at > i.resolved_at
      union all select 'resolved but assigned', count(*)::int from incident_assignments a
        join incidents i on i.id = a.incident_id where i.status = 'resolved'
      union all select 'resolved but alerting', count(*)::int from alerts a
        join incidents i on i.id = a.incident_id where i.status = 'resolved' and a.status <> 'resolved'
      union all select 'acknowledged by nobody', count(*)::int from incidents i where i.status = 'acknowledged'
        and not exists (select from incident_acknowledgements k where k.incident_id = i.id)
      union all select 'open page on a closed incident', count(*)::int from pages p
        join incidents i on i.id = p.incident_id where i.status = 'resolved' and p.state = 'active'
      union all select 'sent after it was cancelled', count(*)::int from deliveries d
        join pages p on p.id = d.page_id where d.sent_at > p.ended_at + interval '5 seconds'
      union all select 'acknowledgement clock disagrees', count(*)::int from incident_facts f
        join incidents i on i.id = f.incident_id
        where i.status = 'resolved' and f.first_ack_at is distinct from i.acknowledged_at
      union all select 'paged nobody', count(*)::int from incidents i
        where not exists (select from pages p where p.incident_id = i.id)`);
    expect(checks.filter(({ count }) => count > 0)).toEqual([]);
  });

  test("has one live incident that pages its responder and escalates later", async () => {
    const rows = await db.execute(sql`
      select u.email, p.state, d.state as delivery, a.type, a.at > now() + interval '20 minutes' as later
      from incidents i join incident_assignments s on s.incident_id = i.id join users u on u.id = s.user_id
        join pages p on p.incident_id = i.id join deliveries d on d.page_id = p.id and d.delay_minutes = 0
        join pending_actions a on a.incident_id = i.id and a.type = 'escalate'
      where i.status = 'triggered' and i.urgency = 'high'`);
    expect(rows).toEqual([
      { email: "responder@example.com", state: "active", delivery: "queued", type: "escalate", later: true },
    ]);
  });

  test("is about customers for one incident in eight", async () => {
    const [row] = await db.execute<{ share: number }>(sql`
      select avg((detection_source = 'customer_report')::int)::float8 as share from incident_facts where not auto_resolved`);
    expect(row?.share).toBeGreaterThan(0.08);
    expect(row?.share).toBeLessThan(0.17);
  });
});
