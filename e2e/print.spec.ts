import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

for (const path of ["/reports/executive", "/reports/executive?by=month"]) {
  test(`${path} is one sheet of paper`, async ({ signInAs }) => {
    const page = await signInAs("admin");
    await page.goto(path);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.getByRole("figure").first()).toBeVisible();
    for (const format of ["A4", "Letter"]) {
      const pdf = await page.pdf({ format });
      expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
    }
  });
}
