import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { scheduledReportsModule } from "#lib/engine/modules/scheduled-reports";
import { snapshotRoute } from "#lib/http/snapshot-route";
import { log } from "#lib/log";
import { smtpTransport } from "#lib/notifications/channels/mail-transport";
import { removeView, saveView } from "#lib/reports/commands/save-view";
import { endSchedule, scheduleReport } from "#lib/reports/commands/schedule-report";
import { revokeSnapshot, shareSnapshot } from "#lib/reports/commands/share-snapshot";
import { listReportSchedules, listSavedViews, listSnapshots } from "#lib/reports/queries/saved";
import { parseNoiseFilter } from "#lib/reports/noise-filter";
import { funnelFinding } from "#lib/reports/noise-words";
import { readNoiseReport } from "#lib/reports/queries/noise-report";
import { DOCUMENT_REPORTS, REPORT_NAMES } from "#lib/reports/sharing";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";

const { db, url, sql, setTime, moveTime } = await useDatabase();
const received: ParsedMail[] = [];
let refusals = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    void simpleParser(stream, { skipImageLinks: true }).then((mail) => {
      if (refusals > 0) {
        refusals -= 1;
        done(Object.assign(new Error("Try again later"), { responseCode: 451 }));
        return;
      }
      received.push(mail);
      done();
    });
  },
});

let boss: Context;
let reports: ReturnType<typeof scheduledReportsModule>;

beforeAll(async () => {
  await setTime(new Date("2026-10-23T12:00:00Z"));
  await seedDemo(url, { password: "a long enough password" });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const transport = smtpTransport({
    url: `smtp://127.0.0.1:${port}`,
    from: "Touchline <touchline@example.com>",
    domain: "example.com",
  });
  reports = scheduledReportsModule({ transport, baseUrl: "https://touchline.example.com" });
}, 120_000);

afterAll(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
});

beforeEach(async () => {
  received.length = 0;
  refusals = 0;
  await sql`truncate report_schedules, report_sends, report_snapshots, saved_views cascade`;
  const user = await makeUser(db, {
    role: "manager",
    timeZone: "America/New_York",
    email: `boss${Date.now()}@example.com`,
  });
  boss = actAs(db, user);
});

const run = () => reports.run({ db, engineId: "test", log: log() });
/** The text of the noise report as it comes by mail on the Monday after. */
async function scheduleNoise(query: string) {
  received.length = 0;
  const { id } = await scheduleReport(boss, {
    ...MONDAYS,
    report: "noise",
    query,
    recipients: ["cto@example.com"],
  });
  await sql`update report_schedules set next_at = now() where id = ${id}`;
  await run();
  await endSchedule(boss, { scheduleId: id });
  return received[0]?.text?.replaceAll("\n", " ") ?? "";
}

const MONDAYS = {
  name: "Monday review",
  report: "response" as const,
  query: "range=26w",
  recipients: ["cto@example.com", "ops@example.com"],
  cadence: { every: "week" as const, on: 1, minute: 540, timeZone: "America/New_York" },
};

