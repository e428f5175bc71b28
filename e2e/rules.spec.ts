import { eq } from "drizzle-orm";
import { expect } from "@playwright/test";
import { alerts } from "#db/schema/events";
import { test } from "#e2e/fixtures";
import { pathOf, ruleOf } from "#lib/testing/rules";

test("a rule is written, tried, published, and hides an event that tells why", async ({
  api,
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger("Nightly report of staging failed");
  const service = duty.service;
  const page = await signInAs("manager");
  await page.goto(`/incidents/${incident.number}`);
  await page.goto(`/services/${service.id}`);
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await expect(page.getByText("No rule here: events go on as they are.")).toBeVisible();

  await test.step("a new rule is only watched", async () => {
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Staging is nobody's business at night");
    await page.getByLabel("Value of line 1").fill("of staging");
    await page.getByLabel("Suppress").first().check();
    await expect(page.getByText("No incident would have been hidden.")).toBeVisible();
  });

  await test.step("let act, the test names the incident it would have hidden", async () => {
    await page.getByLabel("Only watch").uncheck();
    await expect(page.getByText(/Would have hidden 1 incident/)).toBeVisible();
    await expect(page.getByRole("list", { name: "Events tried" })).toContainText(
      "Nightly report of staging failed",
    );
  });

  await test.step("a condition that is not understood can't be published", async () => {
    await page.getByRole("button", { name: "Write it in CEL" }).click();
    const condition = page.getByLabel("Condition in CEL");
    const good = await condition.inputValue();
    await condition.fill("event.summary ==");
    await expect(page.getByText(/Not understood/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Publish" })).toHaveAttribute("aria-disabled", "true");
    await condition.fill(good);
    await expect(page.getByText(/Not understood/)).toBeHidden();
  });

  await test.step("published, it is in force", async () => {
    await page.getByLabel("Why these rules change").fill("Staging woke somebody");
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("list", { name: "Versions, newest first" })).toContainText(
      "Staging woke somebody",
    );
  });

  const dedupKey = await api.send(service.key, { summary: "Backup of staging failed" });
  await expect(async () => {
    const [alert] = await database.select().from(alerts).where(eq(alerts.dedupKey, dedupKey));
    expect(alert).toMatchObject({ suppressed: true, incidentId: null });
  }).toPass();
  expect((await api.incidentsOf(service)).filter(({ title }) => title.includes("Backup"))).toEqual([]);

  await page.goto(`/services/${service.id}/events`);
  const events = page.getByRole("list", { name: "Events, newest first" });
  const event = events.getByRole("listitem").filter({ hasText: "Backup of staging failed" }).first();
  await event.getByText("Why", { exact: true }).click();
  await expect(event).toContainText("suppressed");
  await event.getByRole("link", { name: "See the rule, version 1" }).click();
  await expect(page.getByText("Staging is nobody's business at night").first()).toBeVisible();
});

test("a thousand rules are a light page, found by their words and opened by keyboard", async ({
  app,
  duty,
  signInAs,
}) => {
  const page = await signInAs("manager");
  const path = pathOf(
    Array.from({ length: 1000 }, (_, index) =>
      ruleOf(`r${index + 1}`, `event.source == "host-${index + 1}"`, { suppress: true }),
    ),
  );
  const published = await page.request.post("/api/ui/rules", {
    headers: { origin: app.url },
    data: { kind: "service", serviceId: duty.service.id, path, reason: "Many hosts", expectedVersion: 0 },
  });
  expect(published.status()).toBe(200);
  const at = `/services/${duty.service.id}/rules`;
  const html = await (await page.request.get(at)).body();
  expect(html.length).toBeLessThan(1_000_000);
  await page.goto(`${at}#rule-r777`);
  await expect(page.getByText("Rule r777", { exact: true })).toBeInViewport();
  const rules = page.getByRole("list", { name: "Start" }).getByRole("listitem");
  await expect(rules).toHaveCount(50);
  await page.keyboard.press("/");
  await page.keyboard.type("host-999");
  await expect(rules).toHaveCount(1);
  await page.getByRole("button", { name: "Edit Rule r999" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Condition in CEL")).toHaveValue('event.source == "host-999"');
});
