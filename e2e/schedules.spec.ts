import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { z } from "zod";
import { test } from "#e2e/fixtures";
import type { Person, PublicApi } from "#e2e/public-api";
import { newId } from "#lib/ids";

const DAY_SECONDS = 86_400;
const created = z.object({ schedule: z.object({ id: z.string() }) });

/** A schedule in which these people take turns of a week. */
async function makeSchedule(
  api: PublicApi,
  people: readonly Person[],
): Promise<{ path: string; name: string }> {
  const name = `Rota ${newId()}`;
  const start = "2026-01-05T09:00:00Z";
  const layer = {
    name: "Weekly",
    start,
    rotation_virtual_start: start,
    rotation_turn_length_seconds: 7 * DAY_SECONDS,
    users: people.map(({ id }) => ({ user: { id, type: "user_reference" } })),
  };
  const schedule = { type: "schedule", name, time_zone: "Etc/UTC", schedule_layers: [layer] };
  const { body } = await api.call("POST", "/schedules", { schedule });
  return { path: `/schedules/${created.parse(body).schedule.id}`, name };
}

function field(page: Page, name: string) {
  return page.getByLabel(name, { exact: true });
}

test("a rotation is built, its gaps are seen, accepted and published", async ({ duty, signInAs }) => {
  const name = `Support ${newId()}`;
  const page = await signInAs("manager");
  await page.goto("/schedules/new?template=weekly");
  const publish = page.getByRole("button", { name: "Publish schedule" });

  await field(page, "Schedule name").fill(name);
  for (const { name: person } of [duty.person, duty.backup]) {
    await page.getByRole("combobox", { name: "Add a person" }).selectOption({ label: person });
    await page.getByRole("button", { name: `Add ${person}` }).click();
  }
  const preview = page.getByRole("region", { name: "Preview" }).getByRole("list", { name: "Final" });
  await expect(preview).toContainText(duty.person.name);
  await expect(preview).toContainText(duty.backup.name);
  await expect(page.getByText("No gaps")).toBeVisible();

  await page.getByRole("combobox", { name: "On call" }).selectOption({ label: "At certain hours every day" });
  await expect(page.getByRole("list", { name: "Gaps" })).toContainText("No one is on call");
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("checkbox", { name: /^Publish with \d+ new gaps/ }).check();
  await publish.click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("region", { name: "Coverage" })).toContainText(/\d+ gaps in the next 90 days/);
  const final = page.getByRole("list", { name: "Final" });
  await expect(final.getByRole("button", { name: /^No one is on call.*Fill gap$/ }).first()).toBeVisible();

  await test.step("a gap is filled where it is seen", async () => {
    await page.getByRole("link", { name: "After", exact: true }).click();
    await page.waitForURL(/[?&]from=/);
    await final
      .getByRole("button", { name: /Fill gap$/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: "Fill gap" });
    await dialog.getByLabel("Who takes over?").selectOption({ label: duty.person.name });
    await expect(dialog.getByText("a gap", { exact: true })).toBeVisible();
    await dialog.getByRole("button", { name: "Fill gap" }).click();
    await expect(page.getByRole("list", { name: "Overrides" }).getByRole("button")).toHaveAccessibleName(
      new RegExp(duty.person.name),
    );
  });
});

test("a colleague takes over by the keyboard alone, and the override is taken away again", async ({
  api,
  duty,
  signInAs,
}) => {
  const schedule = await makeSchedule(api, [duty.person]);
  const page = await signInAs("responder");
  await page.goto(schedule.path);
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();

  await page.keyboard.press("o");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/^(24|23\.9\d) h elapsed$/)).toBeVisible();
  await expect(dialog.getByLabel("Who takes over?")).toBeFocused();
  await page.keyboard.type(duty.backup.name);
  await expect(dialog.getByRole("definition").filter({ hasText: duty.person.name })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();

  const override = page.getByRole("list", { name: "Overrides" }).getByRole("button");
  await expect(override).toHaveAccessibleName(new RegExp(`^${duty.backup.name}`));
  await override.focus();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Remove override" }).click();
  await expect(page.getByText("Override ended now: the layers decide again.")).toBeVisible();
});

test("a draft survives a reload, and what others published meanwhile is never overwritten", async ({
  api,
  duty,
  signInAs,
}) => {
  const schedule = await makeSchedule(api, [duty.person, duty.backup]);
  const [mine, theirs] = await Promise.all([signInAs("manager"), signInAs("admin")]);
  await Promise.all([mine, theirs].map((page) => page.goto(`${schedule.path}/edit`)));

  await field(mine, "Description (optional)").fill("Mine");
  await mine.reload();
  await expect(mine.getByText(/^Your draft from .* is back$/)).toBeVisible();
  await expect(field(mine, "Description (optional)")).toHaveValue("Mine");

  await field(theirs, "Description (optional)").fill("Theirs");
  await theirs.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: schedule.name })).toBeVisible();

  await expect(
    mine.getByRole("alert").getByText(/^(Version 2 was published|.* published version 2)/),
  ).toBeVisible();
  await expect(field(mine, "Description (optional)")).toHaveValue("Mine");
  const publish = mine.getByRole("button", { name: "Publish", exact: true });
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await mine.getByRole("button", { name: "Put my draft on top" }).click();
  await publish.click();
  await expect(mine.getByText("Mine", { exact: true })).toBeVisible();
});
