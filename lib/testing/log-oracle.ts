import type { Database } from "#db/connect";

type Entry = {
  incident_id: string;
  type: string;
  at: Date;
  actor_type: string;
  actor_id: string | null;
  user_id: string | null;
  data: Record<string, unknown>;
};

type Incident = {
  id: string;
  number: number;
  created_at: Date;
  resolved_at: Date | null;
  detected_at: Date;
  mitigated_at: Date | null;
  status: string;
  urgency: string;
  service_id: string;
  team_id: string | null;
  tier: number;
  rank: number | null;
  merged_into_id: string | null;
  detection_source: string;
};

/** What a report may say of one incident, computed the slow way. Durations in milliseconds. */
export type OracleFacts = {
  incident: Incident;
  firstPage: number | null;
  firstAck: number | null;
  resolve: number | null;
  acknowledge: number | null;
  engagedPeople: number;
  engagedMs: number | null;
  acknowledgements: number;
  timeouts: number;
  manual: number;
  reassignments: number;
  autoResolved: boolean;
  snoozedMs: number;
  interruptions: Record<"business" | "off" | "sleep", number>;
  notifications: number;
};

const SNOOZE_ENDS = ["snooze", "acknowledge", "unacknowledge", "resolve", "escalate", "delegate", "assign"];

/**
 * Reads every incident's log, pages and sends, and works out its facts one by one in plain code: what the facts table is held against.
 * Shares nothing with the statement that keeps them. For incidents that were not imported or corrected.
 */
export async function readOracle(db: Database): Promise<OracleFacts[]> {
  const sql = db.$client;
  const [incidents, entries, pages, sends] = await Promise.all([
    sql<Incident[]>`
      select i.*, s.team_id, s.tier, p.rank from incidents i join services s on s.id = i.service_id
      left join priorities p on p.id = i.priority_id order by i.number`,
    sql<Entry[]>`select * from log_entries order by at, id`,
    sql<{ incident_id: string; created_at: Date }[]>`
      select incident_id, created_at from pages where incident_id is not null order by created_at`,
    readSends(db),
  ]);
  const entriesOf = Map.groupBy(withDates(entries), (entry) => entry.incident_id);
  const pagesOf = Map.groupBy(withDates(pages), (page) => page.incident_id);
  const sendsOf = Map.groupBy(sends, (send) => send.incident_id);
  const interruptions = countsOf(interruptionsOf(sends));
  return withDates(incidents).map((incident) => ({
    ...factsOf(incident, entriesOf.get(incident.id) ?? [], pagesOf.get(incident.id)?.[0]?.created_at),
    interruptions: interruptions.get(incident.id) ?? { business: 0, off: 0, sleep: 0 },
    notifications: sendsOf.get(incident.id)?.length ?? 0,
  }));
}

type Send = { incident_id: string; user_id: string; sent_at: Date; channel: string; time_zone: string };

async function readSends(db: Database): Promise<Send[]> {
  const rows = await db.$client<Send[]>`
    select d.incident_id, d.user_id, d.sent_at, d.channel, u.time_zone from deliveries d join users u on u.id = d.user_id
    where d.sent_at is not null and d.incident_id is not null order by d.sent_at, d.id`;
  return withDates(rows);
}

export type OracleInterruption = {
  incidentId: string;
  userId: string;
  at: Date;
  class: "business" | "off" | "sleep";
};

/** Every interruption, the slow way. */
export async function readOracleInterruptions(db: Database): Promise<OracleInterruption[]> {
  return interruptionsOf(await readSends(db));
}

/** The driver gives instants as text. */
function withDates<T extends object>(rows: readonly T[]): T[] {
  return rows.map((row) => {
    const entries = Object.entries(row).map(([name, value]) => {
      const isInstant = (name === "at" || name.endsWith("_at")) && typeof value === "string";
      return [name, isInstant ? new Date(value) : (value as unknown)];
    });
    return Object.fromEntries(entries) as T;
  });
}

