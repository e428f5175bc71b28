import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

const loaded = (page: Page) => expect(page.locator("[aria-busy=true]")).toHaveCount(0);

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

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
/**
 * Days that are over: other tests open and resolve incidents meanwhile. Service levels are of the month that runs; their numbers are held to
 * their lists by their database test.
 */
const ENDED = `from=${daysAgo(180)}&to=${daysAgo(2)}`;
const LAST_MONTH = daysAgo(new Date().getUTCDate()).slice(0, 7);
const NUMBERS = [
  `/reports/response?${ENDED}`,
  `/reports/detection?${ENDED}`,
  `/reports/on-call-health?${ENDED}`,
  `/reports/executive?by=month&period=${LAST_MONTH}`,
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
