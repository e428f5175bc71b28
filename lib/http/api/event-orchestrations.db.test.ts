import { beforeEach, describe, expect, it } from "vitest";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { makeService } from "#lib/testing/factories";
import { accept, makeScene, tick } from "#lib/testing/scenario";

const { db, sql } = await useDatabase();
const { call, makeKey } = await publicApi(db);

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, rule_sets, cache_variables cascade`;
});

/** As Terraform sends it: every key, most of them empty. */
const EMPTY = {
  drop_event: false,
  route_to: "",
  dynamic_route_to: null,
  suppress: false,
  suspend: null,
  priority: "",
  annotate: "",
  pagerduty_automation_actions: [],
  automation_actions: [],
  incident_custom_field_updates: null,
  severity: "",
  event_action: "",
  variables: [],
  extractions: [],
  escalation_policy: null,
};
const rule = (values: object, actions: object = {}) => ({
  label: "Quiet at night",
  disabled: false,
  conditions: [],
  ...values,
  actions: { ...EMPTY, ...actions },
});

async function put(path: string, rules: unknown[], more: object = {}) {
  return call("PUT", path, {
    body: {
      orchestration_path: {
        type: "service",
        sets: [{ id: "start", rules }],
        catch_all: { actions: EMPTY },
        ...more,
      },
    },
  });
}

describe("the rules of a service", () => {
  it("are there before the first, put, echoed without drift, and judge events", async () => {
    const { service, integration } = await makeScene(db);
    const path = `/event_orchestrations/services/${service.id}`;
    const empty = await call("GET", path);
    expect(empty.at("orchestration_path")).toMatchObject({
      type: "service",
      parent: { id: service.id, type: "service_reference" },
      sets: [{ id: "start", rules: [] }],
      catch_all: { actions: {} },
      version: "0",
    });
    const conditions = [
      { expression: "event.summary matches part 'STAGING'" },
      { expression: 'event.custom_details.env == "test" && event.severity != "critical"' },
    ];
    const actions = {
      suppress: true,
      variables: [{ name: "host", path: "event.source", type: "regex", value: "^(\\w+)" }],
      extractions: [
        { target: "event.custom_details.node", template: "{{variables.host}}" },
        { target: "event.component", source: "raw_event.part", regex: ".*" },
      ],
      annotate: "On {{event.source}}",
    };
    const answer = await put(path, [rule({ conditions }, actions)]);
    expect(answer.status).toBe(200);
    expect(answer.at("warnings")).toEqual([]);
    const read = await call("GET", path);
    expect(read.at("orchestration_path.sets.0.rules.0")).toMatchObject({
      label: "Quiet at night",
      conditions,
      actions,
    });
    expect(read.at("orchestration_path.version")).toBe("1");
    // What is read can be put again, and is the same.
    await call("PUT", path, { body: read.body });
    const again = await call("GET", path);
    expect(again.at("orchestration_path.sets")).toEqual(read.at("orchestration_path.sets"));
    await accept(db, integration.id, { dedupKey: "a", summary: "Disk of staging" }, { dedupKey: "b" });
    await tick(db);
    const rows = await sql`select dedup_key, suppressed, custom_details from alerts order by dedup_key`;
    expect(rows).toMatchObject([
      { dedup_key: "a", suppressed: true, custom_details: { node: "host" } },
      { dedup_key: "b", suppressed: false },
    ]);
  });

  it("keep the form in which people wrote them, and have versions", async () => {
    const { service } = await makeScene(db);
    const path = `/event_orchestrations/services/${service.id}`;
    await put(path, [rule({ conditions: [{ expression: "event.source exists" }] }, { severity: "info" })], {
      reason: "First",
    });
    const first = await call("GET", path);
    await put(path, [], { reason: "None" });
    const versions = await call("GET", `${path}/versions`);
    expect(versions.at("versions")).toMatchObject([
      { version: "2", in_force: true, reason: "None" },
      { version: "1", in_force: false, reason: "First", published_by: "Test key" },
    ]);
    const old = await call("GET", `${path}/versions/1`);
    expect(old.at("orchestration_path.sets")).toEqual(first.at("orchestration_path.sets"));
    expect((await call("GET", `${path}/versions/9`)).status).toBe(404);
    expect((await call("GET", `${path}/versions/x`)).status).toBe(404);
  });

  it("refuse what can't be understood or done, naming it, an outdated version, and strangers", async () => {
    const { service } = await makeScene(db);
    const path = `/event_orchestrations/services/${service.id}`;
    const broken = await put(path, [rule({ conditions: [{ expression: "event.summary matches 'x" }] })]);
    expect([broken.status, JSON.stringify(broken.body)]).toEqual([400, expect.stringContaining("character")]);
    const dropping = await put(path, [rule({}, { drop_event: true })]);
    expect(JSON.stringify(dropping.body)).toContain("only global rules can");
    const automation = await put(path, [
      rule({}, { automation_actions: [{ name: "x", url: "https://x.test" }] }),
    ]);
    expect(JSON.stringify(automation.body)).toContain("webhook_ids");
    const target = await put(path, [rule({}, { extractions: [{ target: "event.nope", template: "x" }] })]);
    expect(target.status).toBe(400);
    expect((await put(path, [rule({})], { version: "7" })).status).toBeGreaterThanOrEqual(400);
    expect((await call("GET", "/event_orchestrations/services/QNOSUCH0000000")).status).toBe(404);
    const reading = await makeKey({ scope: "read" });
    const body = { orchestration_path: { sets: [] } };
    expect((await call("PUT", path, { body, key: reading })).status).toBe(403);
    expect((await call("GET", path, { key: reading })).status).toBe(200);
    expect((await call("GET", `${path}/active`)).body).toEqual({ active: true });
    expect((await call("PUT", `${path}/active`, { body: { active: false } })).status).toBe(400);
  });
});

describe("the orchestration of all", () => {
  it("routes, and drops before", async () => {
    const { integration, policy } = await makeScene(db);
    const target = await makeService(db, { escalationPolicyId: policy.id, name: "Checkout" });
    await sql`update integrations set is_routed = true`;
    const list = await call("GET", "/event_orchestrations");
    const id = list.text("orchestrations.0.id");
    expect(list.at("orchestrations.0.integrations")).toEqual([
      { id: integration.id, label: integration.name },
    ]);
    const base = `/event_orchestrations/${id}`;
    const dynamic = { lookup_by: "service_name", source: "event.custom_details.service", regex: ".*" };
    expect(
      (await put(`${base}/router`, [rule({ label: "By name" }, { dynamic_route_to: dynamic })])).status,
    ).toBe(200);
    await put(`${base}/global`, [
      rule({ conditions: [{ expression: "event.class matches 'noise'" }] }, { drop_event: true }),
    ]);
    await accept(
      db,
      integration.id,
      { dedupKey: "cart", customDetails: { service: "checkout" } },
      { dedupKey: "junk", class: "NOISE" },
    );
    await tick(db);
    expect(await sql`select dedup_key, service_id from alerts`).toEqual([
      { dedup_key: "cart", service_id: target.id },
    ]);
    const router = await call("GET", `${base}/router`);
    expect(router.at("orchestration_path.sets.0.rules.0.actions.dynamic_route_to")).toEqual(dynamic);
    expect((await call("GET", `${base}/unrouted`)).at("orchestration_path.version")).toBe("0");
    expect((await call("GET", base)).at("orchestration.routes")).toBe(1);
    expect((await call("GET", "/event_orchestrations/QNOSUCH0000000")).status).toBe(404);
  });
});

describe("cache variables", () => {
  it("are made, set from outside, cleared and deleted; those of a service are not those of all", async () => {
    const { service } = await makeScene(db);
    const all = (await call("GET", "/event_orchestrations")).text("orchestrations.0.id");
    const base = `/event_orchestrations/${all}/cache_variables`;
    const body = {
      cache_variable: {
        name: "game_is_live",
        conditions: [],
        configuration: { type: "external_data", data_type: "boolean", ttl_seconds: 3600 },
      },
    };
    const made = await call("POST", base, { body });
    expect(made.status).toBe(201);
    const one = `${base}/${made.text("cache_variable.id")}`;
    expect((await call("PUT", `${one}/data`, { body: { cache_variable_data: true } })).status).toBe(200);
    expect((await call("GET", `${one}/data`)).body).toEqual({ cache_variable_data: true });
    expect((await call("PUT", `${one}/data`, { body: { cache_variable_data: "x" } })).status).toBe(400);
    const renamed = await call("PUT", one, { body: { cache_variable: { name: "live" } } });
    expect(renamed.at("cache_variable")).toMatchObject({ ...body.cache_variable, name: "live", value: true });
    expect((await call("DELETE", `${one}/data`)).status).toBe(204);
    expect((await call("GET", `${one}/data`)).body).toEqual({ cache_variable_data: null });
    const ofService = `/event_orchestrations/services/${service.id}/cache_variables`;
    const counting = {
      name: "failures",
      conditions: [{ expression: "event.severity matches 'critical'" }],
      configuration: { type: "trigger_event_count", ttl_seconds: 600 },
    };
    const own = await call("POST", ofService, { body: { cache_variable: counting } });
    expect(own.at("cache_variable")).toMatchObject({ ...counting, value: 0 });
    expect((await call("GET", `${base}/${own.text("cache_variable.id")}`)).status).toBe(404);
    expect((await call("GET", ofService)).at("total")).toBe(1);
    expect((await call("DELETE", one)).status).toBe(204);
    expect((await call("GET", base)).at("cache_variables")).toEqual([]);
    const missing = await call("POST", base, { body: { cache_variable: { name: "x" } } });
    expect(JSON.stringify(missing.body)).toContain("Configuration is missing");
  });
});
