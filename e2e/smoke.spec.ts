import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("the server says that it is healthy", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(answer.status()).toBe(200);
});

test("a page renders in the browser", async ({ page, app }) => {
  await page.goto(app.url);
  await expect(page.locator("body")).toContainText("Touchline");
});
