import { expect } from "@playwright/test";
import { z } from "zod";
import { test } from "#e2e/fixtures";
import { newId } from "#lib/ids";

const policyOf = z.object({
  service: z.object({ escalation_policy: z.object({ id: z.string() }) }),
});

test("a service is made, given a key and tested, and its event tells why somebody was paged", async ({
  api,
  duty,
  signInAs,
}) => {
  const name = `Checkout ${newId()}`;
  const page = await signInAs("admin");
  const { body } = await api.call("GET", `/services/${duty.service.id}`);
  const policyId = policyOf.parse(body).service.escalation_policy.id;

  await page.goto("/services/new");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Escalation policy").selectOption(policyId);
  await expect(page.getByText(`Told first right now: ${duty.person.name}.`)).toBeVisible();
  await page.getByLabel("Give it a key for monitors").uncheck();
  await page.getByRole("button", { name: "Create service" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await page.getByRole("link", { name: "Integrations" }).click();
  await page.getByRole("button", { name: "Add integration" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Monitor");
  await dialog.getByRole("button", { name: "Add integration" }).click();
  const card = page.getByRole("region", { name: "Monitor" });
  await expect(card.getByText("Nothing has arrived yet.")).toBeVisible();

  await test.step("the key is covered until it is asked for, and the guides carry it", async () => {
    await expect(card.locator("dd code")).toHaveText(/^•+\w{4}$/);
    await card.getByRole("button", { name: "Show key" }).click();
    const key = (await card.locator("dd code").textContent()) ?? "";
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    await expect(card.getByRole("tabpanel")).toContainText(key);
  });

  await test.step("a test event opens an incident and pages whoever is on call", async () => {
    await card.getByRole("button", { name: "Send test event" }).click();
    await dialog.getByRole("button", { name: "Send and page on-call" }).click();
    await expect(dialog.getByText(`${duty.person.name} is paged`)).toBeVisible();
    await expect(dialog.getByText(/e-mail to .*: accepted/)).toBeVisible();
    await dialog.getByRole("button", { name: "Resolve the test incident" }).click();
    await expect(dialog.getByText("The test incident is resolved.")).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await page.getByRole("link", { name: "Events", exact: true }).first().click();
  const events = page.getByRole("list", { name: "Events, newest first" });
  await expect(events).toContainText("opened an alert");
  await events.getByText("Why", { exact: true }).click();
  await expect(events.getByRole("list", { name: "Decisions about this event" })).toContainText(
    "No alert is open under this key",
  );
});

test("a person tests how they are reached and sees each station", async ({ duty, quiet, signInAs }) => {
  // The preview of a mail runs no scripts, not even those by which the trace of this test is recorded.
  quiet.expect(/Blocked script execution in 'about:srcdoc'/);
  const page = await signInAs(duty.person);
  await page.goto("/me/notifications");
  await page.getByRole("button", { name: /^Send test to/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Queued")).toBeVisible();
  await expect(dialog.getByText("Accepted by the provider")).toBeVisible();
  await expect(dialog.getByRole("link", { name: "outbox" })).toBeVisible();
  await page.keyboard.press("Escape");

  await test.step("a step is added to the ladder and taken off again", async () => {
    const high = page.getByRole("region", { name: "High urgency" });
    await high.getByLabel("After (min)").fill("7");
    await high.getByRole("button", { name: "Add step" }).click();
    await expect(high.getByText("7 min", { exact: true })).toBeVisible();
    await high.getByRole("button", { name: /^Remove .* at 7 min$/ }).click();
    await expect(high.getByText("7 min", { exact: true })).toHaveCount(0);
  });

  await page.goto("/settings/outbox");
  await page.getByRole("link", { name: "[TEST] Touchline can reach you by e-mail" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("[TEST]");
  await expect(page.getByRole("link", { name: /\/a\// })).toBeVisible();
  await page.getByRole("link", { name: "HTML" }).click();
  const preview = page.frameLocator("iframe");
  await expect(preview.getByRole("link", { name: "It arrived" })).toBeVisible();
});
