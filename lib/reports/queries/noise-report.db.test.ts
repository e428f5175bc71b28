import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedDemo } from "#db/seed/demo";
import { actedOn, saidOf } from "#lib/alerts/acted";
import { alertFilterParameters, parseAlertFilter } from "#lib/alerts/filter";
import type { AlertFilter } from "#lib/alerts/filter";
import { readAlertHistogram } from "#lib/alerts/queries/alert-histogram";
import { listAlertKinds } from "#lib/alerts/queries/alert-kinds";
import { countAlerts, getAlert, listAlerts } from "#lib/alerts/queries/list-alerts";
import { within } from "#lib/alerts/span";
import { search } from "#lib/cel/re2";
import type { Context } from "#lib/context";
import { NOISE_FIGURES, noiseCsv } from "#lib/reports/noise-csv";
import { parseNoiseFilter } from "#lib/reports/noise-filter";
import { readNoiseReport } from "#lib/reports/queries/noise-report";
import { checkPath } from "#lib/rules/queries/check-path";
import { readSuggestion } from "#lib/rules/queries/read-suggestion";
import { EMPTY_PATH } from "#lib/rules/rule";
import { withSuggestion } from "#lib/rules/suggested-rule";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { disagreements, linkedNumbers } from "#lib/testing/linked-numbers";
import { reportParameters } from "#lib/testing/report-filters";

const { db, url } = await useDatabase();

// A Sunday in the past: the same alerts whenever the test runs.
const NOW = new Date("2025-11-23T20:00:00.000Z");
const YEAR = { from: "2024-11-25", to: "2025-11-23" };

let viewer: Context;

const countListed = async (ctx: Context, parameters: URLSearchParams) => {
  const { filter, ignored } = parseAlertFilter(parameters);
  if (ignored.length > 0) throw new Error(`The list of alerts does not know ${ignored.join(", ")}`);
  return (await countAlerts(ctx, filter)).alerts;
};

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  // People said of some pages whether they were useful, whatever they did about the incident; not of those that nobody looks at.
  await db.execute(sql`
    insert into page_verdicts (incident_id, user_id, useful, at)
    select i.incident_id, u.id, hashtext(i.incident_id || u.id) % 3 = 0, i.created_at
    from incident_facts i join services s on s.id = i.service_id and s.name <> 'Odds feed ingest', (select id from users order by id limit 2) u
    where i.status = 'resolved' and hashtext(u.id || i.incident_id) % 5 = 0
    on conflict do nothing`);
  viewer = actAs(db, { role: "stakeholder", timeZone: "America/New_York" });
}, 120_000);

