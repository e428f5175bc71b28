import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("a corrected instant changes the report's number and leaves a record of who, what and why", async ({
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  const incident = await trigger("Payouts are late");
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await page.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(page.getByText(`Acknowledged by ${duty.person.name}`).first()).toBeVisible();

  const reader = await signInAs("admin");
  const timeToRespond = () => medianOf(reader, duty.service.id);
  expect(await timeToRespond()).toMatch(/^\d+ s$/);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: /^Edit title/ }).click();
  const dialog = page.getByRole("dialog", { name: `Edit #${incident.number}` });
  const earlier = new Date(Date.now() - 2 * 3_600_000).toISOString().slice(0, 19);
  await dialog.getByLabel("Started").fill(earlier);
  await dialog.getByLabel("Detected").fill(earlier);

  await test.step("without a reason it is refused, and nothing changes", async () => {
    quiet.expect(/status of 4\d\d/);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByText(/^Not saved/)).toBeVisible();
    expect(await timeToRespond()).toMatch(/^\d+ s$/);
  });

  await dialog.getByRole("textbox", { name: "Why were the times wrong?" }).fill("The bank saw it first.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  expect(await timeToRespond()).toMatch(/^(1 h 59|2 h 0\d) m$/);

  await test.step("the audit log tells what it was before and why it was changed", async () => {
    await reader.goto(`/settings/audit?id=${incident.id}`);
    const record = reader
      .getByRole("listitem")
      .filter({ hasText: duty.person.name })
      .filter({ hasText: /updated/ });
    await record.locator("summary").click();
    await expect(record.getByText("detectedAt", { exact: true })).toBeVisible();
    await expect(record.getByText(`${earlier}.000Z`).first()).toBeVisible();
    await expect(record.getByText("The bank saw it first.")).toBeVisible();
    await expect(record.getByRole("deletion").first()).toBeVisible();
  });
});

/** The median time to respond of a service, as the report words it. */
async function medianOf(page: Page, serviceId: string): Promise<string> {
  await page.goto(`/reports/response?service=${serviceId}&clock=respond`);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const row = page
    .getByRole("table", { name: "Durations by clock" })
    .getByRole("row", { name: /^Time to respond/ });
  await expect(row.getByRole("link", { name: /^incidents .*: 1$/ })).toBeVisible();
  return (await row.getByRole("cell").nth(2).innerText()).trim();
}
