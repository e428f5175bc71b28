import { like } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { database } from "#db/client";
import { inbox } from "#db/schema/events";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { useDatabase } from "#lib/testing/database";
import { makeIntegration } from "#lib/testing/factories";
import { startTcpProxy } from "#lib/testing/tcp-proxy";

const { db, url } = await useDatabase();
const proxy = await startTcpProxy(url);
vi.stubEnv("DATABASE_URL", proxy.url);
vi.stubEnv("LOG_LEVEL", "silent");
let key = "";

beforeAll(async () => {
  ({ key } = await makeIntegration(db));
  // The key is known from here on.
  await send("warm-up");
});
afterAll(async () => {
  await stopIntake();
  await database().$client.end({ timeout: 1 });
  await proxy.close();
});

async function send(dedupKey: string, { padding = 0, routingKey = key } = {}) {
  const response = await handleIntake(
    new Request("http://touchline.test/v2/enqueue", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        routing_key: routingKey,
        dedup_key: dedupKey,
        event_action: "trigger",
        payload: {
          summary: "CPU is high",
          source: "web-1",
          severity: "critical",
          custom_details: { padding: "x".repeat(padding) },
        },
      }),
    }),
  );
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: (await response.json()) as Record<string, unknown>,
  };
}

async function stored(prefix: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ dedupKey: inbox.dedupKey })
    .from(inbox)
    .where(like(inbox.dedupKey, `${prefix}%`));
  return rows.map(({ dedupKey }) => dedupKey).toSorted();
}

test("an event waits through a failover", async () => {
  proxy.cut();
  const answers = Promise.all(["failover-1", "failover-2"].map((dedupKey) => send(dedupKey)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await stored("failover")).toEqual([]);
  proxy.resume();
  expect((await answers).map(({ status }) => status)).toEqual([202, 202]);
  expect(await stored("failover")).toEqual(["failover-1", "failover-2"]);
});

test("without a database nothing is accepted: 503, with a time to try again", async () => {
  proxy.cut();
  const [known, unknown] = await Promise.all([
    send("outage"),
    send("outage", { routingKey: "c3".repeat(16) }),
  ]);
  proxy.resume();
  for (const answer of [known, unknown]) {
    expect(answer.status).toBe(503);
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
    expect(answer.body).toMatchObject({ status: "unavailable" });
  }
  expect((await send("after-outage")).status).toBe(202);
});

test("a database that hangs fills the queue, not the memory: 429, and all that was accepted is kept", async () => {
  const padding = 500_000;
  proxy.stall();
  const sent = Array.from({ length: 150 }, (_, index) => send(`overload-${index}`, { padding }));
  const refused = await Promise.race(
    sent.map(async (answer) =>
      (await answer).status === 429 ? answer : new Promise<never>(() => undefined),
    ),
  );
  proxy.resume();
  expect(Number(refused.retryAfter)).toBeGreaterThan(0);
  expect(refused.body).toMatchObject({ status: "throttle exceeded" });
  const answers = await Promise.all(sent);
  const accepted = answers.filter(({ status }) => status === 202);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
  expect(accepted.length).toBeGreaterThan(90);
  expect(await stored("overload")).toEqual(accepted.map(({ body }) => String(body.dedup_key)).toSorted());
});
