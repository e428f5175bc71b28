import { expect } from "@playwright/test";
import { test } from "#e2e/fixtures";
import { firstMailTo, mailsTo, oneTapPath } from "#e2e/outbox";

test("an event pages a person, who acknowledges from the mail, and the monitor resolves it", async ({
  api,
  browser,
  database,
  duty,
  quiet,
  signInAs,
}) => {
  const { person, service } = duty;
  const list = await signInAs("admin");
  await list.goto(`/incidents?service=${service.id}`);
  await expect(list.getByText("No incidents match these filters")).toBeVisible();
  await expect(list.getByRole("button", { name: "Live" })).toBeVisible();

  const title = `Checkout answers 5xx on ${service.name}`;
  const dedupKey = await api.send(service.key, { summary: title });

  // The open list shows it by itself.
  const row = list.getByRole("row").filter({ hasText: title });
  await expect(row).toContainText("Triggered");
  await row.getByRole("link", { name: title }).click();
  await expect(list.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(list.getByRole("button", { name: /^Acknowledge/ })).toBeVisible();

  const mail = await firstMailTo(database, person);
  expect(mail.subject).toContain(title);

  await test.step("the link works without a session: GET only shows, POST acknowledges", async () => {
    const context = await browser.newContext();
    quiet.watch(context);
    const phone = await context.newPage();
    await phone.goto(oneTapPath(mail));
    await expect(phone.getByRole("heading", { level: 1 })).toHaveText(title);
    const [open] = await api.incidentsOf(service);
    expect(open?.status).toBe("triggered");
    await phone.getByRole("button", { name: `Acknowledge as ${person.name}` }).click();
    await expect(phone.getByRole("status")).toContainText("Escalation stopped");
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });

  // The window that was open all the time shows it by itself, too.
  await expect(list.getByText(`Acknowledged by ${person.name}`)).toBeVisible();
  await expect(list.getByRole("button", { name: /^Acknowledge/ })).toHaveCount(0);

  await test.step("the timeline tells the page, its states and the acknowledgement", async () => {
    const log = list.getByRole("log");
    await expect(
      log.getByText(`${person.name} acknowledged from an e-mail: escalation stopped`),
    ).toBeVisible();
    await list.getByRole("button", { name: "All", exact: true }).click();
    await expect(log.getByText("Triggered by Monitor")).toBeVisible();
    await expect(log.getByText(`${person.name}: email accepted`)).toBeAttached();
    await list.getByRole("link", { name: "Why was I paged?" }).click();
    const page = list.getByRole("listitem").filter({ has: list.getByRole("list", { name: "Sends" }) });
    await expect(page).toContainText(person.name);
    await expect(page).toContainText("level 1");
    await expect(page.getByText("Acted on", { exact: true })).toBeVisible();
  });

  await api.send(service.key, { action: "resolve", dedupKey });
  await expect(list.getByText("Resolved", { exact: true }).first()).toBeVisible();
  expect((await api.incidentsOf(service)).map(({ status }) => status)).toEqual(["resolved"]);
  const mails = await mailsTo(database, person);
  const pages = mails.filter(({ subject }) => subject.startsWith("[HIGH]"));
  expect(pages, "nobody is paged any more").toHaveLength(1);
  expect(await mailsTo(database, duty.backup), "the backup was never needed").toEqual([]);

  await test.step("the report counts it", async () => {
    // A machine resolved it, which reports leave out unless asked.
    await list.goto(`/reports/response?service=${service.id}&clock=acknowledge&auto=include`);
    const numbers = list.getByRole("table").filter({ hasText: "Time to acknowledge" });
    await expect(
      numbers
        .getByRole("row", { name: /^Time to acknowledge/ })
        .getByRole("link", { name: "incidents acknowledged: 1", exact: true }),
    ).toBeVisible();
  });
});