describe("a report by mail", () => {
  test("arrives once per due instant with charts and tables, also after the clocks change", async () => {
    await setTime(new Date("2026-10-23T12:00:00Z"));
    await scheduleReport(boss, MONDAYS);
    expect((await run()).nextAt?.toISOString()).toBe("2026-10-26T13:00:00.000Z");
    expect(received).toHaveLength(0);
    await setTime(new Date("2026-10-26T13:00:00.500Z"));
    // Two engines at once, and again.
    await Promise.all([run(), run()]);
    await run();
    expect(received).toHaveLength(2);
    const [mail] = received;
    expect(mail?.subject).toBe("Monday review: Response, 2026-10-26");
    expect(mail?.attachments.map(({ contentType }) => contentType)).toEqual(["image/png", "image/png"]);
    for (const { cid, content } of mail?.attachments ?? []) {
      expect(mail?.html).toContain(`cid:${cid}`);
      expect(content.length).toBeGreaterThan(5000);
    }
    expect(mail?.html).toContain("<table");
    expect(mail?.text).toContain("Time to resolve");
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(2);
    await setTime(new Date("2026-11-02T13:30:00Z"));
    await run();
    expect(received).toHaveLength(2);
    await setTime(new Date("2026-11-02T14:00:01Z"));
    await run();
    await run();
    expect(received).toHaveLength(4);
    expect((await listReportSchedules(boss))[0]?.last).toMatchObject({ sent: 2, waiting: 0, failed: 0 });
  });

  test("is tried again as the same message when the server is busy, and after an outage comes once", async () => {
    await setTime(new Date("2026-10-23T12:00:00Z"));
    await scheduleReport(boss, {
      ...MONDAYS,
      report: "service-levels",
      query: "",
      recipients: ["cto@example.com"],
    });
    refusals = 1;
    await setTime(new Date("2026-11-16T15:00:00Z"));
    await run();
    expect(received).toHaveLength(0);
    expect((await listReportSchedules(boss))[0]?.last).toMatchObject({
      waiting: 1,
      detail: expect.stringContaining("Try again"),
    });
    await moveTime({ minutes: 2 });
    await run();
    await run();
    expect(received.map(({ subject }) => subject)).toEqual(["Monday review: Service levels, 2026-11-16"]);
    await moveTime({ minutes: 120 });
    await run();
    expect(received).toHaveLength(1);
  });

  test("about noise says what its page says, of the filter and time of its address", async () => {
    await setTime(new Date("2026-10-23T12:00:00Z"));
    const { alerts } = parseNoiseFilter({});
    const text = await scheduleNoise("range=4w");
    const report = await readNoiseReport(boss, { alerts, range: "4w", from: null, to: null });
    expect(report.funnel.acted.count).toBeGreaterThan(0);
    expect(text).toContain(funnelFinding(report));
    expect(text).toContain(`${report.interruptions.toLocaleString("en")}`);
    expect(await scheduleNoise("severity=info&from=2026-10-01T00:00:00Z&to=2026-10-01T00:00:01Z")).toContain(
      "None of 0 events interrupted anybody",
    );
  });

  test("to others takes the right to configure, and ends when it is stopped or its owner leaves", async () => {
    const user = await makeUser(db, { role: "responder" });
    const responder = actAs(db, user);
    await expect(scheduleReport(responder, MONDAYS)).rejects.toMatchObject({ code: "forbidden" });
    await scheduleReport(responder, { ...MONDAYS, recipients: [user.email] });
    const { id: scheduleId } = await scheduleReport(boss, MONDAYS);
    await endSchedule(boss, { scheduleId });
    await sql`update users set deactivated_at = now() where id = ${user.id}`;
    await moveTime({ days: 8 });
    await run();
    await run();
    expect(received).toHaveLength(0);
    await expect(
      scheduleReport(boss, {
        ...MONDAYS,
        recipients: ["nobody"],
        cadence: { ...MONDAYS.cadence, timeZone: "Mars" },
      }),
    ).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a snapshot", () => {
  const read = (path: string) => snapshotRoute(new Request(`http://localhost${path}`), path.slice(3), db);

  test("is read without an account, stays as it was, and ends when it is revoked or expires", async () => {
    const { id, path } = await shareSnapshot(boss, { report: "response", query: "range=26w", days: 7 });
    const response = await read(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("cache-control")).toContain("no-store");
    const first = await response.text();
    expect(first).toContain("<svg");
    await sql`update incident_facts set ms_to_resolve = ms_to_resolve * 2`;
    expect(await (await read(path)).text()).toBe(first);
    await sql`update incident_facts set ms_to_resolve = ms_to_resolve / 2`;
    await revokeSnapshot(boss, { snapshotId: id });
    expect((await read(path)).status).toBe(404);
    const other = await shareSnapshot(boss, { report: "service-levels", query: "", days: 1 });
    expect((await read(other.path)).status).toBe(200);
    await moveTime({ days: 1, seconds: 1 });
    expect((await read(other.path)).status).toBe(404);
    expect((await read(`${path.slice(0, -2)}xx`)).status).toBe(404);
    expect((await listSnapshots(boss)).map(({ state }) => state)).toEqual(["expired", "revoked"]);
  });

  test("is there of every report, with a chart, the zone of its times, and the name of nobody", async () => {
    await setTime(new Date("2026-10-23T12:00:00Z"));
    const people = await sql<{ name: string }[]>`
      select distinct u.name from interruptions r join users u on u.id = r.user_id`;
    expect(people.length).toBeGreaterThan(5);
    for (const report of DOCUMENT_REPORTS) {
      const { path } = await shareSnapshot(boss, { report, query: "", days: 1 });
      const html = await (await read(path)).text();
      expect(html.toLowerCase()).toContain(REPORT_NAMES[report].toLowerCase());
      expect(html).toContain("<svg");
      expect(html).toContain("America/New_York");
      expect(people.filter(({ name }) => html.includes(name))).toEqual([]);
    }
  });

  test("takes the right to configure", async () => {
    const responder = actAs(db, await makeUser(db));
    const input = { report: "response" as const, query: "", days: 7 };
    await expect(shareSnapshot(responder, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(listSnapshots(responder)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a view", () => {
  test("is its owner's, or everybody's, and removed by its owner or a manager", async () => {
    const [ann, ben] = [actAs(db, await makeUser(db)), actAs(db, await makeUser(db))];
    const mine = { name: "Mine", path: "/incidents", query: "status=open", shared: false };
    const { id } = await saveView(ann, mine);
    const { id: shared } = await saveView(ann, { ...mine, name: "Ours", path: "/reports/sla", shared: true });
    expect((await listSavedViews(ann)).map(({ name, href }) => [name, href])).toEqual([
      ["Mine", "/incidents?status=open"],
      ["Ours", "/reports/sla?status=open"],
    ]);
    expect((await listSavedViews(ben)).map(({ name, isOwn }) => [name, isOwn])).toEqual([["Ours", false]]);
    await expect(removeView(ben, { viewId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeView(ben, { viewId: shared })).rejects.toMatchObject({ code: "forbidden" });
    await expect(saveView(ann, mine)).rejects.toMatchObject({ fields: [{ field: "name" }] });
    await expect(saveView(ann, { ...mine, path: "//evil.example.com" })).rejects.toMatchObject({
      code: "invalid",
    });
    await removeView(boss, { viewId: shared });
    await removeView(ann, { viewId: id });
    expect(await listSavedViews(ann)).toEqual([]);
  });
});
