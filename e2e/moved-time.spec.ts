import { expect } from "@playwright/test";
import { test } from "#e2e/own-server";

// One server, whose clock goes on from test to test.
test.describe.configure({ mode: "default", timeout: 240_000 });

test("a promise about an incident is at risk, then breached, on the list and on its page", async ({
  duty,
  ownDatabase,
  signInAs,
  trigger,
}) => {
  const admin = await signInAs("admin");
  await admin.goto("/settings/service-levels");
  await admin.getByRole("button", { name: "New service level" }).click();
  const form = admin.getByRole("dialog", { name: "New service level" });
  const name = `Taken up ${duty.service.id}`;
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Target 1: priority").selectOption({ label: "Any priority" });
  await form.getByLabel("Target 1: minutes").fill("10");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();

  const incident = await trigger("Odds are stale");
  const list = await signInAs(duty.person);
  const page = await signInAs(duty.person);
  const row = list.getByRole("row").filter({ hasText: "Odds are stale" });
  const promise = page.getByRole("listitem").filter({ hasText: name });
  const look = async () => {
    await list.goto(`/incidents?service=${duty.service.id}`);
    await page.goto(incident.path);
    await expect(row).toBeVisible();
  };

  await test.step("in time: the page counts down, the list says nothing", async () => {
    await look();
    await expect(promise).toContainText("Acknowledge within 10 m");
    await expect(promise).toContainText(/On track: \d+:\d\d/);
    await expect(row).not.toContainText(/at risk|breached/);
  });

  await test.step("eight of ten minutes are over: at risk, and who has it is told", async () => {
    await ownDatabase.moveTime({ minutes: 8, seconds: 20 });
    await look();
    await expect(promise).toContainText(/At risk: [01]:\d\d/);
    await expect(row).toContainText("Acknowledge: at risk");
    const [policy] = await ownDatabase.sql<{ id: string }[]>`
      select id from service_level_policies where name = ${name}`;
    await list.goto(`/incidents?level=${policy!.id}:at_risk`);
    await expect(row).toBeVisible();
  });

  await test.step("ten are over: breached, open and after it is acknowledged", async () => {
    await ownDatabase.moveTime({ minutes: 2 });
    await look();
    await expect(promise).toContainText("Breached");
    await expect(row).toContainText("Acknowledge: breached");
    await page.getByRole("button", { name: /^Acknowledge/ }).click();
    await expect(page.getByText(`Acknowledged by ${duty.person.name}`).first()).toBeVisible();
    await expect(promise).toContainText("Breached");
  });

  await test.step("the compliance report counts it as broken", async () => {
    await admin.goto(`/reports/sla?service=${duty.service.id}`);
    await expect(admin.getByText(name).first()).toBeVisible();
  });
});

test("a report arrives by mail with its charts, and its snapshot opens without an account", async ({
  browser,
  mailServer,
  ownDatabase,
  quiet,
  signInAs,
}) => {
  const admin = await signInAs("admin");
  await admin.goto("/reports/response?range=26w");
  const shown = await admin
    .getByRole("table", { name: "Durations by clock" })
    .getByRole("row", { name: /^Time to resolve/ })
    .getByRole("cell")
    .nth(2)
    .innerText();
  await admin.getByRole("link", { name: "Save, send, share" }).click();
  await admin.getByRole("button", { name: "Send a report…" }).click();
  const form = admin.getByRole("dialog", { name: "Send a report by mail" });
  await form.getByLabel("Name").fill("Board letter");
  await form.getByLabel("To").fill("board@example.com");
  await form.getByLabel("Every").selectOption({ label: "Day" });
  await form.getByLabel("At").fill("09:00");
  await form.getByLabel("Time zone").fill("Europe/London");
  await form.getByRole("button", { name: "Schedule it" }).click();
  await expect(form).toBeHidden();

  const { sql } = ownDatabase;
  const [schedule] = await sql<
    { due: string }[]
  >`select next_at as due from report_schedules where name = 'Board letter'`;
  await ownDatabase.setTime(new Date(Date.parse(schedule!.due) + 1000));
  await sql`select pg_notify('touchline_engine', 'scheduled-reports')`;
  const letters = () => mailServer.received.filter(({ subject }) => subject?.startsWith("Board letter"));
  await expect.poll(() => letters().length).toBe(1);
  const [mail] = letters();
  expect(mail?.text).toContain(`Time to resolve`);

  const visitor = await browser.newContext();
  quiet.watch(visitor);
  const page = await visitor.newPage();
  await test.step("the mail's pictures are its charts, and its numbers are the page's", async () => {
    let html = typeof mail?.html === "string" ? mail.html : "";
    for (const { cid, content, contentType } of mail?.attachments ?? [])
      html = html.replaceAll(`cid:${cid}`, `data:${contentType};base64,${content.toString("base64")}`);
    await page.setContent(html);
    const widths = await page
      .locator("img")
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
    expect(widths.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...widths)).toBeGreaterThan(400);
    await expect(page.getByText(shown, { exact: true }).first()).toBeVisible();
  });

  await test.step("the snapshot's address is enough to read it, charts included", async () => {
    const address = /https?:\/\/\S+\/r\/\S+/.exec(mail?.text ?? "")?.[0];
    expect(address, mail?.text).toBeDefined();
    await page.goto(address!);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Response");
    await expect(page.locator("svg").first()).toBeVisible();
    await expect(page.getByText(shown, { exact: true }).first()).toBeVisible();
    expect(await visitor.cookies()).toEqual([]);
    expect((await page.goto("/reports/response"))?.url()).toContain("/sign-in");
  });
  await visitor.close();
});
