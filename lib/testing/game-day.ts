import { pick, randomFrom } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";
import type { Severity } from "#lib/alerts/vocabulary";

/** An alert of the synthetic game day with the cause that it is known to have. */
export type GameDayAlert = {
  alertId: string;
  serviceId: string;
  at: Date;
  resolvedAt: Date;
  /** Its source ended it, not a person. */
  selfResolved: boolean;
  severity: Severity;
  summary: string;
  source: string;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: Record<string, unknown>;
  cause: string;
  /** Somebody has to be told of the cause. */
  pages: boolean;
};

export type GameDay = {
  services: { id: string; tier: number }[];
  /** Dependent, supporting. */
  dependencies: (readonly [string, string])[];
  /** In the order they came. */
  alerts: GameDayAlert[];
};

const KICK_OFF = Date.UTC(2026, 8, 13, 17, 0);
const LENGTH_SECONDS = 3 * 3600;

const STORES = ["orders-db", "odds-db", "accounts-db", "wallet-db", "ledger-db", "sessions-cache"];
const STREAMS = [
  "bets-stream",
  "odds-stream",
  "payments-stream",
  "telemetry-stream",
  "mail-queue",
  "feed-queue",
];
const APIS = [
  "bet-placement",
  "cash-out",
  "odds-api",
  "pricing",
  "settlement",
  "wallet-api",
  "deposits",
  "payouts",
  "accounts-api",
  "identity",
  "limits",
  "promotions",
  "contests",
  "lineups",
  "scoring",
  "leaderboards",
  "notifications",
  "search",
  "content",
  "fraud-checks",
];
const FRONTS = [
  "web",
  "ios-gateway",
  "android-gateway",
  "affiliate-api",
  "retail-kiosk",
  "widgets",
  "admin",
  "cx-tools",
];

const CASCADES = 6;
const LOCAL_FAULTS = 30;
const BLIPS = 80;

type Draft = Omit<GameDayAlert, "alertId" | "at" | "resolvedAt"> & { at: number; endsAt: number };

/**
 * A game day of 40 services: stores and streams whose failure cascades over their dependents, faults that stay within a service (some
 * at the same time in one service), and blips that end by themselves. Equal seeds give equal days.
 */
export function gameDay(seed: number): GameDay {
  const random = randomFrom(seed);
  const dependencies = wire(random);
  const drafts = [
    ...range(CASCADES).flatMap((n) => cascade(random, n, dependencies)),
    ...range(LOCAL_FAULTS).flatMap((n) => localFault(random, n)),
    ...range(BLIPS).map((n) => blip(random, n)),
  ];
  const alerts = drafts
    .toSorted((a, b) => a.at - b.at || a.summary.localeCompare(b.summary))
    .map(({ at, endsAt, ...rest }, index) => ({
      ...rest,
      alertId: `A${String(index).padStart(5, "0")}`,
      at: instant(at),
      resolvedAt: instant(endsAt),
    }));
  const services = [...STORES, ...STREAMS, ...APIS, ...FRONTS].map((id) => ({ id, tier: tierOf(id) }));
  return { services, dependencies, alerts };
}

function tierOf(service: string): number {
  if (FRONTS.includes(service) || service === "bet-placement") return 1;
  return STORES.includes(service) ? 2 : 3;
}

/** Every API leans on a store and a stream, every front on three APIs. */
function wire(random: Random): (readonly [string, string])[] {
  const apis = APIS.flatMap((api) => [
    [api, pick(random, STORES)] as const,
    [api, pick(random, STREAMS)] as const,
  ]);
  const fronts = FRONTS.flatMap((front) => range(3).map(() => [front, pick(random, APIS)] as const));
  const all = [...apis, ...fronts];
  return [...new Map(all.map((pair) => [pair.join(" "), pair])).values()];
}

