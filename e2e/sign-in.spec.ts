import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

test("signing in leads to what was asked for, signing out back to the start", async ({ app, page }) => {
  const responder = app.users.find(({ role }) => role === "responder")!;
  await page.goto("/incidents?status=resolved");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail").fill(responder.email);
  await page.getByLabel("Password").fill("certainly not this");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "don't belong together" })).toBeVisible();
  await page.getByLabel("E-mail").fill(responder.email);
  await page.getByLabel("Password").fill(responder.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/incidents\?status=resolved$/);
  await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();

  const session = (await page.context().cookies()).find(({ name }) => name.endsWith("session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });

  // Its menu opens once the page's scripts run, as this does.
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out in this browser.")).toBeVisible();
  await page.goto("/incidents");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

for (const next of [
  "https://elsewhere.example.com/",
  "//elsewhere.example.com/",
  "/\\elsewhere.example.com",
]) {
  test(`signing in never leads to ${next}`, async ({ signInAs }) => {
    const page = await signInAs("responder");
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Hello");
    expect(new URL(page.url()).pathname).toBe("/");
  });
}
