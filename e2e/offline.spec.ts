import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { CONNECTION_LOST, startCuttableProxy } from "#e2e/cuttable-proxy";
import { test } from "#e2e/fixtures";

/** How many copies of the on-call list the browser keeps. */
const copies = (page: Page) =>
  page.evaluate(async () =>
    (await caches.has("touchline-on-call"))
      ? (await (await caches.open("touchline-on-call")).keys()).length
      : 0,
  );

test("without a network the on-call list is there, with its age, until its reader signs out", async ({
  app,
  duty,
  quiet,
  signInAs,
}) => {
  quiet.expect(CONNECTION_LOST);
  // The worker says that its page stands for one that could not be had.
  quiet.expect(/status of 503/);
  // What the list asks for in the moment in which its reader signs out is refused.
  quiet.expect(/status of 401/);
  const proxy = await startCuttableProxy(app.url);
  try {
    const page = await signInAs(duty.person, { serviceWorkers: "allow" });
    await page.goto(`${proxy.url}/`);
    await expect(async () => expect(await copies(page)).toBe(1)).toPass();

    proxy.cut("everything");
    await page.goto(`${proxy.url}/incidents`);
    await expect(page.getByRole("heading", { name: "Offline" })).toBeVisible();
    await expect(page.getByText("Nothing can be acknowledged from here")).toBeVisible();
    await expect(page.getByText(/^As of .* 0 min ago\.$/)).toBeVisible();
    await expect(page.getByText(duty.person.name).first()).toBeVisible();

    proxy.mend();
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();
    // A page that is left while it still comes in says so as an error.
    await page.waitForLoadState("load");
    await page.evaluate(() =>
      document.querySelector<HTMLFormElement>('form[action="/sign-out"]')?.requestSubmit(),
    );
    await expect(page).toHaveURL(/sign-in/);
    expect(await copies(page)).toBe(0);
  } finally {
    await proxy.stop();
  }
});
