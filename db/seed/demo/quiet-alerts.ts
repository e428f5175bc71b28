import type { alerts } from "#db/schema/events";
import { PROBLEM_SERVICE } from "#db/seed/demo/catalogue";
import type { InsertedService } from "#db/seed/demo/insert-services";
import type { PlannedIncident } from "#db/seed/demo/plan-incidents";
import { PROBE_TITLE } from "#db/seed/demo/titles";
import type { PausedBy } from "#lib/alerts/verdict";
import { newId } from "#lib/ids";
import { pick, randomFrom } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

type AlertRow = typeof alerts.$inferInsert;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEKS = 26;

export const LOAD_TEST_RULE = "Load tests are announced of Rules of Bet slip suppresses it";
export const PROBE_RULE = "Single probes are given two minutes of Rules of Bet slip pauses it";
/** What load tests set off: kinds that are real trouble at other times. */
const LOAD_TEST_TITLES = [
  `${PROBLEM_SERVICE}: p99 latency above 2 s`,
  `${PROBLEM_SERVICE}: request queue growing, oldest 40 s`,
] as const;

/** What holds an alert back, and how long. */
type Holding = { because: string; by: PausedBy; seconds: number } | { because: string; by: null };

type Quiet = {
  service: string;
  summary: string;
  at: number;
  lasts: number;
  events: number;
  holding: Holding;
};

/** Alerts of the last half year that paged nobody, oldest first: load tests, single probes, transient ones, maintenance, flapping. */
export function quietAlerts(
  services: readonly InsertedService[],
  planned: readonly PlannedIncident[],
  now: number,
): AlertRow[] {
  const random = randomFrom(8_2026);
  const all = [
    ...loadTests(planned, now, random),
    ...probes(now, random),
    ...transients(now, random),
    ...maintained(now, random),
    ...flapping(now, random),
  ];
  return all
    .filter(({ at, lasts }) => at + lasts < now)
    .toSorted((a, b) => a.at - b.at)
    .flatMap((quiet) => {
      const service = services.find(({ name }) => name === quiet.service);
      return service ? [rowOf(quiet, service)] : [];
    });
}

/** Twice a week, and now and then just before the same thing was real. */
function loadTests(planned: readonly PlannedIncident[], now: number, random: Random): Quiet[] {
  const holding = { because: LOAD_TEST_RULE, by: null };
  const quiet = (summary: string, at: number): Quiet => ({
    service: PROBLEM_SERVICE,
    summary,
    at,
    lasts: Math.round((4 + random() * 30) * MINUTE),
    events: 1 + Math.floor(random() * 20),
    holding,
  });
  const today = Math.floor(now / DAY) * DAY;
  const days = Array.from({ length: WEEKS * 7 }, (_, ago) => today - ago * DAY).filter((day) =>
    [2, 4].includes(new Date(day).getUTCDay()),
  );
  const announced = days.flatMap((day) =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () =>
      quiet(pick(random, LOAD_TEST_TITLES), Math.round(day + (15 + random()) * HOUR)),
    ),
  );
  const real = planned.filter(
    ({ service, title, at, acknowledgeAfter }) =>
      service.name === PROBLEM_SERVICE &&
      acknowledgeAfter !== null &&
      at > now - WEEKS * 7 * DAY &&
      LOAD_TEST_TITLES.some((known) => known === title),
  );
  return [...announced, ...real.slice(-3).map(({ title, at }) => quiet(title, at - 12 * MINUTE))];
}

function probes(now: number, random: Random): Quiet[] {
  return Array.from({ length: WEEKS * 8 }, () => ({
    service: PROBLEM_SERVICE,
    summary: PROBE_TITLE,
    at: Math.round(now - random() * WEEKS * 7 * DAY),
    lasts: Math.round((15 + random() * 100) * SECOND),
    events: 1 + Math.floor(random() * 3),
    holding: { because: PROBE_RULE, by: "rules", seconds: 120 },
  }));
}

function transients(now: number, random: Random): Quiet[] {
  return Array.from({ length: 150 }, () => {
    const known = 10 + Math.floor(random() * 20);
    return {
      service: "Warehouse",
      summary: "Warehouse: slow queries on the primary",
      at: Math.round(now - random() * 60 * DAY),
      lasts: Math.round((30 + random() * 260) * SECOND),
      events: 1 + Math.floor(random() * 5),
      holding: {
        because: `${known - 1} of ${known} alerts of its kind ended by themselves within 300 s (lower bound 0.${70 + Math.floor(known / 2)})`,
        by: "auto_pause",
        seconds: 300,
      },
    };
  });
}

function maintained(now: number, random: Random): Quiet[] {
  const sunday = Math.floor(now / DAY) * DAY - new Date(now).getUTCDay() * DAY;
  return Array.from({ length: 12 }, (_, week) => sunday - week * 7 * DAY + 4 * HOUR).flatMap((begins) =>
    Array.from({ length: 3 + Math.floor(random() * 4) }, () => ({
      service: "Primary databases",
      summary: "Primary databases: replica lag above 30 s",
      at: Math.round(begins + random() * 40 * MINUTE),
      lasts: Math.round((2 + random() * 15) * MINUTE),
      events: 2 + Math.floor(random() * 10),
      holding: {
        because: "Its service is in maintenance: “Weekly fail-over of the primaries”",
        by: "maintenance",
        seconds: 3600,
      },
    })),
  );
}

function flapping(now: number, random: Random): Quiet[] {
  return Array.from({ length: 6 }, () => now - random() * 90 * DAY).flatMap((begins) =>
    Array.from({ length: 4 }, (_, turn) => ({
      service: "Event bus",
      summary: "Event bus: partition without leader",
      at: Math.round(begins + turn * 4 * MINUTE),
      lasts: Math.round((1 + random() * 2) * MINUTE),
      events: 1,
      holding: {
        because: `It is flapping: it opened and ended ${4 + 2 * turn} times within 30 min; it is held until it has stayed open for 10 min`,
        by: "flapping",
        seconds: 600,
      },
    })),
  );
}

function rowOf({ summary, at, lasts, events, holding }: Quiet, service: InsertedService): AlertRow {
  return {
    id: newId(at),
    serviceId: service.id,
    integrationId: service.integrationId,
    incidentId: null,
    dedupKey: `${service.name}/quiet/${at}/${lasts}`,
    status: "resolved",
    severity: "warning",
    summary,
    source: `${service.name.toLowerCase().replaceAll(" ", "-")}-1`,
    component: service.kind,
    suppressed: holding.by === null,
    pausedBy: holding.by,
    pausedUntil: holding.by === null ? null : new Date(at + holding.seconds * SECOND),
    heldBecause: holding.because,
    tags: holding.because === LOAD_TEST_RULE ? ["load-test"] : [],
    occurrenceCount: events,
    selfResolved: true,
    startedAt: new Date(at),
    lastSeenAt: new Date(events > 1 ? at + lasts / 2 : at),
    createdAt: new Date(at),
    resolvedAt: new Date(at + lasts),
    isDemo: true,
  };
}
