import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "#db/schema/people";
import { test } from "#e2e/fixtures";
import type { Person, PublicApi } from "#e2e/public-api";
import { newId } from "#lib/ids";

const WEEK_SECONDS = 7 * 86_400;
const created = z.object({ schedule: z.object({ id: z.string() }) });

/** A schedule in which these people take turns of a week, handing off on Mondays at 09:00 UTC. */
async function makeSchedule(api: PublicApi, people: readonly Person[]) {
  const name = `Rota ${newId()}`;
  const start = "2026-01-05T09:00:00Z";
  const layer = {
    name: "Weekly",
    start,
    rotation_virtual_start: start,
    rotation_turn_length_seconds: WEEK_SECONDS,
    users: people.map(({ id }) => ({ user: { id, type: "user_reference" } })),
  };
  const schedule = { type: "schedule", name, time_zone: "Etc/UTC", schedule_layers: [layer] };
  const { body } = await api.call("POST", "/schedules", { schedule });
  return { path: `/schedules/${created.parse(body).schedule.id}`, name };
}

/** A month that begins yesterday: the running turn and the next three are in it, whatever day of the month it is. */
function aMonth(): string {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return `view=month&from=${yesterday}`;
}

/** Tab, as often as it takes: no mouse is used in this file. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  // A button rests until the preview of the chosen times is there, and Tab passes by it.
  await expect(target).toBeEnabled();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

async function press(page: Page, target: Locator, tab = "Tab"): Promise<void> {
  await tabTo(page, target, tab);
  await page.keyboard.press("Enter");
}

async function isLive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
}

test("cover is asked for, offered in part and accepted, by keyboard alone", async ({
  api,
  duty,
  signInAs,
}) => {
  test.slow();
  const { person, backup } = duty;
  const schedule = await makeSchedule(api, [person, backup]);
  const asker = await signInAs(person);
  await asker.goto("/schedules");
  await isLive(asker);
  const ask = asker.getByRole("button", { name: new RegExp(`^Request cover in ${schedule.name}`) }).first();

  await test.step("asked", async () => {
    await press(asker, ask);
    const dialog = asker.getByRole("dialog", { name: "Request cover" });
    await expect(dialog.getByText("168 h elapsed")).toBeVisible();
    await tabTo(asker, dialog.getByLabel("Message (optional)"));
    await asker.keyboard.type("Moving house");
    await press(asker, dialog.getByRole("button", { name: "Request cover" }));
    await expect(dialog).toBeHidden();
    await expect(asker.getByText("Waiting", { exact: true })).toBeVisible();
  });

  const helper = await signInAs(backup);
  await test.step("offered in part, where on-call is looked up", async () => {
    await helper.goto("/on-call");
    await isLive(helper);
    await expect(helper.getByText("Moving house")).toBeVisible();
    await press(
      helper,
      helper.getByRole("button", { name: `Offer a part: ${person.name}’s request in ${schedule.name}` }),
      // The page begins in its search field, below what one is asked.
      "Shift+Tab",
    );
    const dialog = helper.getByRole("dialog", { name: "Offer a part" });
    await tabTo(helper, dialog.getByLabel("From"));
    // Month, day, year, hour: an hour later.
    for (const key of ["Tab", "Tab", "Tab", "ArrowUp"]) await helper.keyboard.press(key);
    await expect(dialog.getByText("167 h elapsed")).toBeVisible();
    const offer = dialog.getByRole("button", { name: "Offer this part" });
    await expect(offer).toBeEnabled();
    await press(helper, offer);
    await expect(dialog).toBeHidden();
    await expect(helper.getByText(/^You offered/)).toBeVisible();
  });

  await test.step("accepted, and in force", async () => {
    await press(asker, asker.getByRole("button", { name: `Accept ${backup.name}’s offer` }));
    await expect(asker.getByText(`${backup.name} covers this part.`).first()).toBeVisible();
    await asker.goto(`${schedule.path}?${aMonth()}&show=list`);
    await expect(asker.getByRole("row", { name: new RegExp(`${backup.name}.*⟂ Override`) })).toBeVisible();
  });
});

test("a swap is asked for on the timeline and agreed to, by keyboard alone", async ({
  api,
  database,
  duty,
  signInAs,
}) => {
  test.slow();
  const { person, backup } = duty;
  // The board's times are the schedule's, and so are those of the shifts to choose from.
  await database.update(users).set({ timeZone: "America/New_York" }).where(eq(users.id, person.id));
  const schedule = await makeSchedule(api, [person, backup]);
  const asker = await signInAs(person);
  await asker.goto(`${schedule.path}?${aMonth()}`);
  await isLive(asker);
  const final = asker.getByRole("list", { name: "Final" });
  const current = final.locator("button[tabindex='0']");
  await tabTo(asker, current);
  // From the running shift to the next of one's own.
  await asker.keyboard.press("ArrowRight");
  const focused = asker.locator("button:focus");
  while (!((await focused.getAttribute("aria-label")) ?? "").startsWith(person.name)) {
    await asker.keyboard.press("ArrowRight");
  }
  await asker.keyboard.press("Enter");
  const dialog = asker.getByRole("dialog");
  await tabTo(asker, dialog.getByRole("radio", { name: "Override" }));
  await asker.keyboard.press("ArrowDown");
  await asker.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: "Swap with…" })).toBeChecked();
  const choice = dialog.getByRole("combobox", { name: "Swap with" });
  await tabTo(asker, choice);
  await asker.keyboard.press("ArrowDown");
  await expect(choice).not.toHaveValue("");
  await expect(choice.locator("option:checked")).toContainText(/Mon \d+ \w+ 09:00/);
  await expect(dialog.getByText("Times in UTC.")).toBeVisible();
  await press(asker, dialog.getByRole("button", { name: "Ask to swap" }));
  await expect(dialog).toBeHidden();

  const other = await signInAs(backup);
  await other.goto("/schedules");
  await isLive(other);
  await press(
    other,
    other.getByRole("button", { name: `Swap: ${person.name}’s request in ${schedule.name}` }),
  );
  await expect(other.getByText("Swapped.").first()).toBeVisible();
  await expect(asker.getByRole("list", { name: "Overrides" }).getByRole("button").first()).toBeVisible();
});

test("somebody joins a rotation and it is published, by keyboard alone", async ({ api, duty, signInAs }) => {
  const { person, backup } = duty;
  const schedule = await makeSchedule(api, [person]);
  const page = await signInAs("manager");
  await page.goto(`${schedule.path}/edit`);
  const add = page.getByRole("combobox", { name: "Add a person" });
  await tabTo(page, add);
  await page.keyboard.type(backup.name);
  await expect(add).toHaveAccessibleName("Add a person");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Remove ${backup.name}` })).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Preview" }).getByRole("list", { name: "Final" }),
  ).toContainText(backup.name);
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  await expect(publish).not.toHaveAttribute("aria-disabled", "true");
  await press(page, publish);
  await expect(page.getByRole("heading", { level: 1, name: schedule.name })).toBeVisible();
  await expect(page.getByRole("button", { name: new RegExp(`^${backup.name}`) }).first()).toBeVisible();
});
