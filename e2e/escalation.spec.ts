import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";
import { newId } from "#lib/ids";

test("a policy is built level by level, tried out, changed and deleted", async ({ duty, signInAs }) => {
  const name = `Critical ${newId()}`;
  const page = await signInAs("manager");
  await page.goto("/escalation/new");
  const trial = page.getByRole("region", { name: "If it fires now" });
  const level = (position: number) => page.getByRole("group", { name: `Level ${position}`, exact: true });
  const tell = async (position: number, who: string) =>
    level(position).getByLabel("Tell a schedule or person").selectOption({ label: who });

  await page.getByLabel("Policy name").fill(name);
  await tell(1, duty.person.name);
  await expect(page.getByRole("button", { name: "Create policy" })).toHaveAttribute("aria-disabled", "true");
  await tell(2, duty.backup.name);
  const told = trial.getByRole("link");
  await expect(told.first()).toContainText(duty.person.name);

  await test.step("Alt and an arrow key move a level", async () => {
    await level(2).getByLabel("Tell a schedule or person").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(told.first()).toContainText(duty.backup.name);
  });

  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  // The wait of 10 minutes moved up with its level; the policy is gone through twice.
  await expect(trial.getByRole("listitem").filter({ hasText: "At once" })).toContainText(duty.backup.name);
  await expect(trial.getByRole("listitem").filter({ hasText: "After 10 m" })).toContainText(duty.person.name);
  await expect(trial.getByText("nothing more happens")).toBeVisible();

  await test.step("two people change it at once: the second sees it and loses nothing", async () => {
    const path = new URL(page.url()).pathname;
    const other = await signInAs("admin");
    await Promise.all([page.goto(`${path}/edit`), other.goto(`${path}/edit`)]);
    await page.getByLabel(/^Description/).fill("Mine");
    await other.getByLabel(/^Description/).fill("Theirs");
    await other.getByRole("button", { name: "Save policy" }).click();
    await expect(other.getByText("Theirs", { exact: true })).toBeVisible();
    await expect(page.getByRole("alert").getByText(/version 2/i)).toBeVisible();
    await expect(page.getByLabel(/^Description/)).toHaveValue("Mine");
    await page.getByRole("button", { name: "Put my draft on top" }).click();
    await page.getByRole("button", { name: "Save policy" }).click();
    await expect(page.getByText("Mine", { exact: true })).toBeVisible();
    await page.goto(`${path}/edit`);
  });

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete policy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Escalation policies" })).toBeVisible();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("who to call about a service is found while typing, and one tap takes over", async ({
  duty,
  signInAs,
}) => {
  const page = await signInAs("responder");
  await page.goto("/on-call");
  const search = page.getByRole("searchbox", { name: "Search who is on call" });
  await expect(search).toBeFocused();
  await search.fill(duty.service.name);
  const row = page.getByRole("listitem").filter({ hasText: duty.service.name });
  await expect(row.getByRole("heading", { name: "Level 1" })).toBeVisible();
  await expect(row).toContainText(duty.person.name);
  await expect(row).toContainText(duty.backup.name);
});