function cascade(random: Random, n: number, dependencies: GameDay["dependencies"]): Draft[] {
  const root = pick(random, [...STORES, ...STREAMS]);
  const at = (LENGTH_SECONDS / CASCADES) * n + between(random, 0, 900);
  const endsAt = at + between(random, 900, 2400);
  const cause = `cascade ${n}: ${root}`;
  const dependents = (of: string) => dependencies.flatMap(([by, on]) => (on === of ? [by] : []));
  const known = { cause, pages: true, selfResolved: false };
  const own = range(between(random, 2, 4)).map((host) => ({
    ...known,
    ...alertOf(root, host, "critical", at + host * 7, endsAt),
    summary: `${root} saturated: ${between(random, 92, 99)} % of ${between(random, 300, 900)} connections in use`,
    class: "saturation",
    customDetails: { upstream: root },
  }));
  const first = dependents(root).flatMap((service) =>
    range(between(random, 1, 6)).map((pod) => ({
      ...known,
      ...alertOf(service, pod, "error", at + between(random, 20, 240), endsAt),
      summary: `Calls to ${root} fail: ${between(random, 5, 60)} % of ${between(random, 80, 4000)} per second`,
      class: "errors",
      customDetails: { upstream: root },
    })),
  );
  const second = dependents(root)
    .flatMap(dependents)
    .flatMap((service) =>
      range(between(random, 1, 2)).map((pod) => ({
        ...known,
        ...alertOf(service, pod, "error", at + between(random, 120, 420), endsAt),
        summary: `${service} is slow: p99 ${between(random, 900, 8000)} ms above 800 ms`,
        class: "latency",
      })),
    );
  return [...own, ...first, ...second];
}

const FAULTS = [
  {
    class: "disk",
    text: (random: Random, pod: number) => `Disk ${between(random, 90, 99)} % full on node-${pod}`,
  },
  { class: "crash", text: (_: Random, pod: number) => `Pod worker-${pod} restarted 5 times in 10 min` },
  { class: "lag", text: (random: Random) => `Consumer lag of ${between(random, 20_000, 900_000)} messages` },
  {
    class: "memory",
    text: (random: Random, pod: number) => `Memory of node-${pod} at ${between(random, 91, 99)} %`,
  },
  { class: "certificate", text: () => `Certificate expires in 3 days` },
  { class: "http", text: (random: Random) => `HTTP 503 on ${between(random, 2, 40)} % of requests` },
  { class: "http", text: (random: Random) => `HTTP 401 on ${between(random, 2, 40)} % of requests` },
];

/** Every third fault hits a service that already has another one: those two must not be merged. */
function localFault(random: Random, n: number): Draft[] {
  const service = pick(randomFrom(1000 + Math.floor(n / 3)), APIS);
  const at = Math.floor(n / 3) * 1000 + between(random, 0, 400);
  const endsAt = at + between(random, 600, 3000);
  const fault = FAULTS[n % FAULTS.length] ?? pick(random, FAULTS);
  return range(between(random, 1, 8)).map((pod) => ({
    ...alertOf(service, pod, "warning", at + between(random, 0, 280), endsAt),
    cause: `fault ${n}: ${fault.class} of ${service}`,
    pages: true,
    selfResolved: false,
    summary: fault.text(random, pod),
    class: fault.class,
  }));
}

function blip(random: Random, n: number): Draft {
  const service = pick(random, APIS);
  const at = between(random, 0, LENGTH_SECONDS);
  return {
    ...alertOf(service, n % 5, "warning", at, at + between(random, 20, 110)),
    cause: `blip ${n}: ${service}`,
    pages: false,
    selfResolved: true,
    summary: `Health check of ${service} failed ${between(random, 1, 3)} times`,
    class: "probe",
  };
}

function alertOf(serviceId: string, pod: number, severity: Severity, at: number, endsAt: number) {
  return {
    serviceId,
    severity,
    at,
    endsAt,
    source: `${serviceId}-${pod}`,
    component: serviceId,
    group: null,
    customDetails: {},
  };
}

function instant(seconds: number): Date {
  return new Date(KICK_OFF + seconds * 1000);
}

function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
