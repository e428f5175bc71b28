import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";
import { SYSTEM } from "#lib/context";
import { detectRecurrences } from "#lib/problems/commands/detect-recurrences";
import { fillTemplates } from "#lib/problems/commands/fill-templates";

test("what recurs is proposed, becomes a problem, helps the next incident, and its fix is verified", async ({
  api,
  database,
  duty,
  signInAs,
  trigger,
}) => {
  const before: string[] = [];
  for (const node of [3, 7, 12, 15, 21, 24]) {
    const { id } = await trigger(`Payout queue stalls on node-${node}`);
    await api.setStatus(id, "resolved");
    before.push(id);
  }
  // They happened over the last five days.
  await database.$client`
    with moved as (select id, row_number() over (order by id) as place from incidents where id = any(${before})),
    incident as (
      update incidents i set created_at = now() - moved.place * interval '20 hours' from moved where moved.id = i.id
    )
    update incident_facts f set created_at = now() - moved.place * interval '20 hours' from moved
    where moved.id = f.incident_id`;
  const ctx = { db: database, actor: SYSTEM };
  while ((await fillTemplates(ctx)) > 0);
  await detectRecurrences(ctx);

  const page = await signInAs(duty.person);
  await page.goto("/problems/suggestions");
  const card = page
    .getByRole("region", { name: /payout queue stalls/i })
    .filter({ hasText: duty.service.name });
  await expect(card).toContainText("6 in 7 days, expected 0.0");
  await card.getByRole("button", { name: "Create problem" }).click();
  await expect(page).toHaveURL(/\/problems\/\d+$/);
  const address = page.url();
  await page.getByRole("textbox", { name: /^Workaround/ }).fill("Restart the **drainer** of that node.");
  await page.getByRole("combobox", { name: "State", exact: true }).selectOption("known_error");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Known error", { exact: true }).first()).toBeVisible();

  const next = await trigger("Payout queue stalls on node-48");
  await page.goto(next.path);
  await expect(page.getByText("Known problem:")).toBeVisible();
  await expect(page.getByText("Restart the **drainer** of that node.")).toBeVisible();
  await api.setStatus(next.id, "resolved");

  await page.goto(address);
  await page.getByRole("textbox", { name: /^What will be done/ }).fill("Bound the queue of each node");
  await page.getByRole("button", { name: "Add action" }).click();
  await page.getByRole("combobox", { name: "State of Bound the queue of each node" }).selectOption("done");
  await expect(page.getByText("0 open")).toBeVisible();
  await page.getByRole("combobox", { name: "State", exact: true }).selectOption("verifying");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/0 in 0 days, expected/)).toBeVisible();
});

test("a card moves along the board by keys alone", async ({ duty, signInAs }) => {
  const page = await signInAs(duty.person);
  await page.goto("/problems");
  await page.getByRole("button", { name: "New problem" }).first().click();
  const title = `Moves ${duty.service.id}`;
  await page.getByRole("textbox", { name: "What keeps happening" }).fill(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/problems\/\d+$/);
  await page.goto("/problems");
  const card = page.getByRole("link", { name: title });
  await card.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(
    page.getByRole("region", { name: "Investigating" }).getByRole("link", { name: title }),
  ).toBeFocused();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(
    page.getByRole("region", { name: "Suspected" }).getByRole("link", { name: title }),
  ).toBeFocused();
});

test("an incident is reviewed and published with the keyboard", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger("Deposits are refused");
  await api.setStatus(incident.id, "resolved");
  const page = await signInAs(duty.person);
  await page.goto(`${incident.path}/review`);
  await page.getByRole("button", { name: "Begin the review" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Summary" }).focus();
  await page.keyboard.type("Deposits failed for all. <script>alert(1)</script>");
  await page.getByRole("textbox", { name: "What contributed" }).focus();
  await page.keyboard.type("- A **full** disk");
  await page.getByRole("combobox", { name: "State", exact: true }).focus();
  await page.keyboard.type("Pub");
  await page.getByRole("button", { name: "Save review" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Review saved").first()).toBeVisible();
  await page.getByRole("textbox", { name: /^What will be done/ }).focus();
  await page.keyboard.type("Alert on disks earlier");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Corrective actions" })).toContainText(
    "Alert on disks earlier",
  );
  await page.getByRole("link", { name: "Read and print" }).focus();
  await page.keyboard.press("Enter");
  const article = page.getByRole("article");
  await expect(article.locator("strong", { hasText: "full" })).toBeVisible();
  await expect(article).toContainText("<script>alert(1)</script>");
  await expect(article).toContainText("Alert on disks earlier");
  await page.goto("/problems/actions");
  await expect(page.getByText(`Review of #${incident.number}`)).toBeVisible();
});
