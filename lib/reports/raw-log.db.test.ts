import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import type { Context } from "#lib/context";
import { OURS } from "#lib/reports/detection-report";
import { readDetectionReport } from "#lib/reports/queries/detection-report";
import { readHealthReport } from "#lib/reports/queries/on-call-health-report";
import { readResponseReport } from "#lib/reports/queries/response-report";
import { parseReportFilter } from "#lib/reports/report-filter";
import { parseResponseFilter } from "#lib/reports/response-filter";
import type { ResponseReport } from "#lib/reports/response-report";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import { median } from "#lib/statistics/quantile";
import { randomFrom } from "#lib/statistics/random";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { readOracle, readOracleInterruptions } from "#lib/testing/log-oracle";
import type { OracleFacts, OracleInterruption } from "#lib/testing/log-oracle";

const { db, url, sql, setTime } = await useDatabase();

const NOW = new Date("2025-11-23T20:00:00.000Z");
const START = Date.parse("2024-12-01T00:00:00.000Z");
const DAY = 86_400_000;
const MINUTE = 60_000;
const ROUNDS = 50;

let reader: Context;
let oracle: OracleFacts[];
let rang: OracleInterruption[];
let services: string[];
let teams: string[];

beforeAll(async () => {
  await setTime(NOW);
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  reader = actAs(db, { role: "manager", timeZone: "UTC" });
  [oracle, rang] = await Promise.all([readOracle(db), readOracleInterruptions(db)]);
  services = (await sql`select id from services order by name`).map(({ id }) => String(id));
  teams = (await sql`select id from teams order by name`).map(({ id }) => String(id));
}, 180_000);

type Choice = {
  from: string;
  to: string;
  urgency?: string;
  service?: string;
  team?: string;
  priority?: string;
  major?: string;
};

/** A random address of a report; the same for the same number. */
function choiceOf(seed: number): Choice {
  const random = randomFrom(seed);
  const one = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const maybe = (share: number, part: Partial<Choice>) => (random() < share ? part : {});
  const start = START + Math.floor(random() * 300) * DAY;
  return {
    from: new Date(start).toISOString(),
    to: new Date(start + (7 + Math.floor(random() * 150)) * DAY).toISOString(),
    ...maybe(0.3, { urgency: random() < 0.5 ? "high" : "low" }),
    ...maybe(0.4, { service: one(services) }),
    ...maybe(0.4, { team: one(teams) }),
    ...maybe(0.2, { priority: one(["P1,P2", "P3", "none"]) }),
    ...maybe(0.2, { major: random() < 0.5 ? "yes" : "no" }),
  };
}

const isMajor = ({ incident: { rank } }: OracleFacts) => rank !== null && rank <= 2;

/** Whether an incident is of the kind that the address names, whenever it was created. */
function isOfKind(fact: OracleFacts, choice: Choice): boolean {
  const { incident } = fact;
  const priority = incident.rank === null ? "none" : `P${incident.rank}`;
  return (
    (choice.urgency ?? incident.urgency) === incident.urgency &&
    (choice.service ?? incident.service_id) === incident.service_id &&
    (choice.team ?? incident.team_id) === incident.team_id &&
    (choice.priority ?? priority).split(",").includes(priority) &&
    (choice.major === undefined || (choice.major === "yes") === isMajor(fact))
  );
}

const isWithin = (at: Date, { from, to }: Choice) => at.toISOString() >= from && at.toISOString() < to;

/** What reports count without being asked for more. */
function chosenBy(choice: Choice): OracleFacts[] {
  return oracle.filter(
    (fact) =>
      isWithin(fact.incident.created_at, choice) &&
      isOfKind(fact, choice) &&
      fact.incident.merged_into_id === null &&
      !fact.autoResolved,
  );
}

/** What was measured on a clock, to the second: medians of two instants a millisecond apart may be rounded apart. */
type Measured = { n: number; median: number | null; notMeasured: number };

const MEASURED = ["acknowledge", "resolve"] as const;

function clocksOf({ clocks }: ResponseReport): (Measured | null)[] {
  return MEASURED.map((clock) => {
    const row = clocks.find((one) => one.clock === clock);
    return row
      ? { n: row.n, median: inSeconds(row.median), notMeasured: row.waiting.count + row.never.count }
      : null;
  });
}

function slowClocksOf(chosen: readonly OracleFacts[]): Measured[] {
  return MEASURED.map((clock) => {
    const known = chosen.flatMap((fact) => fact[clock] ?? []).toSorted((a, b) => a - b);
    return { n: known.length, median: inSeconds(median(known)), notMeasured: chosen.length - known.length };
  });
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}

