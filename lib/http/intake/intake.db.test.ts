import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeEvents, inbox, intakeErrors } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { rotateIntegrationKey } from "#lib/services/commands/rotate-integration-key";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration, makeService } from "#lib/testing/factories";

const { db } = await useDatabase();
let key = "";
let integrationId = "";
let serviceId = "";

beforeAll(async () => {
  const service = await makeService(db, { name: "Odds feed" });
  const integration = await makeIntegration(db, { serviceId: service.id });
  ({ key, id: integrationId } = integration);
  serviceId = service.id;
});
afterAll(stopIntake);

const TRIGGER = {
  event_action: "trigger",
  payload: { summary: "CPU is high", source: "web-1", severity: "critical" },
};

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await handleIntake(
    new Request(`http://touchline.test${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

function rowsOf(dedupKey: string) {
  return db.select().from(inbox).where(eq(inbox.dedupKey, dedupKey)).orderBy(inbox.id);
}

describe("POST /v2/enqueue", () => {
  test("stores a trigger and echoes its key", async () => {
    const answer = await post("/v2/enqueue", { routing_key: key, dedup_key: "cpu", ...TRIGGER });
    expect(answer.status).toBe(202);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.body).toEqual({ status: "success", message: "Event processed", dedup_key: "cpu" });
    const [row] = await rowsOf("cpu");
    expect(row).toMatchObject({ integrationId, source: "events_v2", action: "trigger", processedAt: null });
    expect(row?.event).toMatchObject({ summary: "CPU is high", dedupKey: "cpu" });
  });

  test("gives an event without a key a unique one of 32 hex digits", async () => {
    const keys = await Promise.all(
      [1, 2].map(async () => (await post("/v2/enqueue", { routing_key: key, ...TRIGGER })).body.dedup_key),
    );
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[0]).not.toBe(keys[1]);
    expect(await rowsOf(String(keys[0]))).toHaveLength(1);
  });

  test.each(["/v2/enqueue/", "//v2//enqueue", "/v2/enqueue?x=1"])("accepts %s", async (path) => {
    expect((await post(path, { routing_key: key, ...TRIGGER })).status).toBe(202);
  });

  test("reads what is compressed, and refuses a bomb", async () => {
    const send = (body: Buffer) =>
      handleIntake(
        new Request("http://touchline.test/v2/enqueue", {
          method: "POST",
          headers: { "content-encoding": "gzip" },
          body: new Uint8Array(body),
        }),
      );
    const event = JSON.stringify({ routing_key: key, dedup_key: "small", ...TRIGGER });
    expect((await send(gzipSync(event))).status).toBe(202);
    expect(await rowsOf("small")).toHaveLength(1);
    expect((await send(gzipSync(Buffer.alloc(20_000_000)))).status).toBe(413);
  });

  test.each(["application/json; charset=utf-8", "application/vnd.api+json", "text/plain"])(
    "accepts JSON called %s",
    async (type) => {
      const answer = await post("/v2/enqueue", { routing_key: key, ...TRIGGER }, { "content-type": type });
      expect(answer.status).toBe(202);
    },
  );

  test("lists everything that is wrong with an event", async () => {
    const answer = await post("/v2/enqueue", { routing_key: "short", event_action: "trigger", payload: {} });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "invalid event",
      message: "Event object is invalid",
      errors: [
        "Length of 'routing_key' is incorrect (should be 32 characters)",
        "'payload.summary' is missing or blank",
        "'payload.source' is missing or blank",
        "'payload.severity' is missing or blank",
      ],
    });
  });

  test("takes the key that was just replaced beside the new one, known to this process or not", async () => {
    const rotated = await makeIntegration(db, { serviceId });
    const send = async (routingKey: string) =>
      (await post("/v2/enqueue", { routing_key: routingKey, dedup_key: "rotated", ...TRIGGER })).status;
    expect(await send(rotated.key)).toBe(202);
    const fresh = await rotateIntegrationKey(actAs(db), rotated.id);
    expect([await send(rotated.key), await send(fresh.key)]).toEqual([202, 202]);
    const rows = await rowsOf("rotated");
    expect(rows.map(({ integrationId: id }) => id)).toEqual([rotated.id, rotated.id, rotated.id]);
  });

  test("refuses a well-formed key that nobody has", async () => {
    const answer = await post("/v2/enqueue", { routing_key: "0".repeat(32), ...TRIGGER });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "invalid event",
      message: "Event object is invalid",
      errors: ["Invalid routing key"],
    });
  });

  test.each(["", "{", "not json"])("refuses %j, which is not JSON", async (text) => {
    const answer = await post("/v2/enqueue", text);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      status: "Unrecognized object",
      message: "Event object format is unrecognized",
      errors: ["JSON parse error"],
    });
  });

  test("takes 524288 bytes and not one more", async () => {
    const event = { routing_key: key, dedup_key: "large", ...TRIGGER, filler: "" };
    const room = 524_288 - Buffer.byteLength(JSON.stringify(event));
    const fitting = await post("/v2/enqueue", { ...event, filler: "x".repeat(room) });
    const larger = await post("/v2/enqueue", { ...event, filler: "x".repeat(room + 1) });
    expect(fitting.status).toBe(202);
    expect(larger.status).toBe(413);
    expect(larger.body).toMatchObject({ status: "invalid event", message: "Event object is invalid" });
    expect(await rowsOf("large")).toHaveLength(1);
  });

  test("answers other methods with 405", async () => {
    const response = await handleIntake(new Request("http://touchline.test/v2/enqueue"));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
    expect(await response.json()).toMatchObject({ message: "Method not allowed" });
  });
});

describe("POST /generic/2010-04-15/create_event.json", () => {
  const path = "/generic/2010-04-15/create_event.json";

  test("stores a trigger whose source is the service when there is no client", async () => {
    const answer = await post(path, {
      service_key: key,
      event_type: "trigger",
      incident_key: "disk",
      description: "Disk is full",
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: "success", message: "Event processed", incident_key: "disk" });
    const [row] = await rowsOf("disk");
    expect(row?.source).toBe("events_v1");
    expect(row?.event).toMatchObject({ source: "Odds feed", severity: "critical" });
  });

  test("lists what is wrong", async () => {
    const answer = await post(path, { service_key: key, event_type: "shout" });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([
      "event_type is invalid (must be one of: trigger acknowledge resolve)",
    ]);
  });
});

describe("POST /v2/change/enqueue", () => {
  test("stores a change event of the key's service", async () => {
    const answer = await post("/v2/change/enqueue", {
      routing_key: key,
      payload: {
        summary: "Deploy 42",
        source: "ci",
        timestamp: "2026-01-02T03:04:05Z",
        custom_details: { a: 1 },
      },
      links: [{ href: "https://ci.example.com/42", text: "Build" }],
    });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ status: "success", message: "Change event processed" });
    const [row] = await db.select().from(changeEvents);
    expect(row).toMatchObject({
      serviceId,
      integrationId,
      summary: "Deploy 42",
      source: "ci",
      at: new Date("2026-01-02T03:04:05Z"),
      customDetails: { a: 1 },
      links: [{ href: "https://ci.example.com/42", text: "Build" }],
    });
    expect(row?.receivedAt).toBeInstanceOf(Date);
  });

  test("takes no change for later than it was told", async () => {
    const payload = { summary: "Planned", timestamp: "2999-01-01T00:00:00Z" };
    expect((await post("/v2/change/enqueue", { routing_key: key, payload })).status).toBe(202);
    const [row] = await db.select().from(changeEvents).where(eq(changeEvents.summary, "Planned"));
    expect(row?.at).toEqual(row?.receivedAt);
  });

  test("refuses a change without a summary", async () => {
    const answer = await post("/v2/change/enqueue", { routing_key: key, payload: {} });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(["'payload.summary' is missing or blank"]);
  });
});

describe("POST /integrations/<source>/<key>", () => {
  const alert = (name: string) => ({ status: "firing", labels: { alertname: name }, fingerprint: name });

  test("stores every alert of a notification and sets aside what it can't read", async () => {
    const answer = await post(`/integrations/alertmanager/${key}`, {
      status: "firing",
      alerts: [alert("one"), "nonsense", alert("two")],
    });
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      status: "success",
      accepted: 2,
      rejected: [{ index: 1, reason: "The alert is not a JSON object" }],
      ignored: 0,
    });
    const stored = await db
      .select({ action: inbox.action })
      .from(inbox)
      .where(eq(inbox.source, "alertmanager"));
    expect(stored).toHaveLength(2);
    const [error] = await db
      .select()
      .from(intakeErrors)
      .where(eq(intakeErrors.reason, "The alert is not a JSON object"));
    expect(error).toMatchObject({ integrationId, source: "alertmanager", contentType: "application/json" });
    expect(JSON.parse(error?.body ?? "")).toEqual({ status: "firing", alerts: ["nonsense"] });
  });

  test("keeps a body that is no JSON at all, even one that Postgres can't store", async () => {
    const answer = await post(`/integrations/grafana/${key}`, "broken \u0000 {", {
      "content-type": "text/plain",
    });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, reason: "The body is not JSON" }],
    });
    const [error] = await db.select().from(intakeErrors).where(eq(intakeErrors.source, "grafana"));
    expect(error).toMatchObject({ reason: "The body is not JSON", body: "broken \ufffd {" });
  });

  test("knows no other formats", async () => {
    expect((await post(`/integrations/carrier-pigeon/${key}`, {})).status).toBe(404);
    expect(await post("/integrations/grafana/", {})).toMatchObject({
      status: 404,
      body: { errors: ["An integration's address is /integrations/<source>/<key>"] },
    });
  });

  test("refuses keys that are malformed or unknown", async () => {
    expect((await post("/integrations/grafana/short", {})).status).toBe(400);
    const unknown = await post(`/integrations/grafana/${"f".repeat(32)}`, {});
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors).toEqual(["Invalid routing key"]);
  });
});

test("a thousand requests at once are all in the inbox, once each", async () => {
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      post("/v2/enqueue", { routing_key: key, dedup_key: `many-${index}`, ...TRIGGER }),
    ),
  );
  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  const rows = await db.select({ dedupKey: inbox.dedupKey }).from(inbox);
  const many = rows.map((row) => row.dedupKey).filter((dedupKey) => dedupKey.startsWith("many-"));
  expect(many).toHaveLength(1000);
  expect(new Set(many).size).toBe(1000);
});

test("events of one key are stored in the order in which they came", async () => {
  const actions = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? "trigger" : "resolve"));
  await Promise.all(
    actions.map((action, index) =>
      post("/v2/enqueue", {
        routing_key: key,
        dedup_key: "ordered",
        event_action: action,
        payload: { ...TRIGGER.payload, summary: `Word ${index}` },
      }),
    ),
  );
  const rows = await rowsOf("ordered");
  expect(rows.map(({ event }) => (event as { summary: string }).summary)).toEqual(
    actions.map((_, index) => `Word ${index}`),
  );
  expect(new Set(rows.map(({ lane }) => lane)).size).toBe(1);
});

describe("keys", () => {
  const statusOf = async (routingKey: string) =>
    (await post("/v2/enqueue", { routing_key: routingKey, ...TRIGGER })).status;

  test("a new key works at once, even if it was asked for before it existed", async () => {
    const early = "a1".repeat(16);
    expect(await statusOf(early)).toBe(400);
    await makeIntegration(db, { serviceId, key: early });
    await expect.poll(() => statusOf(early)).toBe(202);
  });

  test("a deleted or replaced key stops working; the key of a disabled service goes on", async () => {
    const service = await makeService(db);
    const integration = await makeIntegration(db, { serviceId: service.id });
    expect(await statusOf(integration.key)).toBe(202);
    await db.update(services).set({ disabledAt: new Date() }).where(eq(services.id, service.id));
    expect(await statusOf(integration.key)).toBe(202);
    const replaced = "b2".repeat(16);
    await db.update(integrations).set({ key: replaced }).where(eq(integrations.id, integration.id));
    await expect.poll(() => statusOf(integration.key)).toBe(400);
    expect(await statusOf(replaced)).toBe(202);
    await db.update(integrations).set({ deletedAt: new Date() }).where(eq(integrations.id, integration.id));
    await expect.poll(() => statusOf(replaced)).toBe(400);
  });

  test("the keys of a deleted service stop working", async () => {
    const service = await makeService(db);
    const integration = await makeIntegration(db, { serviceId: service.id });
    expect(await statusOf(integration.key)).toBe(202);
    await db.update(services).set({ deletedAt: new Date() }).where(eq(services.id, service.id));
    await expect.poll(() => statusOf(integration.key)).toBe(400);
  });
});
