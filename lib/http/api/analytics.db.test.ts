import { beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "#db/seed/demo";
import { packDays } from "#lib/reports/commands/pack-days";
import { quantile } from "#lib/statistics/quantile";
import { randomFrom } from "#lib/statistics/random";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { readOracle } from "#lib/testing/log-oracle";
import type { OracleFacts } from "#lib/testing/log-oracle";

const { db, url, sql } = await useDatabase();
const { call, makeKey } = await publicApi(db);

const NOW = new Date("2025-11-23T20:00:00.000Z");
const START = Date.parse("2024-12-01T00:00:00.000Z");
const DAY = 86_400_000;

let oracle: OracleFacts[];
let choices: { services: string[]; teams: string[] };

beforeAll(async () => {
  await seedDemo(url, { now: NOW, password: "a long enough password" });
  oracle = await readOracle(db);
  choices = {
    services: (await sql`select id from services order by name`).map(({ id }) => String(id)),
    teams: (await sql`select id from teams order by name`).map(({ id }) => String(id)),
  };
}, 120_000);

type Filters = {
  created_at_start: string;
  created_at_end: string;
  urgency?: string;
  major?: boolean;
  min_acknowledgements?: number;
  min_timeout_escalations?: number;
  service_ids?: string[];
  team_ids?: string[];
  priority_names?: string[];
};

function randomFilters(seed: number): Filters {
  const random = randomFrom(seed);
  const some = (list: readonly string[]) => list.filter(() => random() < 0.2);
  const maybe = (share: number, part: Partial<Filters>) => (random() < share ? part : {});
  const start = START + Math.floor(random() * 250) * DAY;
  const length = 1 + Math.floor(random() * 105);
  return {
    created_at_start: new Date(start).toISOString(),
    created_at_end: new Date(start + length * DAY).toISOString(),
    ...maybe(0.3, { urgency: random() < 0.5 ? "high" : "low" }),
    ...maybe(0.3, { major: random() < 0.3 }),
    ...maybe(0.2, { min_acknowledgements: 1 }),
    ...maybe(0.2, { min_timeout_escalations: 1 }),
    ...maybe(0.4, { service_ids: some(choices.services) }),
    ...maybe(0.3, { team_ids: some(choices.teams) }),
    ...maybe(0.2, { priority_names: ["P2", "P3"] }),
  };
}

function chosenBy(filters: Filters): OracleFacts[] {
  return oracle.filter(
    (fact) => isWithin(fact, filters) && isOfKind(fact, filters) && isOwned(fact, filters),
  );
}

function isWithin({ incident }: OracleFacts, { created_at_start, created_at_end }: Filters): boolean {
  const at = incident.created_at.toISOString();
  return at >= created_at_start && at < created_at_end;
}

function isOfKind({ incident, acknowledgements, timeouts }: OracleFacts, filters: Filters): boolean {
  return (
    (filters.urgency === undefined || incident.urgency === filters.urgency) &&
    (filters.major === undefined || isMajor(incident) === filters.major) &&
    acknowledgements >= (filters.min_acknowledgements ?? 0) &&
    timeouts >= (filters.min_timeout_escalations ?? 0)
  );
}

function isOwned({ incident }: OracleFacts, { service_ids, team_ids, priority_names }: Filters): boolean {
  const among = (list: string[] | undefined, value: string | null) =>
    !list || list.length === 0 || (value !== null && list.includes(value));
  return (
    among(service_ids, incident.service_id) &&
    among(team_ids, incident.team_id) &&
    among(priority_names, incident.rank === null ? null : `P${incident.rank}`)
  );
}

const isMajor = ({ rank }: OracleFacts["incident"]) => rank !== null && rank <= 2;

/** The metrics the slow way, by their names. */
function metricsOf(facts: readonly OracleFacts[]): Record<string, number | null> {
  const sum = (of: (fact: OracleFacts) => number) => facts.reduce((total, fact) => total + of(fact), 0);
  const count = (of: (fact: OracleFacts) => boolean) => facts.filter(of).length;
  const present = (of: (fact: OracleFacts) => number | null) =>
    facts.flatMap((fact) => of(fact) ?? []).toSorted((a, b) => a - b);
  const mean = (list: number[]) =>
    list.length === 0 ? null : list.reduce((a, b) => a + b, 0) / list.length / 1000;
  const acks = present(({ incident, firstAck }) =>
    firstAck === null ? null : firstAck - incident.created_at.getTime(),
  );
  const resolves = present(({ resolve }) => resolve);
  const engaged = present(({ engagedMs }) => engagedMs);
  const at = (list: number[], share: number) =>
    list.length === 0 ? null : (quantile(list, share) ?? 0) / 1000;
  return {
    total_incident_count: facts.length,
    total_incidents_acknowledged: acks.length,
    total_incidents_resolved: resolves.length,
    total_incidents_auto_resolved: count(({ autoResolved }) => autoResolved),
    total_incidents_timeout_escalated: count(({ timeouts }) => timeouts > 0),
    total_incidents_manual_escalated: count(({ manual }) => manual > 0),
    total_incidents_reassigned: count(({ reassignments }) => reassignments > 0),
    total_escalation_count: sum(({ timeouts, manual }) => timeouts + manual),
    total_interruptions: sum(({ interruptions: { business, off, sleep } }) => business + off + sleep),
    total_business_hour_interruptions: sum(({ interruptions }) => interruptions.business),
    total_off_hour_interruptions: sum(({ interruptions }) => interruptions.off),
    total_sleep_hour_interruptions: sum(({ interruptions }) => interruptions.sleep),
    total_notifications: sum(({ notifications }) => notifications),
    total_high_urgency_incidents: count(({ incident }) => incident.urgency === "high"),
    total_low_urgency_incidents: count(({ incident }) => incident.urgency === "low"),
    total_major_incidents: count(({ incident }) => isMajor(incident)),
    total_engaged_seconds: Math.floor(engaged.reduce((a, b) => a + b, 0) / 1000),
    total_snoozed_seconds: Math.floor(sum(({ snoozedMs }) => snoozedMs) / 1000),
    mean_engaged_seconds: mean(engaged),
    mean_seconds_to_first_ack: mean(acks),
    mean_seconds_to_resolve: mean(resolves),
    p50_seconds_to_first_ack: at(acks, 0.5),
    p90_seconds_to_first_ack: at(acks, 0.9),
    p75_seconds_to_resolve: at(resolves, 0.75),
    p95_seconds_to_resolve: at(resolves, 0.95),
  };
}

/** The metrics of a row that differ from the slow way by more than a rounding. */
function differing(row: Record<string, unknown> | undefined, facts: readonly OracleFacts[]): string[] {
  return Object.entries(metricsOf(facts)).flatMap(([name, expected]) => {
    const found = row?.[name] ?? null;
    const isSame = expected === null ? found === null : Math.abs(Number(found) - expected) <= 1;
    return isSame ? [] : [`${name} is ${JSON.stringify(found)}, not ${String(expected)}`];
  });
}

describe.each(["rows", "packed days"])("incident metrics from %s", (source) => {
  beforeAll(async () => {
    if (source === "rows") return;
    for (let packed = await packDays(db); packed > 0;) packed = await packDays(db);
  });

  it("have what they are read from", async () => {
    const [row] = await sql`select count(*)::int as days from packed_days where kind = 'metrics'`;
    expect(Number(row?.["days"]) > 300).toBe(source === "packed days");
  });

  it("equal what the raw log says, for 50 random filters, in all and by service", async () => {
    let counted = 0;
    for (let seed = 1; seed <= 50; seed += 1) {
      const filters = randomFilters(seed);
      const chosen = chosenBy(filters);
      counted += chosen.length;
      const all = await call("POST", "/analytics/metrics/incidents/all", { body: { filters } });
      expect(all.status).toBe(200);
      const rowsOfAll = all.at("data") as Record<string, unknown>[];
      expect(rowsOfAll).toHaveLength(chosen.length === 0 ? 0 : 1);
      expect(
        rowsOfAll.flatMap((row) => differing(row, chosen)),
        `filter ${seed}`,
      ).toEqual([]);
      const services = await call("POST", "/analytics/metrics/incidents/services", { body: { filters } });
      const rows = services.at("data") as Record<string, unknown>[];
      const byService = Map.groupBy(chosen, ({ incident }) => incident.service_id);
      expect(new Set(rows.map((row) => row["service_id"]))).toEqual(new Set(byService.keys()));
      expect(rows).toHaveLength(byService.size);
      const wrong = rows.flatMap((row) => differing(row, byService.get(String(row["service_id"])) ?? []));
      expect(wrong, `filter ${seed}`).toEqual([]);
    }
    expect(counted).toBeGreaterThan(2000);
  }, 120_000);

  it("by week in a zone that changes its clocks add up to the whole", async () => {
    const filters = { created_at_start: "2025-09-01T04:00:00Z", created_at_end: "2025-11-23T05:00:00Z" };
    const body = { filters, time_zone: "America/New_York", aggregate_unit: "week" };
    const answer = await call("POST", "/analytics/metrics/incidents/all", { body });
    const rows = answer.at("data") as Record<string, unknown>[];
    expect(rows.map((row) => row["range_start"])).toContain("2025-11-03T00:00:00");
    const total = rows.reduce((sum, row) => sum + Number(row["total_incident_count"]), 0);
    expect(total).toBe(chosenBy(filters).length);
    for (const row of rows) {
      const begins = Date.parse(`${String(row["range_start"])}Z`);
      const within = chosenBy(filters).filter(({ incident }) => {
        const local = incident.created_at.toLocaleString("sv-SE", { timeZone: "America/New_York" });
        const at = Date.parse(`${local.replace(" ", "T")}Z`);
        return at >= begins && at < begins + 7 * DAY;
      });
      expect(row["total_incident_count"]).toBe(within.length);
    }
  });

  it("up-time is what no major incident took, overlaps once", async () => {
    const filters = { created_at_start: "2025-09-01T00:00:00Z", created_at_end: "2025-11-01T00:00:00Z" };
    const [from, to] = [Date.parse(filters.created_at_start), Date.parse(filters.created_at_end)];
    const spans = oracle
      .filter(({ incident }) => isMajor(incident))
      .map(
        ({ incident }) =>
          [incident.created_at.getTime(), incident.resolved_at?.getTime() ?? Infinity] as const,
      )
      .filter(([start, end]) => start < to && end > from)
      .toSorted(([a], [b]) => a - b);
    let [down, reached] = [0, from];
    for (const [start, end] of spans) {
      down += Math.max(0, Math.min(end, to) - Math.max(start, reached));
      reached = Math.max(reached, Math.min(end, to));
    }
    const answer = await call("POST", "/analytics/metrics/incidents/all", { body: { filters } });
    expect(down).toBeGreaterThan(0);
    expect(answer.at("data.0.up_time_pct")).toBeCloseTo(100 * (1 - down / (to - from)), 3);
    expect(answer.at("data.0.total_down_time_minutes")).toBe(Math.round(down / 60_000));
  });

  it("refuses a range that is too long, ends before it begins, or is no time", async () => {
    const ask = (filters: unknown, more = {}) =>
      call("POST", "/analytics/metrics/incidents/all", { body: { filters, ...more } });
    const tooLong = await ask({
      created_at_start: "2023-01-01T00:00:00Z",
      created_at_end: "2025-01-01T00:00:00Z",
    });
    expect([tooLong.status, tooLong.at("error.code")]).toEqual([400, 2005]);
    expect((await ask({ created_at_start: "2025-02-01", created_at_end: "2025-01-01" })).status).toBe(400);
    expect((await ask({ created_at_start: "yesterday" })).status).toBe(400);
    expect((await ask({}, { time_zone: "Mars/Olympus" })).status).toBe(400);
    expect((await ask({ team_ids: ["' or true --"] })).at("data")).toEqual([]);
  });

  it("sorts by a field where asked", async () => {
    const body = {
      order_by: "total_incident_count",
      order: "desc",
      filters: { created_at_end: "2025-11-23T00:00:00Z" },
    };
    const answer = await call("POST", "/analytics/metrics/incidents/teams", { body });
    const counts = (answer.at("data") as Record<string, number>[]).map(
      (row) => row["total_incident_count"] ?? 0,
    );
    expect(counts.length).toBeGreaterThan(5);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  });
});

describe("responder metrics", () => {
  it("count what reached each person once", async () => {
    const filters = { date_range_start: "2025-06-01T00:00:00Z", date_range_end: "2025-11-01T00:00:00Z" };
    const answer = await call("POST", "/analytics/metrics/responders/all", { body: { filters } });
    const rows = answer.at("data") as Record<string, number>[];
    const within = oracle.filter(({ incident }) => {
      const at = incident.created_at.toISOString();
      return at >= filters.date_range_start && at < filters.date_range_end;
    });
    const total = (name: string) => rows.reduce((sum, row) => sum + (row[name] ?? 0), 0);
    expect(rows.length).toBeGreaterThan(10);
    expect(total("total_interruptions")).toBe(
      within.reduce((sum, { interruptions: { business, off, sleep } }) => sum + business + off + sleep, 0),
    );
    expect(total("total_notifications")).toBe(
      within.reduce((sum, { notifications }) => sum + notifications, 0),
    );
    expect(total("total_incidents_timeout_escalated_to")).toBeGreaterThan(0);
    expect(total("total_incidents_timeout_escalated_from")).toBeGreaterThan(0);
    const seconds = within.reduce((sum, { engagedMs }) => sum + (engagedMs ?? 0) / 1000, 0);
    expect(Math.abs(total("total_engaged_seconds") - seconds)).toBeLessThan(rows.length + 1);
    const teams = await call("POST", "/analytics/metrics/responders/teams", { body: { filters } });
    expect(teams.at("data.0.team_name")).toEqual(expect.any(String));
  });

  it("name only those whose load one may see: oneself, and members of teams one manages", async () => {
    const path = "/analytics/metrics/responders/all";
    const namesFor = async (key: string) =>
      ((await call("POST", path, { key })).at("data") as { responder_id: string }[]).map(
        ({ responder_id: id }) => id,
      );
    const [member] = await sql`
      select m.user_id, m.team_id from team_members m join users u on u.id = m.user_id
      where u.role = 'responder' order by m.user_id limit 1`;
    const userId = String(member?.["user_id"]);
    expect(await namesFor(await makeKey({ userId }))).toEqual([userId]);
    expect(await namesFor(await makeKey({ scope: "read" }))).toEqual([]);
    await sql`update team_members set role = 'manager'
      where user_id = ${userId} and team_id = ${String(member?.["team_id"])}`;
    const team = await sql`select user_id from team_members where team_id in (
      select team_id from team_members where user_id = ${userId} and role = 'manager')`;
    const ofTeam = await namesFor(await makeKey({ userId }));
    expect(ofTeam.length).toBeGreaterThan(1);
    const members = team.map((row) => String(row["user_id"]));
    expect(ofTeam.filter((id) => !members.includes(id))).toEqual([]);
  });

  it("say how long each was on call, at first and at later levels", async () => {
    const filters = { date_range_start: "2025-10-01T00:00:00Z", date_range_end: "2025-10-08T00:00:00Z" };
    const answer = await call("POST", "/analytics/metrics/responders/all", { body: { filters } });
    const rows = answer.at("data") as Record<string, number>[];
    const week = 7 * 86_400;
    for (const row of rows) {
      const all = row["total_seconds_on_call"] ?? -1;
      const first = row["total_seconds_on_call_level_1"] ?? -1;
      const later = row["total_seconds_on_call_level_2_plus"] ?? -1;
      expect(all).toBeLessThanOrEqual(week);
      expect(all).toBeGreaterThanOrEqual(Math.max(first, later));
      expect(all).toBeLessThanOrEqual(first + later);
    }
    // Every policy of the demo has somebody at its first level all the time.
    const first = rows.reduce((sum, row) => sum + (row["total_seconds_on_call_level_1"] ?? 0), 0);
    expect(first).toBeGreaterThan(week);
    const [policy] =
      await sql`select id from escalation_policies where deleted_at is null order by name limit 1`;
    const one = await call("POST", "/analytics/metrics/responders/all", {
      body: { filters: { ...filters, escalation_policy_ids: [String(policy?.["id"])] } },
    });
    const ofOne = (one.at("data") as Record<string, number>[]).reduce(
      (sum, row) => sum + (row["total_seconds_on_call_level_1"] ?? 0),
      0,
    );
    expect(ofOne).toBeGreaterThan(0);
    expect(ofOne).toBeLessThan(first);
  });
});

describe("user metrics", () => {
  it("count how far people are set up, of all or of some teams", async () => {
    const all = (await call("POST", "/analytics/metrics/users/all", { body: {} })).at("data.0") as Record<
      string,
      number
    >;
    const { total_users_ready = 0, total_users_partly = 0, total_users_unreachable = 0 } = all;
    expect(total_users_ready + total_users_partly + total_users_unreachable).toBe(all["total_responders"]);
    expect(all["total_users"]).toBeGreaterThan(all["total_responders"] ?? 0);
    expect(all["total_users_on_call"]).toBeGreaterThan(0);
    const filters = { team_ids: choices.teams.slice(0, 1) };
    const some = await call("POST", "/analytics/metrics/users/all", { body: { filters } });
    const [members] =
      await sql`select count(*)::int as n from team_members where team_id = ${choices.teams[0] ?? ""}`;
    expect(some.at("data.0.total_users")).toBe(members?.["n"]);
  });
});

describe("raw incidents", () => {
  it("come page by page, each once, there and back", async () => {
    const filters = { created_at_start: "2025-08-01T00:00:00Z", created_at_end: "2025-11-01T00:00:00Z" };
    for (const order_by of ["created_at", "seconds_to_resolve", "total_interruptions"]) {
      const seen: string[] = [];
      let starting_after: unknown = null;
      let first: unknown = null;
      for (let more: unknown = true; more === true;) {
        const page = await call("POST", "/analytics/raw/incidents", {
          body: { filters, limit: 97, order_by, starting_after },
        });
        const ids = (page.at("data") as { id: string }[]).map(({ id }) => id);
        if (seen.length > 0 && first === null) first = page.at("first");
        seen.push(...ids);
        [starting_after, more] = [page.at("last"), page.at("more")];
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(chosenBy(filters).length);
      const back = await call("POST", "/analytics/raw/incidents", {
        body: { filters, limit: 97, order_by, ending_before: first },
      });
      expect((back.at("data") as { id: string }[]).map(({ id }) => id)).toEqual(seen.slice(0, 97));
    }
    const wrong = await call("POST", "/analytics/raw/incidents", { body: { starting_after: "nonsense" } });
    expect(wrong.status).toBe(400);
  });

  it("of a responder are those that they were given or took", async () => {
    const filters = { created_at_start: "2025-06-01T00:00:00Z", created_at_end: "2025-11-01T00:00:00Z" };
    const everything = await call("POST", "/analytics/raw/incidents", { body: { filters, limit: 1000 } });
    const rows = everything.at("data") as {
      id: string;
      assigned_user_ids: string[];
      acknowledged_user_ids: string[];
      joined_user_ids: string[];
    }[];
    const touched = (row: (typeof rows)[number], id: string) =>
      [...row.assigned_user_ids, ...row.acknowledged_user_ids, ...row.joined_user_ids].includes(id);
    const person =
      rows.find(({ assigned_user_ids }) => assigned_user_ids.length > 0)?.assigned_user_ids[0] ?? "";
    const own = await call("POST", `/analytics/raw/responders/${person}/incidents`, {
      body: { filters, limit: 1000 },
    });
    expect(own.at("responder_id")).toBe(person);
    const found = (own.at("data") as { id: string }[]).map(({ id }) => id);
    const known = new Set(rows.map(({ id }) => id));
    expect(found.filter((id) => known.has(id))).toEqual(
      rows.filter((row) => touched(row, person)).map(({ id }) => id),
    );
    expect(found.length).toBeGreaterThan(1);
    expect((await call("POST", "/analytics/raw/responders/PNONE/incidents", { body: {} })).status).toBe(404);
  });

  it("say who was asked and when they answered", async () => {
    const fact = oracle.findLast(({ timeouts, firstAck }) => timeouts > 0 && firstAck !== null);
    const id = fact?.incident.id ?? "";
    const raw = await call("GET", `/analytics/raw/incidents/${id}`);
    expect(raw.at("timeout_escalation_count")).toBe(fact?.timeouts);
    expect(raw.at("acknowledged_user_ids")).toHaveLength(fact?.engagedPeople ?? -1);
    const answer = await call("GET", `/analytics/raw/incidents/${id}/responses`);
    const rows = answer.at("responses") as { responder_type: string; response_status: string }[];
    expect(rows[0]?.responder_type).toBe("assigned");
    expect(rows.filter(({ responder_type }) => responder_type === "escalated")).toHaveLength(
      fact?.timeouts ?? -1,
    );
    expect(rows.some(({ response_status }) => response_status === "joined")).toBe(true);
    expect((await call("GET", "/analytics/raw/incidents/PNONE")).status).toBe(404);
  });
});
