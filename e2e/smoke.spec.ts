import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("a page renders in the browser", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" }).first()).toBeVisible();
});
