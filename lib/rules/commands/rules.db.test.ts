import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { alerts, inbox } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { auditRecords } from "#db/schema/organisation";
import { ruleHits, ruleSetVersions } from "#db/schema/rules";
import { integrations } from "#db/schema/services";
import { laneOf } from "#lib/events/lane";
import { publishRules } from "#lib/rules/commands/publish-rules";
import type { RulePath } from "#lib/rules/rule";
import { actAs, makeService, makeUser } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { pathOf, ruleOf } from "#lib/testing/rules";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, rule_sets, rule_counts cascade`;
});

async function publish(
  place: { serviceId: string } | { kind: "global" | "router" | "unrouted" },
  path: RulePath,
) {
  const manager = await makeUser(db, { role: "manager" });
  const input = "serviceId" in place ? { kind: "service" as const, ...place } : { ...place, serviceId: null };
  const [last] = await sql`
    select version from rule_sets where kind = ${input.kind} and service_id is not distinct from ${input.serviceId}`;
  const expectedVersion = Number(last?.version ?? 0);
  return publishRules(actAs(db, manager), { ...input, path, reason: "Less noise", expectedVersion });
}

const disk = { dedupKey: "disk", source: "db-7", customDetails: { env: "test" } };

describe("a service's rules", () => {
  test("suppress an event, and its trace names the rule and the version that did", async () => {
    const { service, integration } = await makeScene(db);
    await publish({ serviceId: service.id }, pathOf([]));
    const set = await publish(
      { serviceId: service.id },
      pathOf([ruleOf("quiet", `event.custom_details.env == "test"`, { suppress: true, tags: ["test"] })]),
    );
    await accept(db, integration.id, disk, { dedupKey: "memory" });
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect((await story(db)).incident.title).toBe("Symptom memory");
    const [event] = await db.select().from(inbox).where(eq(inbox.dedupKey, "disk"));
    expect(event?.trace?.[0]).toMatchObject({
      step: "rules",
      outcome: "matched",
      rule: { setId: set.id, version: 2, ruleId: "quiet" },
    });
    expect(event?.trace?.[0]?.because).toContain("Rule quiet");
    expect(await db.select().from(ruleHits)).toMatchObject([{ ruleId: "quiet", hits: 1, shadowHits: 0 }]);
  });

  test("only watch where they are in shadow", async () => {
    const { service, integration } = await makeScene(db);
    await publish(
      { serviceId: service.id },
      pathOf([ruleOf("quiet", null, { suppress: true }, { shadow: true })]),
    );
    await accept(db, integration.id, disk);
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect(await db.select().from(ruleHits)).toMatchObject([{ hits: 0, shadowHits: 1 }]);
  });

  test("pause what ends by itself, and open the rest in time", async () => {
    const { service, integration } = await makeScene(db);
    await publish(
      { serviceId: service.id },
      pathOf([ruleOf("wait", null, { pauseSeconds: 120, urgency: "low" })]),
    );
    await accept(db, integration.id, { dedupKey: "a" }, { dedupKey: "b" });
    await tick(db);
    await accept(db, integration.id, { dedupKey: "a", action: "resolve" });
    await moveTime({ minutes: 2 });
    await tick(db);
    expect(await db.select().from(incidents)).toMatchObject([{ title: "Symptom b", urgency: "low" }]);
  });

  test("let events through from more than three in ten minutes on", async () => {
    const { service, integration } = await makeScene(db);
    const often = ruleOf("often", null, {}, { threshold: { moreThan: 3, withinSeconds: 600 } });
    await publish({ serviceId: service.id }, pathOf([often, ruleOf("else", null, { suppress: true })]));
    await accept(db, integration.id, ...["a", "b", "c"].map((dedupKey) => ({ dedupKey })));
    await tick(db);
    await moveTime({ minutes: 9 });
    await accept(db, integration.id, { dedupKey: "d" });
    await tick(db);
    expect((await story(db)).incident.title).toBe("Symptom d");
    await moveTime({ minutes: 11 });
    await accept(db, integration.id, { dedupKey: "e" });
    await tick(db);
    expect(await db.select().from(incidents)).toHaveLength(1);
    expect(await db.select().from(alerts).where(eq(alerts.suppressed, true))).toHaveLength(4);
  });

  test("never cost an event: types that don't fit are a warning, and the rule doesn't match", async () => {
    const { service, integration } = await makeScene(db);
    await publish(
      { serviceId: service.id },
      pathOf([ruleOf("odd", `event.summary > 3`, { suppress: true })]),
    );
    await accept(db, integration.id, disk);
    await tick(db);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    const [event] = await db.select().from(inbox);
    expect(event?.trace?.[0]).toMatchObject({ step: "rules", outcome: "warning" });
  });

  test("read the source's own message, and hours of the week", async () => {
    const { service, integration } = await makeScene(db);
    const rule = ruleOf("raw", `raw.alert.team == "web" && now.during("Mon-Sun 00:00 to 00:00 Etc/UTC")`, {
      suppress: true,
    });
    await publish({ serviceId: service.id }, pathOf([rule]));
    await accept(db, integration.id, disk);
    await db.update(inbox).set({ raw: JSON.stringify({ alert: { team: "web" } }) });
    await tick(db);
    expect(await db.select().from(incidents)).toEqual([]);
  });
});

describe("routed events", () => {
  test("pass the global rules, the router and the rules of the service they are routed to", async () => {
    const { integration, policy } = await makeScene(db);
    const target = await makeService(db, { escalationPolicyId: policy.id, name: "Checkout" });
    await db.update(integrations).set({ isRouted: true });
    await publish(
      { kind: "global" },
      pathOf([
        ruleOf("drop", `event.custom_details.env == "test"`, { drop: true }),
        ruleOf("loud", null, { severity: "info" }),
      ]),
    );
    const dynamicRoute = {
      lookUpBy: "name" as const,
      path: "event.custom_details.service",
      pattern: "^svc-(.+)$",
    };
    await publish({ kind: "router" }, pathOf([ruleOf("by-name", null, { dynamicRoute })]));
    await publish(
      { serviceId: target.id },
      pathOf([ruleOf("low", `event.severity == "info"`, { urgency: "low" })]),
    );
    await accept(
      db,
      integration.id,
      disk,
      { dedupKey: "cart", customDetails: { service: "svc-checkout" } },
      { dedupKey: "lost", customDetails: { service: "svc-nowhere" } },
    );
    await tick(db);
    const found = await db.select().from(incidents).orderBy(incidents.title);
    expect(found).toMatchObject([
      { title: "Symptom cart", serviceId: target.id, urgency: "low" },
      { title: "Symptom lost", serviceId: integration.serviceId, urgency: "high" },
    ]);
    const [dropped] = await db.select().from(inbox).where(eq(inbox.dedupKey, "disk"));
    expect(dropped).toMatchObject({ outcome: "drop", alertId: null });
    expect(dropped?.trace?.[0]).toMatchObject({ outcome: "dropped", rule: { ruleId: "drop" } });
  });
});

describe("rules that make deduplication keys", () => {
  const byHost = pathOf([
    ruleOf("by-host", null, {
      writes: [
        { field: "dedup_key", key: null, from: { kind: "template", template: "host {{event.source}}" } },
      ],
    }),
  ]);

  test("make one alert of many keys, in the order in which the events came, whatever lanes they waited in", async () => {
    const { service, integration } = await makeScene(db);
    await publish({ serviceId: service.id }, byHost);
    const keys = Array.from({ length: 32 }, (_, index) => `k${index}`);
    expect(new Set(keys.map((key) => laneOf(integration.id, key))).size).toBeGreaterThan(8);
    for (let round = 0; round < 2; round += 1) {
      await accept(
        db,
        integration.id,
        ...keys.map((dedupKey, index) => ({
          dedupKey: `${dedupKey}-${round}`,
          action: index % 2 === 0 ? ("trigger" as const) : ("resolve" as const),
        })),
      );
      await Promise.all([tick(db, "one"), tick(db, "two"), tick(db, "three")]);
    }
    const [counts] = await sql`
      select count(*)::int as alerts, count(*) filter (where status = 'resolved')::int as resolved,
        sum(occurrence_count)::int as occurrences from alerts`;
    expect(counts).toMatchObject({ alerts: 32, resolved: 32, occurrences: 32 });
    expect(await sql`select 1 from inbox where processed_at is null`).toEqual([]);
    expect(await sql`select reason from intake_errors`).toEqual([]);
  });
});

describe("publishing", () => {
  test("refuses an outdated version, and keeps every version with its reason", async () => {
    const { service } = await makeScene(db);
    const manager = actAs(db, await makeUser(db, { role: "manager" }));
    const input = {
      kind: "service" as const,
      serviceId: service.id,
      path: pathOf([]),
      reason: "First",
      expectedVersion: 0,
    };
    const { id } = await publishRules(manager, input);
    await expect(publishRules(manager, input)).rejects.toThrow(/version 1/);
    await publishRules(manager, { ...input, reason: "Second", expectedVersion: 1 });
    const versions = await db.select().from(ruleSetVersions).orderBy(ruleSetVersions.version);
    expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
      [1, "First"],
      [2, "Second"],
    ]);
    await expect(sql`update rule_set_versions set path = '{}'`).rejects.toThrow(/rule_set_versions/);
    const published = await db.select().from(auditRecords).where(eq(auditRecords.objectId, id));
    expect(published.map(({ action }) => action)).toEqual(["publish", "publish"]);
  });

  test("names the rule whose condition can't be understood, and what is not there", async () => {
    const { service } = await makeScene(db);
    await expect(
      publish({ serviceId: service.id }, pathOf([ruleOf("x", "event.summary ==")])),
    ).rejects.toMatchObject({
      fields: [{ field: "x", message: expect.stringContaining("character 17") }],
    });
    const route = pathOf([ruleOf("x", null, { routeTo: "GONE" })]);
    await expect(publish({ kind: "router" }, route)).rejects.toThrow(/service that is not there/);
  });

  test("is for those who configure", async () => {
    const { service } = await makeScene(db);
    const ctx = actAs(db, await makeUser(db, { role: "responder" }));
    const input = {
      kind: "service" as const,
      serviceId: service.id,
      path: pathOf([]),
      reason: "x",
      expectedVersion: 0,
    };
    await expect(publishRules(ctx, input)).rejects.toThrow(/role manager/);
  });
});
