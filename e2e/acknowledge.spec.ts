import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { CONNECTION_LOST, startCuttableProxy } from "#e2e/cuttable-proxy";
import { test } from "#e2e/fixtures";

const ACTIONS = "**/api/ui/incidents/actions";

/** The region that interrupts a screen reader. */
const assertive = (page: Page) =>
  page.locator('div.sr-only[aria-live="assertive"]').filter({ hasText: /\S/ });

test("one key acknowledges from Home, where focus begins at what waits", async ({
  api,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: `#${incident.number}` });
  await expect(row).toBeFocused();
  await page.keyboard.press("a");
  await expect(row).toContainText("Acknowledged");
  expect((await api.incident(incident.id)).status).toBe("acknowledged");
});

test("the list is worked by keyboard alone", async ({ api, duty, signInAs, trigger }) => {
  const [first, second] = [await trigger("First"), await trigger("Second")];
  const page = await signInAs(duty.person);
  await page.goto("/");
  // Home puts the focus where work waits once it listens to keys.
  await expect(page.getByRole("row").filter({ hasText: `#${first.number}` })).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();
  await page.getByRole("link", { name: /^Mine/ }).press("Enter");
  const row = (number: number) => page.getByRole("row").filter({ hasText: `#${number}` });
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.keyboard.press("j");
  await expect(row(first.number)).toBeFocused();
  await page.keyboard.press("a");
  await expect(row(first.number)).toContainText("Acknowledged");
  expect((await api.incident(first.id)).status).toBe("acknowledged");
  expect((await api.incident(second.id)).status).toBe("triggered");
});

test("nothing looks acknowledged before the server said so", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  const held = Promise.withResolvers<void>();
  await page.route(ACTIONS, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(incident.path);
  await page.getByRole("button", { name: /^Acknowledge –/ }).click();
  await expect(page.getByRole("button", { name: "Acknowledging…" })).toBeVisible();
  await expect(page.getByText("Triggered", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("Acknowledged by")).toHaveCount(0);
  expect((await api.incident(incident.id)).status).toBe("triggered");
  held.resolve();
  await expect(page.getByText(`Acknowledged by ${duty.person.name}`)).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("acknowledged");
});

test("a lost connection is stated at once and the acknowledgement is never queued", async ({
  api,
  app,
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  quiet.expect(CONNECTION_LOST);
  const proxy = await startCuttableProxy(app.url);
  try {
    const incident = await trigger();
    const page = await signInAs(duty.person);
    await page.goto(`${proxy.url}${incident.path}`);
    const acknowledge = page.getByRole("button", { name: /^Acknowledge –/ });
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();

    proxy.cut("everything");
    await acknowledge.click();
    await expect(assertive(page)).toContainText("Not acknowledged: The server could not be reached.");
    await expect(page.getByText("Triggered", { exact: true }).first()).toBeVisible();
    await expect(acknowledge).toBeVisible();

    const writes: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") writes.push(request.url());
    });
    proxy.mend();
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    // Back on the network the page reads again, but acts only when somebody asks it to.
    expect(writes).toEqual([]);
    expect((await api.incident(incident.id)).status).toBe("triggered");

    await acknowledge.click();
    await expect(page.getByText(`Acknowledged by ${duty.person.name}`)).toBeVisible();
  } finally {
    await proxy.stop();
  }
});

test("a failed acknowledgement can be tried again from where it failed", async ({
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  quiet.expect(/ERR_FAILED/);
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.route(ACTIONS, (route) => route.abort(), { times: 1 });
  await page.goto(incident.path);
  await page.getByRole("button", { name: /^Acknowledge –/ }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(`Acknowledged by ${duty.person.name}`)).toBeVisible();
});

test("a server that fails leaves the incident triggered, and says so", async ({
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  quiet.expect(/status of 503/);
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.route(ACTIONS, (route) =>
    route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"detail":"Try later."}' }),
  );
  await page.goto(incident.path);
  await page.getByRole("button", { name: /^Acknowledge –/ }).click();
  await expect(assertive(page)).toContainText("Not acknowledged: Try later.");
  await expect(page.getByText("Triggered", { exact: true }).first()).toBeVisible();
});

test("what somebody else resolved meanwhile is not acknowledged, and the page says why", async ({
  api,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.route(ACTIONS, async (route) => {
    await api.setStatus(incident.id, "resolved");
    await route.continue();
  });
  await page.goto(incident.path);
  await page.getByRole("button", { name: /^Acknowledge –/ }).click();
  await expect(assertive(page)).toContainText(
    `Not acknowledged: #${incident.number}: It is already resolved.`,
  );
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("resolved");
});

test("a bulk acknowledgement tells how many of how many, and which not", async ({ api, duty, signInAs }) => {
  const COUNT = 15;
  const { service, person } = duty;
  for (let event = 0; event < COUNT; event += 1) await api.send(service.key, { summary: `Alarm ${event}` });
  await expect.poll(async () => (await api.incidentsOf(service)).length, { timeout: 15_000 }).toBe(COUNT);
  const [first] = await api.incidentsOf(service);

  const page = await signInAs(person);
  await page.route(ACTIONS, async (route) => {
    await api.setStatus(first!.id, "resolved");
    await route.continue();
  });
  await page.goto(`/incidents?service=${service.id}&status=open`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  const bar = page.getByRole("toolbar", { name: `Actions for ${COUNT} selected incidents` });
  await bar.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText(`Acknowledged ${COUNT - 1} of ${COUNT}.`).first()).toBeVisible();
  await expect(page.getByText(`#${first!.incident_number}: It is already resolved.`).first()).toBeAttached();

  const statuses = (await api.incidentsOf(service)).map(({ status }) => status);
  expect(statuses.filter((status) => status === "acknowledged")).toHaveLength(COUNT - 1);
  expect(statuses.filter((status) => status === "resolved")).toHaveLength(1);
  await expect(page.getByRole("row").filter({ hasText: "Acknowledged" })).toHaveCount(COUNT - 1);
});