describe("readNoiseReport", () => {
  test(
    "every number opens a list with that many alerts, over 40 random filters",
    { timeout: 240_000 },
    async () => {
      const filters = await reportParameters(db, { severity: ["critical", "warning,info", "nonsense"] });
      await fc.assert(
        fc.asyncProperty(filters, async (parameters) => {
          const report = await readNoiseReport(viewer, parseNoiseFilter(parameters));
          expect(await disagreements(viewer, report, { "/alerts": countListed })).toEqual([]);
        }),
        { numRuns: 40, seed: 20_261_130 },
      );
    },
  );

  test("the steps of the funnel are what a slow count finds, each part of the one before", async () => {
    const { funnel, events, interruptions, rate, periods } = await readNoiseReport(
      viewer,
      parseNoiseFilter(YEAR),
    );
    const [slow] = await db.$client<Record<string, number>[]>`
      with mine as (
        select a.*, f.interruption_count as rang, case when exists (select from page_verdicts v where v.incident_id = a.incident_id)
          then exists (select from page_verdicts v where v.incident_id = a.incident_id and v.useful)
          else f.first_engaged_at is not null end as acted from alerts a
        left join incident_facts f on f.incident_id = a.incident_id
        where a.created_at >= '2024-11-25T05:00Z' and a.created_at < '2025-11-24T05:00Z'
      ), opened as (select * from mine where incident_id is not null and grouping_reason is null)
      select (select count(*) from mine)::int as alerts, (select count(*) from mine where not suppressed)::int as visible,
        (select count(*) from mine where incident_id is not null)::int as placed, (select count(*) from opened)::int as opened,
        (select count(*) from opened where rang > 0)::int as interrupting,
        (select count(*) from opened where rang > 0 and acted)::int as acted,
        (select sum(occurrence_count) from mine)::int as events,
        (select sum(interruption_count) from incident_facts where incident_id in (select incident_id from opened))::int as interruptions`;
    const counts = Object.fromEntries(Object.entries(funnel).map(([step, { count }]) => [step, count]));
    expect({ ...counts, events, interruptions }).toEqual(slow);
    const steps = Object.values(counts);
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    expect(funnel.acted.count).toBeGreaterThan(100);
    expect(rate.judged.count + rate.waiting.count).toBe(funnel.opened.count);
    expect(periods.reduce((sum, { opened }) => sum + opened.count, 0)).toBe(funnel.opened.count);
  });

  test("offenders share out all interruptions, and what nobody acts on is named", async () => {
    const report = await readNoiseReport(viewer, parseNoiseFilter(YEAR));
    expect(report.services.at(-1)?.soFar).toBeGreaterThan(0.6);
    expect(report.kinds.reduce((sum, one) => sum + one.interruptions, 0)).toBeLessThanOrEqual(
      report.interruptions,
    );
    expect(report.ignored.map(({ service }) => service)).toContain("Odds feed ingest");
    for (const { rate } of report.ignored) expect(rate.acted.count).toBe(0);
    expect(linkedNumbers(report).length).toBeGreaterThan(200);
  });

  test("says what became of what was held back, what was hidden though it mattered, and which rules never matched", async () => {
    const report = await readNoiseReport(viewer, parseNoiseFilter(YEAR));
    expect(new Set(report.pausing.map(({ by }) => by))).toEqual(
      new Set(["rules", "auto_pause", "maintenance", "flapping"]),
    );
    for (const { paused, over, opened, waiting } of report.pausing) {
      expect(over.count + opened.count + waiting.count).toBe(paused.count);
    }
    expect(report.pausing.find(({ by }) => by === "rules")?.acted.count).toBeGreaterThan(0);
    const tests = report.hiding.find(({ because }) => because.startsWith("Load tests"));
    expect(tests?.missed.count).toBeGreaterThanOrEqual(1);
    expect(tests?.missed.count).toBeLessThan((tests?.hidden.count ?? 0) / 4);
    expect(report.rules.map(({ ruleId, hits }) => [ruleId, hits > 0])).toEqual([
      expect.arrayContaining([true]),
      expect.arrayContaining([true]),
      ["office-hours", false],
    ]);
  });

  test("nothing in range is a report of nothing", async () => {
    const report = await readNoiseReport(viewer, parseNoiseFilter({ from: "2020-01-01", to: "2020-02-01" }));
    expect(report).toMatchObject({
      events: 0,
      interruptions: 0,
      services: [],
      kinds: [],
      rate: { proportion: null },
    });
    for (const figure of NOISE_FIGURES) expect(noiseCsv(report, figure)).toMatch(/\r\n$/);
  });
});

