import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { SeedCredentials } from "#db/seed/credentials";
import { verifyPassword } from "#lib/auth/password";
import { SYSTEM } from "#lib/context";
import { PROBLEM_TITLE } from "#db/seed/demo/titles";
import { detectRecurrences } from "#lib/problems/commands/detect-recurrences";
import { fillTemplates } from "#lib/problems/commands/fill-templates";
import { listProblems } from "#lib/problems/queries/problems";
import { listSuggestions } from "#lib/problems/queries/suggestions";
import { templateOf } from "#lib/problems/template";
import { listReviews } from "#lib/reviews/queries/reviews";
import { listPeople } from "#lib/people/queries/people";
import { actAs } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";

const { db, url } = await useDatabase();

let credentials: SeedCredentials;

beforeAll(async () => {
  credentials = await seedDemo(url, { password: "a long enough password" });
}, 120_000);

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
      union all select 'entry after the resolve, or a verdict before', count(*)::int from log_entries l
        join incidents i on i.id = l.incident_id
        where (l.at > coalesce(i.resolved_at, 'infinity')) <> (l.type = 'page_verdict')
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

  test("has a fault that recurs, which the search proposes as a problem", async () => {
    const ctx = { db, actor: SYSTEM };
    while ((await fillTemplates(ctx)) > 0);
    expect(await detectRecurrences(ctx)).toBeGreaterThanOrEqual(1);
    const labels = (await listSuggestions(ctx)).map(({ label }) => label);
    expect(labels).toContain(templateOf(PROBLEM_TITLE));
    const { problems } = await listProblems(ctx);
    expect(problems).toMatchObject([{ state: "known_error", openActions: 1 }]);
    expect(problems[0]?.incidentCount).toBeGreaterThan(5);
    expect((await listReviews(ctx)).reviews.map(({ state, isOverdue }) => [state, isOverdue])).toEqual([
      ["draft", true],
      ["published", false],
    ]);
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

  test("has people of every readiness, and phones that nothing is sent to", async () => {
    const { people } = await listPeople(actAs(db));
    expect(new Set(people.map(({ readiness }) => readiness.state))).toEqual(
      new Set(["ready", "partly", "unreachable"]),
    );
    const phones = await db.execute(sql`select secret from contact_methods where channel = 'push'`);
    expect(phones.length).toBeGreaterThan(10);
    expect(phones.every(({ secret }) => secret === null)).toBe(true);
  });

  test("is about customers for one incident in eight", async () => {
    const [row] = await db.execute<{ share: number }>(sql`
      select avg((detection_source = 'customer_report')::int)::float8 as share from incident_facts where not auto_resolved`);
    expect(row?.share).toBeGreaterThan(0.08);
    expect(row?.share).toBeLessThan(0.17);
  });

  test("answers with sign-ins and keys that work", async () => {
    expect(credentials.users.map(({ role }) => role)).toEqual([
      "owner",
      "admin",
      "manager",
      "responder",
      "stakeholder",
    ]);
    for (const { email, password, role } of credentials.users) {
      const [person] = await db.$client`select password_hash, role from users where email = ${email}`;
      expect(person?.role).toBe(role);
      expect(await verifyPassword(person?.password_hash, password)).toBe(true);
    }
    const keys = credentials.integrations.map(({ key }) => key);
    const [known] =
      await db.$client`select count(*)::int as count from integrations where key = any(${keys})`;
    expect(known?.count).toBe(40);
    expect(credentials.integrations[0]?.service).toBe("Bet slip");
  });
});
