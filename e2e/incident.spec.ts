import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";

const more = async (page: Page, item: RegExp) => {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

test("a note is never lost: its draft survives a reload, and is sent once", async ({
  duty,
  signInAs,
  trigger,
}) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await page.getByRole("textbox", { name: "Note" }).fill("Restarted the **queue**; watching.");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Restarted the **queue**; watching.");
  await page.getByRole("textbox", { name: "Note" }).press("Control+Enter");
  await expect(page.getByRole("log").getByText("Restarted the **queue**; watching.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");
  await page.reload();
  await expect(page.getByRole("log").getByText("Restarted the **queue**; watching.")).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");
});

test("reassigning hands it to one person", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await more(page, /^Reassign/);
  const dialog = page.getByRole("dialog", { name: "Reassign the incident" });
  await dialog.getByRole("combobox", { name: "To whom?" }).selectOption({ label: duty.backup.name });
  await dialog.getByRole("button", { name: "Reassign and page" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("log").getByText(`Assigned to ${duty.backup.name} by hand`)).toBeVisible();
  expect(await api.assignees(incident.id)).toEqual([duty.backup.id]);
});

test("escalating goes to the next level", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await more(page, /^Escalate to the next level/);
  await expect(
    page.getByRole("log").getByText(`${duty.person.name} escalated to ${duty.backup.name} (level 2)`),
  ).toBeVisible();
  expect(await api.assignees(incident.id)).toEqual([duty.backup.id]);
});

test("snoozing keeps it quiet, un-acknowledging pages again", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await more(page, /^Snooze for 1 hour/);
  await expect(page.getByText("Snoozed", { exact: true }).first()).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("acknowledged");
  await more(page, /^Un-acknowledge/);
  await expect(page.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("triggered");
});

test("merging leaves one incident and says so on the other", async ({
  api,
  duty,
  quiet,
  signInAs,
  trigger,
}) => {
  quiet.expect(/status of 404/);
  const first = await trigger("Checkout answers 5xx");
  const second = await trigger("Basket answers 5xx");
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}&status=open`);
  for (const { number } of [first, second])
    await page.getByRole("checkbox", { name: `Select #${number}` }).check();
  await page.getByRole("button", { name: `Merge into #${first.number}` }).click();
  await expect(page.getByRole("row").filter({ hasText: `#${second.number}` })).toHaveCount(0);
  await page.goto(second.path);
  await expect(page.getByText(`Merged into #${first.number}.`)).toBeVisible();
  await page.getByRole("link", { name: "Go on there" }).click();
  await expect(page.getByText(`${duty.person.name} merged #${second.number} into this`)).toBeVisible();
  expect((await api.incident(second.id)).status).toBe("resolved");
});

test("priority and times are corrected; a time wants a reason", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await more(page, /^Edit title/);
  const dialog = page.getByRole("dialog", { name: `Edit #${incident.number}` });
  const priority = dialog.getByRole("combobox", { name: "Priority" });
  await priority.selectOption(
    (await priority.getByRole("option", { name: /^P2:/ }).getAttribute("value")) ?? "",
  );
  const started = dialog.getByLabel("Started");
  await started.fill(new Date(Date.now() - 3_600_000).toISOString().slice(0, 19));
  await dialog
    .getByRole("textbox", { name: "Why were the times wrong?" })
    .fill("The graph shows it an hour ago.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const log = page.getByRole("log");
  await expect(log.getByText(`${duty.person.name} changed the priority from none to P2`)).toBeVisible();
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect(log.getByText(/changed when it started from/)).toBeVisible();
  await expect(log.getByText("The graph shows it an hour ago.").first()).toBeVisible();
  expect((await api.incident(incident.id)).priority?.name).toBe("P2");
});

test("resolving can be undone for a while", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  await page.goto(incident.path);
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Resolve the incident" });
  await expect(dialog.getByText("One alert is still firing.")).toBeVisible();
  await dialog.getByRole("textbox", { name: /^What fixed it/ }).fill("Rolled back.");
  await dialog.getByRole("textbox", { name: /^What fixed it/ }).press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Reopen" })).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("resolved");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`Acknowledged by ${duty.person.name}`)).toBeVisible();
  expect((await api.incident(incident.id)).status).toBe("acknowledged");
});

