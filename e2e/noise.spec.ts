import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { storms } from "#db/schema/noise";
import { test } from "#e2e/fixtures";
import { firstMailTo, oneTapPath } from "#e2e/outbox";
import { newId } from "#lib/ids";

test("a number of the noise report opens a list of as many alerts, and a row tells why", async ({
  signInAs,
}) => {
  const page = await signInAs("admin");
  await page.goto("/reports/noise?range=52w");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const hidden = page.getByRole("link", { name: /^alerts hidden by Load tests are announced.*: \d+$/ });
  const count = Number(await hidden.innerText());
  expect(count).toBeGreaterThan(20);
  await hidden.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/alerts\?/);
  await expect(page.getByText(`${count} alerts from `).first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const peek = page.getByRole("dialog");
  const reason = peek.getByText("Load tests are announced of Rules of Bet slip suppresses it", {
    exact: true,
  });
  await expect(reason).toBeVisible();
  await expect(page).toHaveURL(/peek=/);
  await page.keyboard.press("Escape");
  await expect(peek).toBeHidden();
  await expect(page).not.toHaveURL(/peek=/);
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/peek=/);
  const first = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(first);
  await page.reload();
  await expect(reason).toBeVisible();
});

test("kinds of alerts lead to their alerts, by keyboard and within the filters", async ({ signInAs }) => {
  const page = await signInAs("responder");
  await page.goto("/alerts/noise?span=90d&order=ignored");
  await expect(page.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
  // The page answers to keys from when its scripts run, which is before it can be live.
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/alerts\?.*kind=/);
  await expect(page.getByText(/^Kind is “/)).toBeVisible();
  await page.getByRole("link", { name: /^Remove filter: Kind is/ }).click();
  await expect(page).not.toHaveURL(/kind=/);
});

test("a suggestion opens the rule editor with the rule written, to be looked at and published", async ({
  signInAs,
}) => {
  const page = await signInAs("manager");
  await page.goto("/reports/noise?range=52w");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const ignored = page.getByRole("table", { name: "Kinds of alerts that were never acted on" });
  await ignored.getByRole("link", { name: "Suppress it" }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/rules\?suggest=suppress&kind=/);
  await expect(page.getByText("The first rule is suggested, and only watched")).toBeVisible();
  await expect(page.getByLabel("Only watch")).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Suppress/ }).first()).toBeChecked();
  await expect(page.getByRole("heading", { name: "Live test" })).toBeVisible();
  await page.getByLabel("Why these rules change").fill("Nobody ever acts on it");
  await page.getByRole("button", { name: "Publish" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Version \d+ is in force/).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("What was suggested is among these rules already.")).toBeVisible();
});

test("what opened before a storm was noticed is merged into the storm's incident from its banner", async ({
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const first = await trigger("Checkout answers 5xx");
  await trigger("Wallet is slow");
  await trigger("Bet slips are refused");
  await database.insert(storms).values({
    id: newId(),
    serviceId: duty.service.id,
    incidentId: first.id,
    startedAt: new Date(),
    because: "3 new alerts within 5 min; in 10 min none would be usual at this hour of the week",
  });
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}&status=open`);
  await expect(page.getByRole("row")).toHaveCount(4);
  const banner = page.getByRole("region", { name: "Storms" });
  await expect(banner).toContainText(/ since \d/);
  await banner.getByRole("button", { name: `Merge 2 into #${first.number}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alertdialog")).toContainText(`Their alerts move to #${first.number}`);
  await page.getByRole("alertdialog").getByRole("button", { name: "Merge 2 incidents" }).press("Enter");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(banner).toContainText(`3 alerts are on #${first.number}`);
  await expect(banner.getByRole("button", { name: /^Merge/ })).toHaveCount(0);
});

test("whoever was paged says afterwards that it was not useful, and the action rate of its kind falls", async ({
  browser,
  database,
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  const { person, service } = duty;
  const rateOf = async (page: Page) => {
    await page.goto(`/alerts/noise?service=${service.id}`);
    await expect(page.getByRole("table", { name: "Kinds of alerts" })).toBeVisible();
    return page.getByRole("table", { name: "Kinds of alerts" }).getByRole("row").nth(1);
  };
  const incident = await trigger("Disk of a cache is fuller than usual");
  const context = await browser.newContext();
  quiet.watch(context);
  const phone = await context.newPage();
  await phone.goto(oneTapPath(await firstMailTo(database, person)));
  await phone.getByRole("button", { name: `Acknowledge as ${person.name}` }).click();
  await expect(phone.getByRole("status")).toContainText("Escalation stopped");
  await expect(phone.getByText("Was this page useful")).toHaveCount(0);

  const hers = await signInAs(person);
  await hers.goto(incident.path);
  const question = hers.getByRole("group", { name: "Was the page useful?" });
  await expect(hers.getByRole("button", { name: "Resolve", exact: true })).toBeVisible();
  await expect(question).toHaveCount(0);
  await expect(await rateOf(hers)).toContainText("100 % (1/1)");
  await hers.goto(incident.path);
  await hers.getByRole("button", { name: "Resolve", exact: true }).click();
  await hers.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click();

  await test.step("the incident asks her once it is over, by keyboard, and nobody else", async () => {
    await question.getByRole("button", { name: "Not useful" }).press("Enter");
    const said = hers.getByRole("group", { name: "You said that the page was not useful." });
    await expect(said.getByRole("button", { name: "Not useful", pressed: true })).toBeFocused();
    await expect(
      hers.getByRole("log").getByText(`${person.name} said that the page was not useful`),
    ).toBeVisible();
    const other = await signInAs(duty.backup);
    await other.goto(incident.path);
    await expect(other.getByText(`${person.name} said that the page was not useful`)).toBeVisible();
    await expect(other.getByRole("button", { name: "Not useful" })).toHaveCount(0);
  });

  const row = await rateOf(hers);
  await expect(row).toContainText("0 % (0/1)");
  await expect(row).toContainText("none of 1 said useful");
  await row.getByRole("link", { name: /^1 answers about/ }).click();
  await expect(hers.getByText("1 alert from ").first()).toBeVisible();

  await test.step("the link of the mail tells the answer and takes another", async () => {
    await phone.reload();
    await expect(phone.getByRole("status")).toHaveText("You said that the page was not useful.");
    await phone.getByRole("button", { name: "It was useful", exact: true }).click();
    await expect(phone.getByRole("status")).toHaveText("You said that the page was useful.");
    await context.close();
  });
  await expect(await rateOf(hers)).toContainText("100 % (1/1)");
});

test("whoever resolves one from the list after being paged is led to the question", async ({
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger("Queue is longer than usual");
  await firstMailTo(database, duty.person);
  const resolve = async (page: Page) => {
    await page.goto(`/incidents?service=${duty.service.id}&status=open`);
    await page.getByRole("checkbox", { name: `Select #${incident.number}` }).check();
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await expect(page.getByText(`Resolved #${incident.number}.`).first()).toBeVisible();
  };
  const other = await signInAs(duty.backup);
  await resolve(other);
  await expect(other.getByRole("button", { name: "Was that useful?" })).toHaveCount(0);
  await other.goto(incident.path);
  await other.getByRole("button", { name: "Reopen" }).click();
  await expect(other.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();

  const page = await signInAs(duty.person);
  await resolve(page);
  await page.getByRole("button", { name: "Was that useful?" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`${incident.path}$`));
  await page.getByRole("button", { name: "Useful", exact: true }).press("Enter");
  await expect(page.getByRole("group", { name: "You said that the page was useful." })).toBeVisible();
});
