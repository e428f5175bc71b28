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
  await expect(trial.getByRole("listitem").filter({ hasText: "At once" }).first()).toContainText(
    duty.backup.name,
  );
  await expect(trial.getByRole("listitem").filter({ hasText: "After 10 m" }).first()).toContainText(
    duty.person.name,
  );
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

test("turns, hours, telling and an end are edited by keyboard and shown in words", async ({
  duty,
  signInAs,
}) => {
  const page = await signInAs("manager");
  await page.goto("/escalation/new");
  const level = (position: number) => page.getByRole("group", { name: `Level ${position}`, exact: true });
  const trial = page.getByRole("region", { name: "If it fires now" });
  await page.getByLabel("Policy name").fill(`Turns ${newId()}`);
  for (const who of [duty.person.name, duty.backup.name]) {
    await level(1).getByLabel("Tell a schedule or person").selectOption({ label: who });
  }
  await level(2).getByLabel("Tell a schedule or person").selectOption({ label: duty.backup.name });
  await level(1)
    .getByLabel("Whom level 1 tells")
    .selectOption({ label: "In turn, handing on until somebody answers" });
  await level(1).getByLabel("Minutes per turn").fill("2");
  await level(2).getByLabel("Only tell them").press("Space");
  await level(2).getByLabel("Only at certain hours").press("Space");
  await level(2).getByLabel("From").fill("00:00");
  await level(2).getByLabel(/^To/).fill("00:00");
  await page.getByLabel("Begin again until somebody acknowledges or it is over").press("Space");
  await expect(trial.getByText("level 1, next in turn").first()).toBeVisible();
  await expect(trial.getByText("level 2 is only told").first()).toBeVisible();
  await expect(trial.getByText("and so on, until somebody acknowledges")).toBeVisible();
  await page.getByRole("button", { name: "Create policy" }).press("Enter");
  const first = page.getByRole("region", { name: "Level 1" });
  await expect(first).toContainText(`in turn, handing on: ${duty.person.name}`);
  await expect(page.getByRole("region", { name: "Level 2" })).toContainText("every day all day");
  await expect(page.getByText("it begins again until somebody acknowledges")).toBeVisible();
});

test("an edited policy is applied to its open incident after a look at whom that pages", async ({
  api,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger();
  const page = await signInAs("manager");
  await page.goto(`/services/${duty.service.id}`);
  await page.getByRole("link", { name: "Another time" }).click();
  await page.getByRole("link", { name: "Edit policy" }).click();
  await page.getByRole("button", { name: "Move level 2 up" }).click();
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("1 open incident uses an older version")).toBeVisible();
  await page.getByRole("button", { name: "See whom that pages…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toContainText(`#${incident.number}`);
  // It stays at the level it stands at, which moved down.
  await expect(dialog.getByRole("listitem")).toContainText("Pages nobody: the same people have it.");
  await dialog.getByRole("button", { name: "Apply, paging nobody" }).click();
  await expect(page.getByText("1 open incident follows it now.").first()).toBeVisible();
  await expect(page.getByText("uses an older version")).toHaveCount(0);
  const [open] = await api.incidentsOf(duty.service);
  expect(open?.assignments.map(({ assignee }) => assignee.id)).toEqual([duty.person.id]);
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
