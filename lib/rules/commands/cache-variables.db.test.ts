import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { cacheCounts, cacheValues, cacheVariables } from "#db/schema/cache-variables";
import { alerts } from "#db/schema/events";
import { auditRecords } from "#db/schema/organisation";
import { integrations } from "#db/schema/services";
import { deleteCacheVariable } from "#lib/rules/commands/delete-cache-variable";
import { publishRules } from "#lib/rules/commands/publish-rules";
import { createCacheVariable, updateCacheVariable } from "#lib/rules/commands/save-cache-variable";
import { setCacheValue } from "#lib/rules/commands/set-cache-value";
import { listCacheVariables } from "#lib/rules/queries/cache-variables";
import type { RulePath } from "#lib/rules/rule";
import type { CacheVariableInput } from "#lib/rules/schemas";
import { actAs, makeUser } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { pathOf, ruleOf } from "#lib/testing/rules";
import { accept, makeScene, tick } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();
const manager = actAs(db, { role: "manager" });
const responder = actAs(db, { role: "responder" });

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, rule_sets, rule_counts, cache_variables, audit_records cascade`;
});

async function publish(serviceId: string, path: RulePath) {
  const user = await makeUser(db, { role: "manager" });
  const input = { kind: "service" as const, serviceId, path, reason: "Game days", expectedVersion: 0 };
  return publishRules(actAs(db, user), input);
}

const isSuppressed = async (dedupKey: string) =>
  (await db.select().from(alerts).where(eq(alerts.dedupKey, dedupKey)))[0]?.suppressed;
const live: CacheVariableInput = {
  kind: "external_data",
  name: "game_is_live",
  dataType: "boolean",
  ttlSeconds: 3600,
};
const always = { kind: "cel", expression: "" } as const;

describe("what is set from outside", () => {
  test("is read by rules for its time, and not a moment longer", async () => {
    const { service, integration } = await makeScene(db);
    const { id } = await createCacheVariable(manager, { serviceId: null, variable: live });
    await publish(service.id, pathOf([ruleOf("quiet", "cache.game_is_live == true", { suppress: true })]));
    await accept(db, integration.id, { dedupKey: "before" });
    await tick(db);
    await setCacheValue(responder, { variableId: id, value: true });
    await accept(db, integration.id, { dedupKey: "during" });
    await tick(db);
    await moveTime({ minutes: 60 });
    await accept(db, integration.id, { dedupKey: "after" });
    await tick(db);
    expect(await Promise.all(["before", "during", "after"].map(isSuppressed))).toEqual([false, true, false]);
  });

  test("must be of its type, is cleared by nothing, and each change is on record", async () => {
    const { id } = await createCacheVariable(manager, { serviceId: null, variable: live });
    await expect(setCacheValue(responder, { variableId: id, value: "yes" })).rejects.toMatchObject({
      code: "invalid",
    });
    await setCacheValue(responder, { variableId: id, value: false });
    expect(await listCacheVariables(responder)).toMatchObject([{ name: "game_is_live", value: false }]);
    await setCacheValue(responder, { variableId: id, value: null });
    expect(await listCacheVariables(responder)).toMatchObject([{ value: null, saidAt: null }]);
    const records = await db.select().from(auditRecords).where(eq(auditRecords.action, "set"));
    expect(records).toHaveLength(2);
    await expect(
      setCacheValue(actAs(db, { role: "observer" }), { variableId: id, value: true }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("what an event said last", () => {
  test("is taken while there are no rules at all, and read by those that come", async () => {
    const { service, integration } = await makeScene(db);
    await createCacheVariable(manager, {
      serviceId: null,
      variable: {
        kind: "recent_value",
        name: "release",
        when: always,
        path: "event.summary",
        pattern: "release (\\w+)",
        ttlSeconds: null,
      },
    });
    await accept(db, integration.id, { dedupKey: "said", summary: "release alpha" });
    await tick(db);
    expect(await listCacheVariables(responder)).toMatchObject([{ name: "release", value: "alpha" }]);
    expect(await isSuppressed("said")).toBe(false);
    await publish(service.id, pathOf([ruleOf("quiet", 'cache.release == "alpha"', { suppress: true })]));
    await accept(db, integration.id, { dedupKey: "next", summary: "Queue is long" });
    await tick(db);
    expect(await isSuppressed("next")).toBe(true);
  });

  test("is seen by the rules of the next one, also of another batch and another integration, and of the same", async () => {
    const [first, second] = [await makeScene(db), await makeScene(db)];
    const variable: CacheVariableInput = {
      kind: "recent_value",
      name: "deploying",
      when: { kind: "cel", expression: 'event.class == "deploy"' },
      path: "event.summary",
      pattern: "deploy of (\\w+)",
      ttlSeconds: 600,
    };
    await createCacheVariable(manager, { serviceId: null, variable });
    await publish(
      second.service.id,
      pathOf([ruleOf("hush", "cache.deploying == event.component", { suppress: true })]),
    );
    await publish(
      first.service.id,
      pathOf([ruleOf("own", 'cache.deploying == "cart"', { tags: ["deploying"] })]),
    );
    await accept(db, first.integration.id, { dedupKey: "d", class: "deploy", summary: "deploy of cart" });
    await tick(db);
    await accept(
      db,
      second.integration.id,
      { dedupKey: "cart", component: "cart" },
      { dedupKey: "login", component: "login" },
    );
    await tick(db);
    expect(await Promise.all(["cart", "login"].map(isSuppressed))).toEqual([true, false]);
    const [own] = await db.select().from(alerts).where(eq(alerts.dedupKey, "d"));
    expect(own?.tags).toEqual(["deploying"]);
    await moveTime({ minutes: 10 });
    await accept(db, second.integration.id, { dedupKey: "late", component: "cart" });
    await tick(db);
    expect(await isSuppressed("late")).toBe(false);
  });

  test("of a service is nothing to others", async () => {
    const [mine, other] = [await makeScene(db), await makeScene(db)];
    const variable: CacheVariableInput = {
      kind: "recent_value",
      name: "x",
      when: always,
      path: "event.source",
      pattern: ".+",
    };
    await createCacheVariable(manager, { serviceId: mine.service.id, variable });
    const rules = pathOf([ruleOf("quiet", "cache.x != null", { suppress: true })]);
    await publish(mine.service.id, rules);
    await publish(other.service.id, rules);
    await accept(db, mine.integration.id, { dedupKey: "mine" });
    await accept(db, other.integration.id, { dedupKey: "theirs" });
    await tick(db);
    expect(await Promise.all(["mine", "theirs"].map(isSuppressed))).toEqual([true, false]);
  });
});

describe("a count of triggers", () => {
  const variable: CacheVariableInput = {
    kind: "trigger_event_count",
    name: "broken",
    when: { kind: "cel", expression: 'event.class == "disk"' },
    ttlSeconds: 600,
  };

  test("goes over lanes, engines and batches, forgets what is older, and counts triggers alone", async () => {
    const { service, integration } = await makeScene(db);
    const { id } = await createCacheVariable(manager, { serviceId: null, variable });
    await publish(service.id, pathOf([ruleOf("few", "cache.broken <= 20", { suppress: true })]));
    const disks = Array.from({ length: 20 }, (_, index) => ({ dedupKey: `disk-${index}`, class: "disk" }));
    await accept(db, integration.id, ...disks, { dedupKey: "disk-0", class: "disk", action: "resolve" });
    await Promise.all([tick(db, "one"), tick(db, "two")]);
    const [value] = await listCacheVariables(responder);
    expect(value).toMatchObject({ id, value: 20, saidAt: null });
    await accept(db, integration.id, { dedupKey: "one-more", class: "disk" });
    await tick(db);
    expect(await isSuppressed("one-more")).toBe(false);
    await moveTime({ minutes: 21 });
    await accept(db, integration.id, { dedupKey: "disk-last", class: "disk" });
    await tick(db);
    expect(await listCacheVariables(responder)).toMatchObject([{ value: 1 }]);
    expect(await isSuppressed("disk-last")).toBe(true);
  });

  test("goes with its variable", async () => {
    const { service, integration } = await makeScene(db);
    const { id } = await createCacheVariable(manager, { serviceId: null, variable });
    await publish(service.id, pathOf([ruleOf("any", null, {})]));
    await accept(db, integration.id, { dedupKey: "a", class: "disk" });
    await tick(db);
    expect(await db.select().from(cacheCounts)).toHaveLength(1);
    await deleteCacheVariable(manager, id);
    expect(await db.select().from(cacheCounts)).toEqual([]);
    expect(await db.select().from(cacheValues)).toEqual([]);
  });
});

test("variables are checked, named once in their place, and keep their kind", async () => {
  const { service } = await makeScene(db);
  const make = (changes: object, serviceId: string | null = null) =>
    createCacheVariable(manager, { serviceId, variable: { ...live, ...changes } as CacheVariableInput });
  const { id } = await make({});
  await expect(make({})).rejects.toMatchObject({ code: "invalid", fields: [{ field: "name" }] });
  await make({}, service.id);
  await expect(make({ name: "No Name" })).rejects.toMatchObject({ code: "invalid" });
  await expect(make({ name: "y" }, "QNOSUCH0000000")).rejects.toMatchObject({ code: "not_found" });
  const broken = {
    name: "b",
    kind: "recent_value",
    when: { kind: "cel", expression: "event." },
    path: "vars.x",
    pattern: "(",
  };
  await expect(make(broken)).rejects.toMatchObject({
    fields: [{ field: "when" }, { field: "path" }, { field: "pattern" }],
  });
  const changed = { ...live, name: "live" } as CacheVariableInput;
  await updateCacheVariable(manager, { variableId: id, variable: changed });
  const other = { kind: "trigger_event_count", name: "live", when: always, ttlSeconds: 60 } as const;
  await expect(updateCacheVariable(manager, { variableId: id, variable: other })).rejects.toMatchObject({
    code: "invalid",
  });
  const [row] = await db.select().from(cacheVariables).where(eq(cacheVariables.id, id));
  expect(row).toMatchObject({ name: "live", version: 2 });
  await expect(createCacheVariable(responder, { serviceId: null, variable: live })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("an event that is routed is seen by the variables of the service it is routed to", async () => {
  const [own, target] = [await makeScene(db), await makeScene(db)];
  await db.update(integrations).set({ isRouted: true }).where(eq(integrations.id, own.integration.id));
  const variable: CacheVariableInput = {
    kind: "trigger_event_count",
    name: "seen",
    when: always,
    ttlSeconds: 600,
  };
  await createCacheVariable(manager, { serviceId: target.service.id, variable });
  const user = await makeUser(db, { role: "manager" });
  const path = pathOf([ruleOf("there", null, { routeTo: target.service.id })]);
  await publishRules(actAs(db, user), {
    kind: "router",
    serviceId: null,
    path,
    reason: "Move",
    expectedVersion: 0,
  });
  await accept(db, own.integration.id, { dedupKey: "routed" });
  await tick(db);
  expect(await listCacheVariables(responder)).toMatchObject([{ name: "seen", value: 1 }]);
});
