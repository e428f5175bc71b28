import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { test } from "#e2e/fixtures";
import type { Person, PublicApi } from "#e2e/public-api";
import { newId } from "#lib/ids";

const HOUR = 3_600_000;
const created = z.object({ schedule: z.object({ id: z.string() }) });

/** A schedule in which these people take turns of a day; the next one begins in half an hour. */
async function makeSchedule(api: PublicApi, people: readonly Person[]) {
  const name = `Rota ${newId()}`;
  const handOff = Math.ceil(Date.now() / 60_000) * 60_000 + HOUR / 2;
  const start = new Date(handOff - 24 * HOUR).toISOString();
  const layer = {
    name: "Daily",
    start,
    rotation_virtual_start: start,
    rotation_turn_length_seconds: 86_400,
    users: people.map(({ id }) => ({ user: { id, type: "user_reference" } })),
  };
  const schedule = { type: "schedule", name, time_zone: "Etc/UTC", schedule_layers: [layer] };
  const { body } = await api.call("POST", "/schedules", { schedule });
  return { path: `/schedules/${created.parse(body).schedule.id}`, name };
}

const address = (page: Page) => page.getByLabel("Address for your calendar");

test("a calendar address is made, read without signing in, and changed", async ({ api, duty, signInAs }) => {
  const schedule = await makeSchedule(api, [duty.person, duty.backup]);
  const page = await signInAs(duty.person);
  await page.goto("/me");
  await page.getByRole("button", { name: "Make an address" }).click();
  await expect(address(page)).toHaveValue(/\/calendar\/.+\.ics$/);
  const first = await address(page).inputValue();

  const calendar = await fetch(first);
  expect(calendar.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect((await calendar.text()).replaceAll("\r\n ", "")).toContain(`SUMMARY:On call – ${schedule.name}`);

  await page.getByRole("button", { name: "New address…" }).click();
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(address(page)).not.toHaveValue(first);
  const second = await address(page).inputValue();
  expect((await fetch(first)).status).toBe(404);
  expect((await fetch(second)).status).toBe(200);
});

test("a layer follows a calendar file, and says whom it does not know", async ({
  api,
  duty,
  quiet,
  signInAs,
}) => {
  quiet.expect(/status of 400.*calendars/);
  const schedule = await makeSchedule(api, [duty.person]);
  const page = await signInAs("manager");
  await page.goto(schedule.path);
  await page.getByRole("button", { name: "Follow a calendar…" }).click();
  const dialog = page.getByRole("dialog", { name: "Follow a calendar" });
  await dialog.getByLabel("Name", { exact: true }).fill("Weekends");
  await dialog.getByRole("radio", { name: "In a file" }).check();
  const save = dialog.getByRole("button", { name: "Add layer" });
  const choose = (text: string) =>
    dialog
      .getByLabel("File", { exact: true })
      .setInputFiles({ name: "rota.ics", mimeType: "text/calendar", buffer: Buffer.from(text) });

  await choose("<html></html>");
  await save.click();
  await expect(dialog.getByText("The answer is a web page, not a calendar.")).toBeVisible();

  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 24 * HOUR).toISOString().slice(0, 10).replaceAll("-", "");
  const events = [duty.backup.name, "Jane Doe"].flatMap((name, index) => [
    "BEGIN:VEVENT",
    `UID:${index}`,
    `SUMMARY:${name}`,
    `DTSTART;VALUE=DATE:${day(index + 1)}`,
    "END:VEVENT",
  ]);
  await choose(["BEGIN:VCALENDAR", "VERSION:2.0", ...events, "END:VCALENDAR"].join("\r\n"));
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Follows a calendar")).toBeVisible();
  await expect(page.getByText(/is called “Jane Doe”/).first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Final" })).toContainText(duty.backup.name);
});

test("a hand-off is written by who goes and accepted by who comes", async ({ api, duty, signInAs }) => {
  const schedule = await makeSchedule(api, [duty.person, duty.backup]);
  const goes = await signInAs(duty.person);
  await goes.goto("/on-call");
  await goes.getByRole("link", { name: "Write hand-off" }).click();
  await expect(goes.getByRole("heading", { level: 1, name: `Hand-off: ${schedule.name}` })).toBeVisible();
  await goes.getByRole("button", { name: "Write" }).click();
  await goes.getByLabel("For those who come").fill("The queue is long.");
  await goes.getByRole("button", { name: "Save" }).click();
  await expect(goes.getByText("The queue is long.")).toBeVisible();
  await expect(goes.getByRole("button", { name: "Accept shift" })).toBeHidden();

  const comes = await signInAs(duty.backup);
  await comes.goto("/on-call");
  await comes.getByRole("link", { name: "Read and accept" }).click();
  await expect(comes.getByText("The queue is long.")).toBeVisible();
  await comes.getByRole("button", { name: "Accept shift" }).press("Enter");
  await expect(comes.getByText("accepted", { exact: true })).toBeVisible();
  await expect(comes.getByRole("button", { name: "Accept shift" })).toBeHidden();
  await expect(goes.getByText("accepted", { exact: true })).toBeVisible();
});
