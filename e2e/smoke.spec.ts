import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("a page renders in the browser", async ({ signInAs }) => {
  const page = await signInAs("responder");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
});