test("declaring takes four keys beside what is typed", async ({ api, duty, signInAs }) => {
  const page = await signInAs(duty.person);
  await page.goto("/");
  await page.keyboard.press("c");
  await expect(page.getByRole("textbox", { name: "What is wrong?" })).toBeFocused();
  await page.keyboard.type("Customers cannot check out");
  await page.keyboard.press("Tab");
  // Typing into a list is the browser's own, and begins anew after a pause: whoever types is not what is tested here.
  const service = page.getByRole("combobox", { name: "Service" });
  await expect(service).toBeFocused();
  await service.selectOption({ label: duty.service.name });
  await page.keyboard.press("Tab");
  const priority = page.getByRole("combobox", { name: "Priority" });
  await expect(priority).toBeFocused();
  await priority.selectOption(
    (await priority.getByRole("option", { name: /^P2/ }).getAttribute("value")) ?? "",
  );
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Customers cannot check out" })).toBeVisible();
  const [declared] = await api.incidentsOf(duty.service);
  expect(declared?.priority?.name).toBe("P2");
});

test("the palette answers who is on call before anything is opened", async ({ duty, signInAs }) => {
  const page = await signInAs("stakeholder");
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.type(`on call ${duty.service.name}`);
  const answer = page.getByRole("option", { name: duty.service.name });
  await expect(answer).toContainText(`on call: ${duty.person.name}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: duty.service.name })).toBeVisible();
});

test("a list fetches ahead what is pointed at, not all that it shows", async ({ signInAs }) => {
  const page = await signInAs("stakeholder");
  const fetched = new Set<string>();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  // Those of before, which no other test changes.
  const end = new Date(Date.now() - 2 * 86_400_000).toISOString();
  await page.goto(`/incidents?status=resolved&to=${end}`);
  await expect(page.getByRole("button", { name: "Live" })).toBeVisible();
  // What is in view and fetched ahead is the navigation.
  await expect.poll(() => fetched.has("/schedules") && fetched.has("/people")).toBe(true);
  const links = page.locator("[data-row-link]");
  const rows = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(rows.length).toBeGreaterThan(20);
  for (const near of [[2], [2, 4]]) {
    await links.nth(near.at(-1) ?? 0).hover();
    await expect.poll(() => rows.filter((row) => fetched.has(row))).toEqual(near.map((place) => rows[place]));
  }
});

test("the list is looked into without leaving it, by keyboard alone", async ({ duty, signInAs, trigger }) => {
  const incident = await trigger("Look into this");
  await trigger("Then into this");
  const page = await signInAs(duty.person);
  await page.goto(`/incidents?service=${duty.service.id}`);
  await page.locator(`[data-row="${incident.id}"]`).focus();
  await page.keyboard.press("Space");
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("heading", { name: "Look into this" })).toBeVisible();
  await expect(panel.getByRole("log").getByText("Triggered by")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`peek=${incident.number}$`));
  await page.keyboard.press("a");
  await expect(panel.getByText("Acknowledged", { exact: true })).toBeVisible();
  // What nobody has goes first.
  await expect(page.locator("[data-row]").first()).toContainText("Then into this");
  await page.keyboard.press("k");
  await expect(panel.getByRole("heading", { name: "Then into this" })).toBeVisible();
  await page.reload();
  await expect(panel.getByRole("heading", { name: "Then into this" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/peek/);
});

test("a stakeholder reads and cannot act, on the page or past it", async ({
  api,
  app,
  signInAs,
  trigger,
}) => {
  const incident = await trigger();
  const page = await signInAs("stakeholder");
  await page.goto(incident.path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Checkout answers 5xx");
  for (const name of [/^Acknowledge/, "Resolve", "More actions", "Add note"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.keyboard.press("a");
  const act = (headers: Record<string, string>) =>
    page.request.post("/api/ui/incidents/actions", {
      data: { action: "acknowledge", incidentIds: [incident.id] },
      headers,
    });
  expect((await act({ origin: app.url })).status()).toBe(403);
  const declared = await page.request.post("/api/ui/incidents", {
    data: { title: "No", serviceId: "x" },
    headers: { origin: app.url },
  });
  expect(declared.status()).toBe(403);
  expect((await api.incident(incident.id)).status).toBe("triggered");

  await page.goto("/incidents/new");
  await expect(page.getByText("Declaring an incident needs the observer role.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("a page of another site cannot act in a responder's name", async ({ api, duty, signInAs, trigger }) => {
  const incident = await trigger();
  const page = await signInAs(duty.person);
  const answer = await page.request.post("/api/ui/incidents/actions", {
    data: { action: "acknowledge", incidentIds: [incident.id] },
    headers: { origin: "https://elsewhere.example.com" },
  });
  expect(answer.status()).toBe(403);
  expect((await api.incident(incident.id)).status).toBe("triggered");
});