describe(`over ${ROUNDS} random filters, from the raw log`, () => {
  test("the response report", { timeout: 300_000 }, async () => {
    let counted = 0;
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const choice = choiceOf(seed);
      const chosen = chosenBy(choice);
      counted += chosen.length;
      const report = await readResponseReport(reader, parseResponseFilter(choice));
      const open = chosen.filter(({ incident }) => incident.status !== "resolved");
      expect([report.total.count, report.open.count]).toEqual([chosen.length, open.length]);
      expect(report.escalated.count).toBe(chosen.filter(({ timeouts }) => timeouts > 0).length);
      expect(report.escalated.of).toBe(chosen.filter(({ firstPage }) => firstPage !== null).length);
      expect(clocksOf(report)).toEqual(slowClocksOf(chosen));
    }
    expect(counted).toBeGreaterThan(3000);
  });

  test("the detection report", { timeout: 300_000 }, async () => {
    for (let seed = 101; seed <= 100 + ROUNDS; seed += 1) {
      const choice = choiceOf(seed);
      const chosen = chosenBy(choice);
      const report = await readDetectionReport(reader, parseReportFilter(choice));
      for (const { source, count } of report.sources) {
        const slow = chosen.filter(({ incident }) => incident.detection_source === source);
        expect([source, count]).toEqual([source, slow.length]);
      }
      const ours = chosen.filter(({ incident }) =>
        OURS.some((source) => source === incident.detection_source),
      );
      expect(report.all.ours.count).toBe(ours.length);
      const known = chosen.filter(({ incident }) => incident.detection_source !== "unknown");
      expect(report.all.known.count).toBe(known.length);
    }
  });

  test("on-call health", { timeout: 300_000 }, async () => {
    const byId = new Map(oracle.map((fact) => [fact.incident.id, fact]));
    let counted = 0;
    for (let seed = 201; seed <= 200 + ROUNDS; seed += 1) {
      const choice = choiceOf(seed);
      const chosen = rang.filter(({ at, incidentId }) => {
        const fact = byId.get(incidentId);
        return fact !== undefined && isWithin(at, choice) && isOfKind(fact, choice);
      });
      counted += chosen.length;
      const { all } = await readHealthReport(reader, parseReportFilter(choice));
      expect(all.classes.map((part) => [part.class, part.count])).toEqual(
        (["business", "off", "sleep"] as const).map((name) => [
          name,
          chosen.filter((one) => one.class === name).length,
        ]),
      );
      expect(all.people).toBe(new Set(chosen.map(({ userId }) => userId)).size);
      const hours = chosen.map(({ userId, at }) => `${userId} ${at.toISOString().slice(0, 13)}`);
      expect(all.hours).toBe(new Set(hours).size);
    }
    expect(counted).toBeGreaterThan(1000);
  });

  test("service levels", { timeout: 300_000 }, async () => {
    const since = Date.UTC(2025, 10, 23) - 27 * DAY;
    let judged = 0;
    for (let seed = 301; seed <= 300 + ROUNDS; seed += 1) {
      const { service, team } = choiceOf(seed);
      const chosen = oracle.filter(
        (fact) =>
          fact.incident.created_at.getTime() >= since &&
          fact.incident.merged_into_id === null &&
          isOfKind(fact, { from: "", to: "", ...(service && { service }), ...(team && { team }) }),
      );
      const report = await readServiceLevelReport(reader, {
        service: service ? [service] : [],
        team: team ? [team] : [],
      });
      const level = report.levels.find(({ name }) => name === "Acknowledged in time");
      const states = chosen.map(acknowledgedInTime);
      expect(level?.rolling.states.met.count).toBe(states.filter((state) => state === "met").length);
      expect(level?.rolling.states.breached.count).toBe(
        states.filter((state) => state === "breached").length,
      );
      judged += level?.rolling.judged ?? 0;
    }
    expect(judged).toBeGreaterThan(500);
  });
});

/** How the demo's promise to acknowledge stands: 5 minutes for P1, 10 for P2, 15 on services of tier 1, an hour otherwise. */
function acknowledgedInTime({ incident, firstPage, firstAck, resolve }: OracleFacts): string {
  const byTier = incident.tier === 1 ? 15 : 60;
  const minutes = incident.rank === 1 ? 5 : incident.rank === 2 ? 10 : byTier;
  const created = incident.created_at.getTime();
  const due = (firstPage ?? created) + minutes * MINUTE;
  const ended = firstAck ?? (resolve === null ? null : created + resolve);
  if (ended === null) return NOW.getTime() > due ? "breached" : "running";
  if (ended > due) return "breached";
  return firstAck === null ? "not needed" : "met";
}