function factsOf(incident: Incident, log: readonly Entry[], firstPageAt: Date | undefined) {
  const over = incident.status === "resolved" ? (incident.resolved_at?.getTime() ?? null) : null;
  const created = incident.created_at.getTime();
  const byPerson = log.filter(({ actor_type }) => actor_type === "user");
  const firstAck =
    byPerson.find(({ type }) => type === "acknowledge" || type === "snooze")?.at.getTime() ?? null;
  const firstPage = firstPageAt?.getTime() ?? null;
  return {
    incident,
    firstPage,
    firstAck,
    resolve: since(over, created),
    acknowledge: since(firstAck, firstPage),
    ...engagedIn(byPerson, over),
    acknowledgements: byPerson.filter(({ type }) => type === "acknowledge").length,
    timeouts: countEscalations(log, "timeout"),
    manual: countEscalations(log, "manual"),
    reassignments: reassignedAt(log, created).size,
    autoResolved: over !== null && log.findLast(({ type }) => type === "resolve")?.actor_type !== "user",
    snoozedMs: snoozedIn(log),
  };
}

function since(end: number | null, start: number | null): number | null {
  return end !== null && start !== null && end >= start ? end - start : null;
}

function engagedIn(byPerson: readonly Entry[], over: number | null) {
  const first = new Map<string, number>();
  for (const { type, at, actor_id, data } of byPerson) {
    const engages =
      type === "acknowledge" ||
      type === "snooze" ||
      (type === "responder_reply" && data["state"] === "joined");
    const isLate = over !== null && at.getTime() > over;
    if (engages && !isLate && actor_id !== null && !first.has(actor_id)) first.set(actor_id, at.getTime());
  }
  const spans = [...first.values()].map((at) => (over ?? at) - at);
  const engagedMs = over === null || spans.length === 0 ? null : spans.reduce((sum, span) => sum + span, 0);
  return { engagedPeople: first.size, engagedMs };
}

function countEscalations(log: readonly Entry[], kind: string): number {
  return log.filter(({ type, data }) => type === "escalate" && data["kind"] === kind).length;
}

function reassignedAt(log: readonly Entry[], created: number): Set<number> {
  const given = log.filter(({ type, at, data }) => {
    const direct = type === "assign" && data["via"] === "direct_assignment" && at.getTime() > created;
    return type === "delegate" || direct;
  });
  return new Set(given.map(({ at }) => at.getTime()));
}

function snoozedIn(log: readonly Entry[]): number {
  const marks = log.filter(({ type }) => SNOOZE_ENDS.includes(type));
  return marks.reduce((sum, { type, at, data }, index) => {
    const until = Date.parse(String(data["until"]));
    const ended = marks[index + 1]?.at.getTime() ?? (until <= Date.now() ? until : null);
    if (type !== "snooze" || ended === null || Number.isNaN(until)) return sum;
    return sum + Math.max(0, Math.min(until, ended) - at.getTime());
  }, 0);
}

function interruptionsOf(sends: readonly Send[]): OracleInterruption[] {
  const last = new Map<string, number>();
  return sends.flatMap(({ incident_id, user_id, sent_at, channel, time_zone }) => {
    if (!["push", "sms", "phone", "ntfy", "pushover"].includes(channel)) return [];
    const before = last.get(user_id);
    if (before !== undefined && sent_at.getTime() - before < 60_000) return [];
    last.set(user_id, sent_at.getTime());
    return [{ incidentId: incident_id, userId: user_id, at: sent_at, class: classOf(sent_at, time_zone) }];
  });
}

function countsOf(interruptions: readonly OracleInterruption[]): Map<string, OracleFacts["interruptions"]> {
  const found = new Map<string, OracleFacts["interruptions"]>();
  for (const { incidentId, class: name } of interruptions) {
    const counts = found.get(incidentId) ?? { business: 0, off: 0, sleep: 0 };
    counts[name] += 1;
    found.set(incidentId, counts);
  }
  return found;
}

/** By the platform's own calendar, not the database's. */
function classOf(at: Date, timeZone: string): "business" | "off" | "sleep" {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "numeric",
    hourCycle: "h23",
  });
  const read = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = Number(read["hour"]);
  if (hour >= 22 || hour < 8) return "sleep";
  return hour < 18 && read["weekday"] !== "Sat" && read["weekday"] !== "Sun" ? "business" : "off";
}
