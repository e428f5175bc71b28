import { beforeAll, describe, expect, test } from "vitest";
import { SYSTEM } from "#lib/context";
import type { Context } from "#lib/context";
import { importIncidents } from "#lib/imports/commands/import-incidents";
import type { ParsedRecord } from "#lib/imports/imported-incident";
import { reviewDocument } from "#lib/reports/pack-document";
import { packCsv } from "#lib/reports/pack-csv";
import { parsePack } from "#lib/reports/pack-filter";
import { packSentences, PAGED_ELSEWHERE } from "#lib/reports/pack-words";
import { readPackReport } from "#lib/reports/queries/pack-report";
import { readTrendsReport } from "#lib/reports/queries/trends-report";
import { parseTrendsFilter } from "#lib/reports/trends-filter";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { parseResponseFilter } from "#lib/reports/response-filter";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";

const { db, sql } = await useDatabase();
const HOUR = 3_600_000;

let viewer: Context;

beforeAll(async () => {
  viewer = actAs(db, await makeUser(db, { role: "owner" }));
  async function* history() {
    for (let week = 0; week < 30; week += 1) yield record(week);
  }
  await importIncidents(
    { db, actor: { ...SYSTEM, channel: "import", name: "Statuspage import" } },
    history(),
  );
});

/** An incident of two hours on each Monday of 2023, mitigated after one; nothing is known of who was paged, or when. */
function record(week: number): ParsedRecord {
  const startedAt = new Date(Date.parse("2023-01-02T10:00:00Z") + week * 7 * 24 * HOUR);
  return {
    kind: "incident",
    incident: {
      externalId: `statuspage/${week}`,
      title: `Incident ${week}`,
      body: null,
      url: null,
      components: ["Payments"],
      urgency: "high",
      priorityRank: 3,
      detectionSource: "unknown",
      customerImpact: null,
      startedAt,
      createdAt: startedAt,
      mitigatedAt: new Date(startedAt.getTime() + HOUR),
      resolvedAt: new Date(startedAt.getTime() + 2 * HOUR),
      resolvedBy: null,
      entries: [],
    },
  };
}

describe("what reports say of imported history", () => {
  test("phases of which nothing is known have no length, and no other's", async () => {
    const filter = parseResponseFilter({ from: "2023-01-01", to: "2023-12-31" });
    const { phases, total } = await readResponseReport(viewer, filter);
    expect(total.count).toBe(30);
    expect(phases).toEqual([
      { name: "Start to detection", n: 0, median: null },
      { name: "First page to acknowledgement", n: 0, median: null },
      { name: "Acknowledgement to mitigation", n: 0, median: null },
      { name: "Mitigation to resolution", n: 30, median: HOUR },
    ]);
  });

  test("whom it woke is not known, which is not nobody", async () => {
    const pack = parsePack({ by: "quarter", period: "2023-Q2" }, "quarter");
    const report = await readPackReport(viewer, pack.filter, pack);
    expect(report.now).toMatchObject({ incidents: { count: 13 }, imported: { count: 13 } });
    expect(packSentences(report).at(-1)).toBe(
      `Interruptions in hours of sleep: not known. ${PAGED_ELSEWHERE}.`,
    );
    const numbers = reviewDocument(report).figures.find(({ title }) => title === "In numbers");
    const unknown = numbers?.rows.filter(([name = ""]) => /^(Escalated|Interruptions)/.test(name));
    expect(unknown).toHaveLength(4);
    for (const [, ...cells] of unknown ?? []) expect(cells).toEqual(["–", "–", "–"]);
    expect(packCsv(report, "numbers")).toMatch(/^escalated,,,\r?$/m);
  });

  test("what came after it is not known either: fewer incidents are no improvement", async () => {
    const filter = parseTrendsFilter({ from: "2023-01-02", to: "2023-09-30", by: "service" });
    const { periods, verdict } = await readTrendsReport(viewer, filter);
    // It begins on 2 January and ends on 24 July.
    expect(periods.flatMap(({ day, incomplete }) => (incomplete ? [day] : []))).toEqual([
      "2023-01-01",
      "2023-07-01",
      "2023-08-01",
      "2023-09-01",
    ]);
    expect(verdict.word).toBe("too little data");
    const pack = parsePack({ by: "quarter", period: "2024-Q1" }, "quarter");
    const report = await readPackReport(viewer, pack.filter, pack);
    expect(report.now.withoutMajor).toBeNull();
    expect(packSentences(report)[0]).toMatch(/^Nothing is known of the time from 2023-07-24, /);
  });

  test("months before paging began here are no baseline for who is woken since", async () => {
    await sql`update incident_facts set origin = 'event' where number > 26`;
    const pack = parsePack({ by: "week", period: "2023-07-24" }, "week");
    const { verdicts, course } = await readPackReport(viewer, pack.filter, pack);
    expect(course.filter(({ incomplete }) => !incomplete)).toHaveLength(13);
    expect(verdicts.incidents.word).toBe("no detectable change");
    expect(verdicts.sleep.word).toBe("too little data");
  });
});
