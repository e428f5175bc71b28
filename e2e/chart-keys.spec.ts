import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

const NAME = /^Time to resolve by week/;

test("a chart is read by keyboard alone: its points, its table, the list behind a number", async ({
  signInAs,
}) => {
  const page = await signInAs("admin");
  await page.goto("/reports/response?range=26w");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const figure = page.getByRole("figure", { name: NAME });
  const plot = figure.getByRole("application");
  const reading = figure.getByRole("status");
  await tabTo(page, plot);

  await test.step("arrow keys read its points one by one", async () => {
    await page.keyboard.press("End");
    const last = await reading.innerText();
    await page.keyboard.press("Home");
    const first = await reading.innerText();
    expect(first).toMatch(/^\d+ \w+( \d{4})?: .+, n = \d+$/);
    expect(last).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    await expect(reading).toHaveText(first);
    await page.keyboard.press("ArrowRight");
    await expect(reading).not.toHaveText(first);
    await page.keyboard.press("ArrowLeft");
    await expect(reading).toHaveText(first);
  });

  const [, label, value, n] = /^(.+?): (.+), n = (\d+)$/.exec(await reading.innerText()) ?? [];

  await test.step("the table says the same of the same week", async () => {
    await page.keyboard.press("Tab");
    await expect(figure.locator("summary").first()).toBeFocused();
    await page.keyboard.press("Enter");
    const row = figure
      .getByRole("row")
      .filter({ has: page.getByRole("cell", { name: new RegExp(`^${label}( \\(not complete\\))?$`) }) });
    await expect(row.getByRole("cell", { name: value, exact: true })).toBeVisible();
    await expect(row.getByRole("link", { name: new RegExp(`^incidents of .*: ${n}$`) })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(plot).toBeVisible();
  });

  await test.step("Enter opens the incidents behind the point", async () => {
    await page.keyboard.press("Shift+Tab");
    await expect(plot).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/incidents\?/);
    await expect(page.getByText(new RegExp(`^${n} incidents?\\b`)).first()).toBeVisible();
  });
});

/** Presses Tab until it is there. */
async function tabTo(page: Page, target: ReturnType<Page["locator"]>): Promise<void> {
  await expect(target).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
}
