import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { sessionCookiePair } from "#e2e/session";
import { test as base } from "#e2e/fixtures";
import type { SiteMap } from "#e2e/site-map";
import { crawl, pageRoutes } from "#e2e/site-map";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1440, height: 900 } };

/** Pages that links in messages lead to, and pages of those who are not signed in. */
const UNLINKED = ["/i/[ref]", "/rules/set/[setId]", "/sign-in"];

const test = base.extend<object, { site: SiteMap }>({
  site: [
    async ({ app, database }, use) => {
      const { name, value } = await sessionCookiePair(database, "admin@example.com");
      await use(await crawl(app.url, `${name}=${value}`));
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

// Each looks at four renderings of a page with every rule there is.
test.describe.configure({ timeout: 90_000 });

test("every page is reached by links, and no link leads nowhere", ({ site }) => {
  expect(site.broken).toEqual([]);
  const reached = [...site.addresses.keys()];
  expect(pageRoutes().filter((route) => !reached.includes(route) && !UNLINKED.includes(route))).toEqual([]);
});

for (const route of pageRoutes().filter((entry) => !UNLINKED.includes(entry))) {
  test(`${route} is accessible and fits, light and dark, wide and narrow`, async ({ site, signInAs }) => {
    const address = site.addresses.get(route);
    test.skip(address === undefined, "no link leads to it, which another test reports");
    await test.step("desktop", async () => {
      const page = await signInAs("admin", DESKTOP);
      await page.goto(address!);
      await expectGoodPage(page, 1440);
    });
    await test.step("phone", async () => {
      const page = await signInAs("admin", PHONE);
      await page.goto(address!);
      await expectGoodPage(page, 375);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page, 320);
    });
  });
}

test("signing in is accessible and fits", async ({ page }) => {
  await page.goto("/sign-in");
  await expectGoodPage(page, 1280);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, 320);
});

test("a page that is not there says so, within the frame of the others", async ({ quiet, signInAs }) => {
  quiet.expect(/status of 404/);
  const page = await signInAs("responder");
  await page.goto("/incidents/999999999");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("not");
  await expectGoodPage(page, 1280);
});

async function expectGoodPage(page: Page, width: number): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(/\S · Touchline$/);
  await expectNoSidewaysScroll(page, width);
  expect(await violations(new AxeBuilder({ page }).withTags(RULES))).toEqual([]);
  // Of all rules only this one looks at colours.
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(new AxeBuilder({ page }).withRules("color-contrast")), "dark").toEqual([]);
}

async function expectNoSidewaysScroll(page: Page, width: number): Promise<void> {
  const widths = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(widths, `the page's width on a screen of ${width}`).toBeLessThanOrEqual(width);
}

async function violations(axe: AxeBuilder): Promise<string[]> {
  const { violations: found } = await axe.analyze();
  return found.map(({ id, nodes }) => {
    const examples = nodes
      .slice(0, 3)
      .map(({ html, failureSummary }) => `${html.slice(0, 300)} (${failureSummary})`);
    return `${id}, ${nodes.length} times: ${examples.join("\n")}`;
  });
}
