import { afterAll, expect, test, vi } from "vitest";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { useDatabase } from "#lib/testing/database";
import { makeIntegration } from "#lib/testing/factories";

const { db } = await useDatabase();
vi.stubEnv("INTAKE_LIMIT_PER_MINUTE", "3");
vi.stubEnv("LOG_LEVEL", "silent");
afterAll(stopIntake);

function post(path: string, body: object): Promise<Response> {
  return handleIntake(
    new Request(`http://touchline.test${path}`, { method: "POST", body: JSON.stringify(body) }),
  );
}

const sendV2 = (key: string) =>
  post("/v2/enqueue", {
    routing_key: key,
    event_action: "trigger",
    payload: { summary: "CPU is high", source: "web-1", severity: "critical" },
  });

test("a key that sends more than its limit is told when to come back; others are not touched", async () => {
  const [busy, quiet] = await Promise.all([makeIntegration(db), makeIntegration(db)]);
  for (let event = 0; event < 3; event += 1) expect((await sendV2(busy.key)).status).toBe(202);
  const throttled = await sendV2(busy.key);
  expect(throttled.status).toBe(429);
  expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(throttled.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect(await throttled.json()).toMatchObject({ status: "throttle exceeded" });
  const v1 = await post("/generic/2010-04-15/create_event.json", {
    service_key: busy.key,
    event_type: "trigger",
    description: "CPU is high",
  });
  expect(v1.status).toBe(403);
  expect((await sendV2(quiet.key)).status).toBe(202);
});

test("every alert of a notification counts", async () => {
  const notify = async (names: string[]) => {
    const { key } = await makeIntegration(db);
    const alerts = names.map((name) => ({ status: "firing", fingerprint: name, labels: { name } }));
    return (await post(`/integrations/alertmanager/${key}`, { status: "firing", alerts })).status;
  };
  expect(await notify(["a", "b", "c"])).toBe(202);
  expect(await notify(["a", "b", "c", "d"])).toBe(429);
});
