import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { sql } from "drizzle-orm";
import { test } from "#e2e/fixtures";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";

const loaded = (page: Page) => expect(page.locator("[aria-busy=true]")).toHaveCount(0);

test("a time that a person corrects, with a reason, changes the report, which says so", async ({
  api,
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger("Settlement is stuck");
  await api.setStatus(incident.id, "acknowledged");
  await api.setStatus(incident.id, "resolved");
  // It began two hours ago.
  await database.transaction(async (tx) => {
    await tx.execute(sql`update incidents set created_at = date_trunc('second', now() - interval '2 hours'),
      started_at = date_trunc('second', now() - interval '2 hours'), detected_at = date_trunc('second', now() - interval '2 hours')
      where id = ${incident.id}`);
    await refreshFacts({ tx }, [incident.id]);
  });
  const page = await signInAs(duty.person);
  const report = `/reports/response?service=${duty.service.id}&range=4w`;
  await page.goto(report);
  await expect(page.getByText(/Half of 1 incidents were resolved within 2 h 00 m/)).toBeVisible();
  await expect(page.getByText(/corrected by people/)).toHaveCount(0);

  await page.goto(incident.path);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: /^Edit/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Edit #/ });
  const began = await dialog.getByLabel("Started").inputValue();
  const over = new Date(Date.parse(`${began}Z`) + 30 * 60_000).toISOString().slice(0, 19);
  await dialog.getByLabel("Resolved").fill(over);
  await dialog.getByRole("button", { name: "Save" }).click();
  // A reason is asked for, and the first try says so.
  await expect(dialog.getByText(/is needed to correct a time/)).toBeVisible();
  await dialog.getByLabel("Why were the times wrong?").fill("Nobody closed it until the end of the shift");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();

  await page.goto(report);
  await expect(page.getByText(/Half of 1 incidents were resolved within 30 m/)).toBeVisible();
  await page.getByRole("link", { name: "1 incidents with corrected times" }).click();
  await expect(page).toHaveURL(/corrected=yes/);
  await expect(page.getByRole("link", { name: /Settlement is stuck/ }).first()).toBeVisible();
});

test("a promise at risk stands on the list, and the number of the service opens it", async ({
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger("Odds feed lags");
  await database.execute(sql`
    update incident_service_levels set at_risk_at = now() - interval '1 minute', due_at = now() + interval '20 minutes'
    where incident_id = ${incident.id} and policy_id = (
      select id from service_level_policies where metric = 'acknowledge' and deleted_at is null order by name limit 1)`);
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}&status=open`);
  await expect(page.getByText(/Time to acknowledge: at risk/i).first()).toBeVisible();
  await page.goto(`/services/${duty.service.id}`);
  await page.getByRole("link", { name: /^1 incidents at risk/ }).click();
  await expect(page).toHaveURL(/level=/);
  await expect(page.getByRole("link", { name: /Odds feed lags/ }).first()).toBeVisible();
});

test("a view is kept under a name and opens the same list again", async ({ duty, signInAs, trigger }) => {
  const incident = await trigger("Wallet is slow");
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}&urgency=high`);
  await expect(page.getByRole("link", { name: /Wallet is slow/ }).first()).toBeVisible();
  await page.getByRole("link", { name: "Save view" }).click();
  const name = `Mine ${duty.service.id}`;
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${name} saved`).first()).toBeVisible();
  await page.goto("/reports/saved");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`service=${duty.service.id}`));
  await expect(page).toHaveURL(/urgency=high/);
  await expect(page.getByRole("link", { name: new RegExp(`Wallet is slow`) }).first()).toBeVisible();
  expect(incident.number).toBeGreaterThan(0);
});

test("the executive summary is printed on one sheet of A4 and of Letter", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await page.goto("/reports/executive");
  await loaded(page);
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
  }
});

const NUMBERS = [
  "/reports/response?range=26w",
  "/reports/detection?range=26w",
  "/reports/sla",
  "/reports/on-call-health?range=26w",
  "/reports/executive",
] as const;
/** Of each page so many numbers are opened, spread evenly over it. */
const OPENED = 8;

test("the numbers on the reports open lists of as many rows", async ({ signInAs }) => {
  test.slow();
  const page = await signInAs("admin");
  for (const path of NUMBERS) {
    await test.step(path, async () => {
      await page.goto(path);
      await loaded(page);
      const links = await page.locator("main a[href*='?']").evaluateAll((anchors) =>
        anchors.flatMap((anchor) => {
          const href = anchor.getAttribute("href") ?? "";
          const text = (anchor.textContent ?? "").replaceAll(",", "");
          const isList = /^\/(incidents|reports\/on-call-health\/interruptions)\?/.test(href);
          return isList && /^\d+$/.test(text) ? [{ href, count: Number(text) }] : [];
        }),
      );
      expect(links.length).toBeGreaterThan(3);
      const step = Math.max(1, Math.floor(links.length / OPENED));
      for (const { href, count } of links.filter((_, index) => index % step === 0).slice(0, OPENED)) {
        await page.goto(href);
        const noun = href.startsWith("/incidents") ? "incident" : "interruption";
        await expect(
          page.getByText(new RegExp(`^${count.toLocaleString("en")} ${noun}`)).first(),
          `${path}: ${count} opens ${href}`,
        ).toBeVisible();
      }
    });
  }
});
