import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("two alerts of one cause come onto one incident, which says why; moving one out teaches", async ({
  api,
  duty,
  signInAs,
  trigger,
}) => {
  const page = await signInAs("manager");
  await test.step("the service gathers alerts that are alike", async () => {
    await page.goto(`/services/${duty.service.id}/noise`);
    await page.getByRole("radio", { name: /^When they are alike/ }).check();
    await expect(page.getByText("No alerts in the last 30 days to try this on.")).toBeVisible();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Grouping saved").first()).toBeVisible();
  });

  const incident = await trigger("Disk 91 % full on web-1");
  const second = "Disk 97 % full on web-2";
  await page.goto(`${incident.path}/alerts`);
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
  await api.send(duty.service.key, { summary: second });
  await expect(page.getByText(second).first()).toBeVisible();
  await expect(
    page.getByText(/Like “Disk 91 % full on web-1” \(100 % of the words agree/).first(),
  ).toBeVisible();
  expect(await api.incidentsOf(duty.service), "nothing else was opened").toHaveLength(1);

  await test.step("the preview knows of it", async () => {
    await page.goto(`/services/${duty.service.id}/noise`);
    await expect(page.getByText("2 alerts would have made 1 incident instead of 1.")).toBeVisible();
  });

  await test.step("moved out, it is an incident of its own, and the next one of the kind stays apart", async () => {
    await page.goto(`${incident.path}/alerts`);
    const card = page.getByRole("listitem").filter({ hasText: second }).first();
    await expect(card).toContainText("Like “Disk 91 % full on web-1”");
    await card.getByRole("button", { name: "Move out…" }).click();
    const dialog = page.getByRole("dialog", { name: "Move the alert out" });
    await dialog.getByRole("button", { name: "Move it" }).click();
    await expect(dialog).toBeHidden();
    // Beside the alerts it may be named still, as an incident at about the same time.
    const joined = page.getByRole("listitem").filter({ hasText: /Like “Disk 91 % full on web-1”/ });
    await expect(joined).toHaveCount(0);
    expect(await api.incidentsOf(duty.service)).toHaveLength(2);
    await api.send(duty.service.key, { summary: "Disk 99 % full on web-3" });
    await expect(async () => expect(await api.incidentsOf(duty.service)).toHaveLength(3)).toPass();
  });
});
