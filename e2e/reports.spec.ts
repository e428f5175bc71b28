import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

const YEAR = "range=52w";
const REPORTS = [
  `/reports/response?${YEAR}`,
  `/reports/trends?${YEAR}`,
  `/reports/detection?${YEAR}`,
  `/reports/noise?${YEAR}`,
  `/reports/on-call-health?${YEAR}`,
  "/reports/executive",
  "/reports/reviews?by=month",
] as const;

test("every chart of every report is read by keyboard as a table", async ({ signInAs }) => {
  const page = await signInAs("admin");
  for (const path of REPORTS) {
    await test.step(path, async () => {
      await page.goto(path);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const figures = page.locator("figure:has(details)");
      await expect(figures).not.toHaveCount(0);
      for (const figure of await figures.all()) {
        await expect(figure).toHaveAccessibleName(/\S/);
        const toggle = figure.locator("summary").first();
        await toggle.focus();
        await page.keyboard.press("Enter");
        await expect(figure.getByRole("table").first()).toBeVisible();
        await toggle.focus();
        await page.keyboard.press("Enter");
        await expect(figure.locator("details").first()).not.toHaveAttribute("open");
      }
    });
  }
});

test("a number of the trends opens a list of as many incidents", async ({ signInAs }) => {
  const page = await signInAs("admin");
  await page.goto(`/reports/trends?${YEAR}&by=team`);
  const cell = page.getByRole("link", { name: /^\d+ incidents of .+, month of/ }).first();
  const count = Number.parseInt((await cell.getAttribute("aria-label")) ?? "", 10);
  await cell.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/incidents\?/);
  await expect(page.getByText(`${count} incident`).first()).toBeVisible();
});

test("whom pages wake is told by name to managers alone", async ({ signInAs }) => {
  const shown = async (page: Page) => {
    await page.goto(`/reports/on-call-health?${YEAR}`);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    return page.getByRole("heading", { name: /most woken person|Nobody was woken/ }).count();
  };
  expect(await shown(await signInAs("admin"))).toBe(1);
  const reader = await signInAs("stakeholder");
  expect(await shown(reader)).toBe(0);
  await expect(reader.getByText(/people were interrupted\. Only they/)).toBeVisible();
});

test("an author's comment heads the summary for everybody, and its managers alone change it", async ({
  signInAs,
}) => {
  const page = await signInAs("manager");
  await page.goto("/reports/executive?by=quarter&period=2024-Q1");
  await page.getByRole("button", { name: "Add a comment" }).click();
  const field = page.getByRole("textbox", { name: "Comment" });
  await expect(field).toBeFocused();
  await field.fill("The ledger moved.\nWe need a decision on the second region.");
  await page.getByRole("button", { name: "Save comment" }).press("Enter");
  const comment = page.getByRole("region", { name: "Comment" });
  await expect(comment).toContainText("We need a decision");
  await expect(page.getByRole("dialog")).toBeHidden();
  const reader = await signInAs("stakeholder");
  await reader.goto("/reports/executive?by=quarter&period=2024-Q1");
  await expect(reader.getByRole("region", { name: "Comment" })).toContainText("The ledger moved.");
  await expect(reader.getByRole("button", { name: "Edit" })).toHaveCount(0);
  await comment.getByRole("button", { name: "Edit" }).click();
  await field.fill("");
  await page.getByRole("button", { name: "Save comment" }).click();
  await expect(comment).toBeHidden();
});
