import { NOISY_SERVICE } from "#db/seed/demo/catalogue";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { isProblemService, PROBE_TITLE, PROBLEM_TITLE, titleOf } from "#db/seed/demo/titles";
import type { Severity } from "#lib/alerts/vocabulary";
import type { CauseClass, DetectionSource, Urgency } from "#lib/incidents/vocabulary";
import { logNormal, pickWeighted, randomFrom } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

/** One incident of the past as it was meant: when, how bad, how long. Times are epoch milliseconds, the rest durations. */
export type PlannedIncident = {
  service: InsertedService;
  at: number;
  startedAt: number;
  /** Customers and colleagues notice before anybody raises the incident; monitors raise it at once. */
  detectedAt: number;
  title: string;
  severity: Severity;
  urgency: Urgency;
  priorityRank: number | null;
  detection: DetectionSource;
  /** Null: a machine closed it before anybody looked. */
  acknowledgeAfter: number | null;
  mitigateAfter: number | null;
  resolveAfter: number;
  snoozed: boolean;
  reassigned: boolean;
  reopened: boolean;
  /** Index of the incident it was merged into. */
  mergedInto: number | null;
  alerts: number;
  /** Null: nobody found out. */
  cause: CauseClass | null;
  customersAffected: number | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const { round } = Math;
// The hours of American game days, near enough without daylight saving.
const EASTERN = -5 * HOUR;

/** What happened when, in days before now; reports must find the first three. */
export const TURNING_POINTS = {
  runbooks: 270,
  fasterPaging: 120,
  fantasyRewrite: 60,
  problemBegan: 40,
} as const;

/** When the recurring fault came back without fail, hours of a Sunday. */
const KICK_OFFS = [13.4, 16.8];

/** `count` incidents of the 13 months before `now`, oldest first, with the peaks of game days. */
export function planIncidents(
  services: readonly InsertedService[],
  now: number,
  count: number,
  random: Random,
): PlannedIncident[] {
  const since = now - 395 * DAY;
  const until = now - 12 * HOUR;
  const faulty = services.find(isProblemService);
  const again = faulty ? kickOffsBefore(until) : [];
  const times = Array.from({ length: count - again.length }, () => gameDayTime(since, until, random));
  const planned = [
    ...times.map((at) => planOne(services, at, (now - at) / DAY, random)),
    ...again.flatMap((at) => (faulty ? planWork(faulty, at, (now - at) / DAY, true, random) : [])),
  ].toSorted((a, b) => a.at - b.at);
  planned.forEach((incident, index) => mergeIntoPrevious(incident, planned[index - 1], index, random));
  return planned;
}

/** Kick-offs of the last four Sundays: whenever the demo is made, its fault has recurred more than chance explains. */
function kickOffsBefore(until: number): number[] {
  const midnight = Math.floor((until + EASTERN) / DAY) * DAY;
  const sunday = midnight - new Date(midnight).getUTCDay() * DAY - EASTERN;
  return [0, 1, 2, 3]
    .flatMap((weeks) => KICK_OFFS.map((hour) => sunday - weeks * 7 * DAY + hour * HOUR))
    .filter((at) => at <= until);
}

function gameDayTime(from: number, to: number, random: Random): number {
  for (;;) {
    const at = Math.floor(from + random() * (to - from));
    if (random() < load(at) / 8) return at;
  }
}

/** How much is going on: at most 8. */
function load(at: number): number {
  const local = new Date(at + EASTERN);
  const [hour, day, month] = [local.getUTCHours(), local.getUTCDay(), local.getUTCMonth()];
  const season = month >= 8 || month <= 1 ? 1.3 : 0.9;
  if (day === 0 && hour >= 12) return 6 * season;
  if (day === 6 && hour >= 12) return 3.5 * season;
  if ((day === 1 || day === 4) && hour >= 20) return 4 * season;
  return hour >= 8 && hour < 20 ? 1.1 : 0.6;
}

export function isGameDay(at: number): boolean {
  return load(at) > 2;
}

function planOne(
  services: readonly InsertedService[],
  at: number,
  daysAgo: number,
  random: Random,
): PlannedIncident {
  const busy = isGameDay(at);
  const weight = ({ faults, tier }: InsertedService) => faults * (busy && tier === 1 ? 1.6 : 1);
  const service = pickWeighted(random, services, weight);
  if (service.name === NOISY_SERVICE && random() < 0.7) return planNoise(service, at, random);
  const recurring = isProblemService(service) && busy && daysAgo < TURNING_POINTS.problemBegan;
  return planWork(service, at, daysAgo, recurring, random);
}

/** A warning that clears before anybody looks. */
function planNoise(service: InsertedService, at: number, random: Random): PlannedIncident {
  return {
    service,
    at,
    startedAt: at - round(logNormal(random, 1.5, 0.6) * MINUTE),
    detectedAt: at,
    title: dipOr(titleOf(service, random), service, at),
    severity: "warning",
    urgency: "low",
    priorityRank: null,
    detection: "monitoring",
    acknowledgeAfter: null,
    mitigateAfter: null,
    // Of what never needs anybody hardly any is over within five minutes, of the rest nearly half.
    resolveAfter: round((isDip(at) ? 4.5 + random() * 7 : 2 + random() * 7) * MINUTE),
    snoozed: false,
    reassigned: false,
    reopened: false,
    mergedInto: null,
    alerts: 1 + Math.floor(random() * 4),
    cause: null,
    customersAffected: null,
  };
}

function dipOr(title: string, { name }: InsertedService, at: number): string {
  return isDip(at) ? `${name}: message rate dipped for 30 s` : title;
}

/** Every third is of a kind that never needs anybody. */
function isDip(at: number): boolean {
  return at % 3 === 0;
}

function planWork(
  service: InsertedService,
  at: number,
  daysAgo: number,
  recurring: boolean,
  random: Random,
): PlannedIncident {
  const severity = severityOf(random);
  const urgency: Urgency = recurring || severity === "critical" || severity === "error" ? "high" : "low";
  const priorityRank = priorityOf(urgency, random);
  const detection = detectionOf(random);
  const acknowledgeAfter = round(acknowledgeTime(urgency, daysAgo, random));
  const resolveAfter = acknowledgeAfter + MINUTE + round(resolveTime(service, priorityRank, daysAgo, random));
  const monitored = detection === "monitoring";
  const unraised = monitored ? 0 : logNormal(random, 6, 0.6);
  const unnoticed = monitored ? logNormal(random, 1.5, 0.6) : logNormal(random, 25, 0.7);
  const mitigated = priorityRank !== null && priorityRank <= 3;
  return {
    service,
    at,
    startedAt: at - round((unraised + unnoticed) * MINUTE),
    detectedAt: at - round(unraised * MINUTE),
    title: recurring ? PROBLEM_TITLE : probeOr(titleOf(service, random), service, severity),
    severity,
    urgency,
    priorityRank,
    detection,
    acknowledgeAfter,
    mitigateAfter: mitigated ? round(resolveAfter * (0.55 + random() * 0.3)) : null,
    resolveAfter,
    snoozed: urgency === "low" && random() < 0.08,
    reassigned: urgency === "high" && random() < 0.05,
    reopened: random() < 0.015,
    mergedInto: null,
    alerts: 1 + Math.floor(random() * random() * 14),
    ...aftermathOf(at, recurring, priorityRank, detection),
  };
}

/** Warnings of the service whose rules wait for probes are probes that did not end by themselves. */
function probeOr(title: string, service: InsertedService, severity: Severity): string {
  return isProblemService(service) && severity === "warning" ? PROBE_TITLE : title;
}

/** What people found out later; from a chance of its own, so that it changes nothing else of the story. */
function aftermathOf(
  at: number,
  recurring: boolean,
  priorityRank: number | null,
  detection: DetectionSource,
) {
  const random = randomFrom(at % 2 ** 31);
  const noticed = (priorityRank ?? 9) <= 2 || detection === "customer_report";
  return {
    cause: causeOf(recurring, isGameDay(at), random),
    customersAffected: noticed ? round(logNormal(random, priorityRank === 1 ? 9000 : 400, 1.1)) : null,
  };
}

function causeOf(recurring: boolean, busy: boolean, random: Random): CauseClass | null {
  if (recurring) return "defect";
  const shares = {
    change: 30,
    capacity: busy ? 26 : 6,
    defect: 16,
    configuration: 12,
    dependency: 14,
    infrastructure: 10,
  };
  if (random() < 0.25) return null;
  const words = ["change", "capacity", "defect", "configuration", "dependency", "infrastructure"] as const;
  return pickWeighted(random, words, (word) => shares[word]);
}

function severityOf(random: Random): Severity {
  const shares = { critical: 28, error: 34, warning: 28, info: 10 } satisfies Record<Severity, number>;
  return pickWeighted(random, ["critical", "error", "warning", "info"] as const, (word) => shares[word]);
}

function priorityOf(urgency: Urgency, random: Random): number | null {
  const shares = urgency === "high" ? [4, 12, 30, 18, 4, 32] : [0, 0, 8, 25, 27, 40];
  const rank = pickWeighted(random, [1, 2, 3, 4, 5, 6], (value) => shares[value - 1] ?? 0);
  return rank === 6 ? null : rank;
}

function detectionOf(random: Random): DetectionSource {
  const shares = {
    monitoring: 78,
    customer_report: 12,
    internal_person: 7,
    partner: 2,
    social: 1,
    unknown: 0,
  };
  return pickWeighted(
    random,
    ["monitoring", "customer_report", "internal_person", "partner", "social", "unknown"] as const,
    (word) => shares[word],
  );
}

function acknowledgeTime(urgency: Urgency, daysAgo: number, random: Random): number {
  if (urgency === "low") return logNormal(random, 26 * MINUTE, 0.9);
  const faster = daysAgo < TURNING_POINTS.fasterPaging ? 0.45 : 1;
  return Math.min(logNormal(random, 3.4 * MINUTE * faster, 0.9), 3 * HOUR);
}

function resolveTime(
  service: InsertedService,
  priorityRank: number | null,
  daysAgo: number,
  random: Random,
): number {
  const medians = [95, 75, 55, 45, 60];
  const median = (priorityRank === null ? 40 : (medians[priorityRank - 1] ?? 45)) * MINUTE;
  const runbooks = daysAgo < TURNING_POINTS.runbooks ? 0.55 : 1;
  const rewrite = service.team === "fantasy" && daysAgo < TURNING_POINTS.fantasyRewrite ? 2.4 : 1;
  return Math.min(logNormal(random, median * runbooks * rewrite, 0.95), 6 * DAY);
}

/** Now and then somebody sees that it is the incident before it once more. */
function mergeIntoPrevious(
  own: PlannedIncident,
  before: PlannedIncident | undefined,
  index: number,
  random: Random,
) {
  if (!before || before.mergedInto !== null) return;
  if (own.acknowledgeAfter === null || before.acknowledgeAfter === null) return;
  const mergeAfter = own.acknowledgeAfter + 2 * MINUTE;
  const open = before.at + before.resolveAfter > own.at + mergeAfter;
  if (!open || own.at - before.at > 2 * HOUR || random() > 0.25) return;
  Object.assign(own, {
    mergedInto: index - 1,
    resolveAfter: mergeAfter,
    mitigateAfter: null,
    snoozed: false,
    reassigned: false,
    reopened: false,
  });
}
