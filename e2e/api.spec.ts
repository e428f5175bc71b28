import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

// Plain requests against the server as it runs: what stands between the network and the handlers that other tests call.

test("health and metrics answer", async ({ request }) => {
  const health = await request.get("/api/health");
  expect(health.status()).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true, database: { ok: true }, problems: [] });
  expect((await request.get("/api/live")).status()).toBe(200);
  const metrics = await request.get("/metrics");
  expect(metrics.status()).toBe(200);
  expect(metrics.headers()["content-type"]).toContain("text/plain");
  expect(await metrics.text()).toMatch(/^# HELP touchline_/m);
});

for (const path of ["/v2/enqueue/", "//v2/enqueue", "/v2//enqueue"]) {
  test(`an event is taken at ${path}: clients join addresses carelessly`, async ({ api, app, duty }) => {
    const response = await fetch(`${app.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        routing_key: duty.service.key,
        event_action: "trigger",
        payload: { summary: "Slashes", source: "e2e", severity: "critical" },
      }),
      redirect: "manual",
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ status: "success", message: "Event processed" });
    await expect.poll(async () => (await api.incidentsOf(duty.service)).length).toBe(1);
  });
}

for (const path of ["/api/v2/services/", "//api/v2/services", "/api/v2//services"]) {
  test(`the public API answers at ${path} without a redirect`, async ({ app }) => {
    const response = await fetch(`${app.url}${path}`, {
      headers: { authorization: `Token token=${app.apiKey}` },
      redirect: "manual",
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ limit: 25, offset: 0 });
  });
}

test("errors have the shape that clients of the API expect", async ({ app }) => {
  const get = async (path: string, key: string) => {
    const response = await fetch(`${app.url}${path}`, { headers: { authorization: `Token token=${key}` } });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  expect(await get("/api/v2/services/NOSUCHTHING123", app.apiKey)).toEqual({
    status: 404,
    body: { error: expect.objectContaining({ code: expect.any(Number), message: "Not Found" }) },
  });
  expect((await get("/api/v2/services", "wrong")).status).toBe(401);
  expect((await get("/api/v2/nothing-like-this", app.apiKey)).status).toBe(404);
  const event = await fetch(`${app.url}/v2/enqueue`, { method: "POST", body: "not JSON" });
  expect(event.status).toBe(400);
  expect(await event.json()).toMatchObject({ status: "Unrecognized object" });
});

test("pages carry a policy that lets no script in which the server did not write", async ({ signInAs }) => {
  const page = await signInAs("responder");
  const answer = await page.goto("/");
  const headers = answer?.headers() ?? {};
  const policy = headers["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(nonce).toBeTruthy();
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
  });
  const html = (await answer?.text()) ?? "";
  const scripts = [...html.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);

  const again = await page.goto("/");
  expect(again?.headers()["content-security-policy"], "a nonce is used once").not.toContain(nonce);
});

test("the one-tap page runs nothing, loads nothing and tells nobody its address", async ({ request }) => {
  const answer = await request.get("/a/not-a-token");
  expect(answer.status()).toBe(404);
  expect(answer.headers()).toMatchObject({
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  expect(answer.headers()["content-security-policy"]).toContain("default-src 'none'");
  expect(await answer.text()).not.toContain("<script");
});

test("the browser's own API wants a session", async ({ request }) => {
  for (const path of ["/api/ui/incidents", "/api/events"])
    expect((await request.get(path)).status()).toBe(401);
  const page = await request.get("/settings/api-keys", { maxRedirects: 0 });
  expect([302, 303, 307]).toContain(page.status());
  expect(page.headers()["location"]).toContain("/sign-in?next=%2Fsettings%2Fapi-keys");
});