describe("the explorer", () => {
  const bounded = () => within(parseAlertFilter(YEAR).filter, "7d", "America/New_York", NOW);

  test("lists every alert once, newest first, over its pages", async () => {
    const filter = { ...bounded(), severity: ["critical"] as const };
    const { alerts } = await countAlerts(viewer, filter);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAlerts>> = await listAlerts(viewer, {
        filter,
        limit: 97,
        cursor,
      });
      seen.push(...page.rows.map(({ createdAt, id }) => `${createdAt} ${id}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(alerts);
    expect(seen).toEqual(seen.toSorted().toReversed());
  });

  test("bars and kinds add up to what is listed", async () => {
    const { alerts, events } = await countAlerts(viewer, bounded());
    const bins = await readAlertHistogram(viewer, bounded());
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);
    expect(bins.reduce((all, { counts }) => all + sum(counts), 0)).toBe(alerts);
    const { kinds, total } = await listAlertKinds(viewer, {
      filter: bounded(),
      order: "alerts",
      limit: 1000,
    });
    expect(kinds).toHaveLength(total);
    expect(kinds.reduce((all, kind) => all + kind.alerts, 0)).toBe(alerts);
    expect(kinds.reduce((all, kind) => all + kind.events, 0)).toBe(events);
    for (const { course, alerts: own } of kinds) expect(course.reduce((all, one) => all + one, 0)).toBe(own);
  });

  test("what people said decides what was acted on, one by one as the rule in words does", async () => {
    const filter = { ...bounded(), outcome: ["opened"] as const };
    const { rows } = await listAlerts(viewer, { filter, limit: 10_000 });
    const facts = await db.execute<{
      number: number;
      engaged: boolean;
      over: boolean;
      verdicts: { useful: boolean }[];
    }>(sql`
      select f.number, f.first_engaged_at is not null as engaged, f.status = 'resolved' as over,
        coalesce((select json_agg(v) from page_verdicts v where v.incident_id = f.incident_id), '[]') as verdicts
      from incident_facts f`);
    const expected = new Map(
      facts.map(({ number, engaged, over, verdicts }) => {
        const said = saidOf(verdicts);
        return [number, { said, acted: actedOn({ said, engaged, isOver: over }) }] as const;
      }),
    );
    for (const { incident, said, acted } of rows) {
      expect({ said, acted }).toEqual(expected.get(incident?.number ?? -1));
    }
    const seen = new Set(rows.map(({ said, acted }) => `${said} ${acted}`));
    expect(seen).toEqual(new Set(["useful yes", "not_useful no", "null yes", "null no", "null waiting"]));
  });

  test("what was said of a kind opens exactly the alerts that it counts", async () => {
    const { kinds } = await listAlertKinds(viewer, { filter: bounded(), order: "ignored", limit: 10 });
    expect(kinds.some(({ saidUseful, saidNotUseful }) => saidUseful > 0 && saidNotUseful > 0)).toBe(true);
    for (const { id, service, saidUseful, saidNotUseful } of kinds) {
      const own = { ...bounded(), kind: [id], service: [service.id], outcome: ["opened"] as const };
      const countOf = async (said: AlertFilter["said"]) =>
        countListed(viewer, alertFilterParameters({ ...own, said }));
      expect(await countOf(["useful"])).toBe(saidUseful);
      expect(await countOf(["useful", "not_useful"])).toBe(saidUseful + saidNotUseful);
    }
  });

  test("shows one alert with why it was held back", async () => {
    const filter = { ...bounded(), outcome: ["suppressed"] as const };
    const [row] = (await listAlerts(viewer, { filter, limit: 1 })).rows;
    const alert = await getAlert(viewer, row?.id ?? "");
    expect(alert).toMatchObject({ outcome: "suppressed", incident: null, tags: ["load-test"], acted: null });
    expect(alert.kind?.text).toMatch(/^bet slip /);
    await expect(getAlert(viewer, "QNONE")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a suggestion about a kind of alert", () => {
  test("is a rule that can be published, is only watched, and finds each alert of the kind", async () => {
    const { kinds, ignored } = await readNoiseReport(viewer, parseNoiseFilter(YEAR));
    const advised = [...kinds, ...ignored].flatMap(({ key, advice }) => {
      const [serviceId, kind] = key.split(" ");
      return serviceId && kind && advice && advice.suggests !== "grouping"
        ? [{ serviceId, kind, advice }]
        : [];
    });
    expect(advised.map(({ advice }) => advice.suggests)).toContain("suppress");
    for (const { serviceId, kind, advice } of advised) {
      expect(advice.href).toMatch(new RegExp(`/rules\\?suggest=${advice.suggests}&kind=${kind}$`));
      const rule = await readSuggestion(viewer, serviceId, { suggest: advice.suggests, kind });
      if (rule === null) throw new Error("There is no suggestion.");
      expect(rule).toMatchObject({ shadow: true, disabled: false });
      const path = withSuggestion(EMPTY_PATH, rule);
      expect(withSuggestion(path, rule)).toBe(path);
      expect(checkPath("service", path)).toMatchObject({ conditions: [], problems: [] });
      const summaries = await db.$client<{ summary: string }[]>`
        select summary from alerts where template_id = ${kind} and service_id = ${serviceId}`;
      const [pattern] = rule.when.kind === "simple" ? rule.when.comparisons : [];
      const missed = summaries.filter(({ summary }) => search(pattern?.value ?? "", summary) === null);
      expect(missed).toEqual([]);
    }
  });

  test("is none where the address names no kind of the service", async () => {
    const { kinds } = await readNoiseReport(viewer, parseNoiseFilter(YEAR));
    const [serviceId = "", kind = ""] = kinds[0]?.key.split(" ") ?? [];
    expect(await readSuggestion(viewer, serviceId, { suggest: "delete", kind })).toBeNull();
    expect(await readSuggestion(viewer, "SERVICE0000000", { suggest: "suppress", kind })).toBeNull();
    expect(await readSuggestion(viewer, serviceId, { suggest: "suppress", kind: "'; --" })).toBeNull();
    expect(await readSuggestion(viewer, serviceId, {})).toBeNull();
  });
});
