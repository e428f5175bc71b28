import { expect } from "@playwright/test";
import { outbox } from "#db/schema/organisation";
import { CONNECTION_LOST, startCuttableProxy } from "#e2e/cuttable-proxy";
import { test } from "#e2e/fixtures";

test("what happens in one window shows in another within a second", async ({ duty, signInAs, trigger }) => {
  const acting = await signInAs(duty.person);
  const watching = await signInAs(duty.backup);
  const took: number[] = [];
  // The best of three tells a push from a poll, also where the machine is busy with other tests.
  for (let round = 0; round < 3; round += 1) {
    const incident = await trigger(`Round ${round}`);
    await Promise.all([acting.goto(incident.path), watching.goto(incident.path)]);
    await expect(watching.getByRole("button", { name: "Live" })).toBeVisible();
    const acknowledge = acting.getByRole("button", { name: /^Acknowledge –/ });
    await expect(acknowledge).toBeVisible();
    const shown = watching.getByText(`Acknowledged by ${duty.person.name}`).waitFor();
    await acknowledge.click();
    await acting.getByText(`Acknowledged by ${duty.person.name}`).waitFor();
    const acknowledged = Date.now();
    await shown;
    took.push(Date.now() - acknowledged);
  }
  expect(Math.min(...took), `milliseconds, of ${took.join(", ")}`).toBeLessThan(1_000);
});

test("a list in use is not moved under the pointer: what is new waits behind a button", async ({
  api,
  duty,
  signInAs,
  trigger,
}) => {
  const first = await trigger("First");
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}&status=open`);
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: `#${first.number}` });
  await row.focus();
  await api.send(duty.service.key, { summary: "Second" });
  await page.getByRole("button", { name: "1 change – show" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Second" })).toBeVisible();
});

test("a cut event stream is shown, and what was missed appears without a reload", async ({
  app,
  api,
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
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    await page.evaluate(() => document.documentElement.setAttribute("data-not-reloaded", ""));

    proxy.cut("streams");
    await expect(page.getByRole("button", { name: "Reconnecting" })).toBeVisible();
    await api.setStatus(incident.id, "resolved");
    proxy.mend();
    await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    await expect(page.locator("html[data-not-reloaded]")).toHaveCount(1);
  } finally {
    await proxy.stop();
  }
});

test("without a stream the page asks the server every so often, and says so", async ({
  app,
  api,
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
    await page.clock.install();
    await page.goto(`${proxy.url}${incident.path}`);
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    proxy.cut("streams");
    await expect(page.getByRole("button", { name: "Reconnecting" })).toBeVisible();
    await api.setStatus(incident.id, "resolved");
    await page.clock.runFor(31_000);
    await expect(page.getByRole("button", { name: /^(Polling|Reconnecting)$/ })).toBeVisible();
    await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  } finally {
    await proxy.stop();
  }
});

test("a server that is gone for a while leaves the page standing, marked as old", async ({
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
    await page.clock.install();
    await page.goto(`${proxy.url}${incident.path}`);
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
    proxy.cut("everything");
    await expect(page.getByRole("button", { name: "Reconnecting" })).toBeVisible();
    await page.clock.runFor(95_000);
    await expect(page.getByRole("heading", { level: 1, name: "Checkout answers 5xx" })).toBeVisible();
    proxy.mend();
    await expect(page.getByRole("button", { name: "Live" })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole("heading", { level: 1, name: "Checkout answers 5xx" })).toBeVisible();
  } finally {
    await proxy.stop();
  }
});

test("while incidents change without a pause, a new one still shows and a click still opens it", async ({
  api,
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const elsewhere = await trigger("Elsewhere");
  const page = await signInAs(duty.person);
  // A server that is busy: whatever began anew at each change would never be shown.
  await page.route(/[?&]_rsc=/, async (route) => {
    const response = await route.fetch();
    await new Promise((answered) => setTimeout(answered, 600));
    await route.fulfill({ response });
  });
  const service = await api.makeService([{ delayMinutes: 30, people: [duty.backup] }]);
  await page.goto(`/incidents?service=${service.id}`);
  await expect(page.getByText("No incidents match these filters")).toBeVisible();
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();

  let watched = true;
  const changing = (async () => {
    while (watched) {
      await database.insert(outbox).values({
        at: new Date(),
        topic: "incident.updated",
        entityType: "incident",
        entityId: elsewhere.id,
        data: {},
      });
      await new Promise((pace) => setTimeout(pace, 15));
    }
  })();
  try {
    const summary = "Checkout answers 5xx";
    await api.send(service.key, { summary });
    await page.getByRole("row").getByRole("link", { name: summary }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(summary);
  } finally {
    watched = false;
    await changing;
    await page.unrouteAll({ behavior: "wait" });
  }
});
