import { Temporal } from "temporal-polyfill";
import type {
  LayerDefinition,
  LayerRestriction,
  LayerRotation,
  Override,
  ScheduleFacts,
} from "#lib/on-call/schedule";

// The rules of schedules said slowly, on Temporal's own arithmetic, with no code of the resolver.

const DAY = 86_400_000;

type Windows = { start: number; end: number }[];

function instantOf(wall: Temporal.PlainDateTime, timeZone: string): number {
  return wall.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;
}

function durationOf(unit: LayerRotation["unit"], amount: number) {
  return { [`${unit}s`]: amount };
}

/** Every occurrence of every restriction around `date`, in a zone. */
function windowsAround(
  restrictions: LayerRestriction[],
  date: Temporal.PlainDate,
  days: number,
  timeZone: string,
): Windows {
  const windows: Windows = [];
  for (let offset = -days; offset <= days; offset += 1) {
    const day = date.add({ days: offset });
    for (const restriction of restrictions) {
      if (restriction.type === "weekly" && restriction.startDay !== day.dayOfWeek) continue;
      const start = day.toPlainDateTime(Temporal.PlainTime.from(restriction.startTime));
      const end = start.add({ seconds: restriction.durationSeconds });
      windows.push({ start: instantOf(start, timeZone), end: instantOf(end, timeZone) });
    }
  }
  return windows;
}

function remember(answer: (step: number) => number): (step: number) => number {
  const known = new Map<number, number>();
  return (step) => {
    const value = known.get(step) ?? answer(step);
    known.set(step, value);
    return value;
  };
}

function isInForce(from: Date, to: Date | null, at: number): boolean {
  return from.getTime() <= at && (to === null || at < to.getTime());
}

/** Counts covered steps from the rotation's start, one by one. */
function workedTurnOracle(
  { rotation, restrictions }: LayerDefinition,
  date: Temporal.PlainDate,
  begins: (step: number) => Temporal.PlainDateTime,
): (step: number) => number {
  const origin = begins(0).toPlainDate();
  const isLong = rotation.unit === "week" || rotation.unit === "month";
  const days = Math.abs(origin.until(date).days) + 10;
  const windows = isLong ? [] : windowsAround(restrictions, origin, days, "UTC");
  const covered = remember((step) => {
    if (restrictions.length === 0 || isLong) return 1;
    const [start, end] = [instantOf(begins(step), "UTC"), instantOf(begins(step + 1), "UTC")];
    return windows.some((it) => it.start < end && it.end > start) ? 1 : 0;
  });
  return (step) => {
    let count = 0;
    for (let earlier = 0; earlier < step; earlier += 1) count += covered(earlier);
    for (let later = step; later < 0; later += 1) count -= covered(later);
    return Math.floor(count / (rotation.unit === "hour" ? 1 : rotation.length));
  };
}

/** Says which group of a layer is on call, for instants around `near`. */
function layerOracle(layer: LayerDefinition, scheduleZone: string, near: number): (at: number) => string[] {
  const { rotation, turns, restrictions } = layer;
  if (turns.length === 0) return () => [];
  const zone = rotation.timeZone ?? scheduleZone;
  const origin = Temporal.PlainDateTime.from(rotation.virtualStart);
  const worked = rotation.advance === "worked";
  const units = worked && rotation.unit !== "hour" ? 1 : rotation.length;
  const begins = (step: number) => origin.add(durationOf(rotation.unit, step * units));
  const date = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(zone).toPlainDate();

  const startOf = remember((step) => instantOf(begins(step), zone));

  // Walk to the steps around `near`, one by one.
  let first = 0;
  while (startOf(first) > near - 2 * DAY) first -= 1;
  while (startOf(first + 1) < near - 2 * DAY) first += 1;
  const steps: { step: number; start: number; offCall: number }[] = [];
  const seconds = worked ? undefined : rotation.shiftSeconds;
  for (let step = first - 1; startOf(step) < near + 4 * DAY; step += 1) {
    const offCall = seconds ? instantOf(begins(step).add({ seconds }), zone) : Number.POSITIVE_INFINITY;
    steps.push({ step, start: startOf(step), offCall });
  }

  const turnOf = remember(worked ? workedTurnOracle(layer, date, begins) : (step) => step);
  const windows = windowsAround(restrictions, date, 10, zone);
  return (at) => {
    if (!isInForce(layer.startsAt, layer.endsAt, at)) return [];
    if (restrictions.length > 0 && !windows.some((it) => it.start <= at && at < it.end)) return [];
    const current = steps.findLast((it) => it.start <= at);
    if (!current || at >= current.offCall) return [];
    const turn = turnOf(current.step) + (rotation.firstGroup ?? 0);
    return turns[((turn % turns.length) + turns.length) % turns.length] ?? [];
  };
}

/** Says whether a member is within their layer's own hours, for instants around `near`. */
function ownHoursOracle(
  { ownHours = [] }: LayerDefinition,
  zoneOf: (userId: string) => string,
  near: number,
): (userId: string, at: number) => boolean {
  if (ownHours.length === 0) return () => true;
  const windows = new Map<string, Windows>();
  return (userId, at) => {
    const zone = zoneOf(userId);
    const date = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(zone).toPlainDate();
    const own = windows.get(zone) ?? windowsAround(ownHours, date, 10, zone);
    windows.set(zone, own);
    return own.some((it) => it.start <= at && at < it.end);
  };
}

/** Says who is on call by which source, as sorted "A layer x" texts, for instants around `near`. */
export function oracleOf(facts: ScheduleFacts, near: number): (at: number) => string[] {
  const isActive = (userId: string) => !facts.activeUserIds || facts.activeUserIds.has(userId);
  const layerAnswers = new Map(
    facts.versions.flatMap(({ definition }) =>
      definition.layers.map((layer) => {
        const ofLayer = layerOracle(layer, definition.timeZone, near);
        const zoneOf = (userId: string) => facts.zones?.get(userId) ?? definition.timeZone;
        const isInHours = ownHoursOracle(layer, zoneOf, near);
        return [layer, (at: number) => ofLayer(at).filter((userId) => isInHours(userId, at))] as const;
      }),
    ),
  );
  return (at) => {
    const version = facts.versions.findLast((it) => isInForce(it.effectiveFrom, it.effectiveTo, at));
    const scheduled: { userId: string; key: string }[] = [];
    for (const layer of version?.definition.layers.toReversed() ?? []) {
      const people = layerAnswers.get(layer)?.(at).filter(isActive) ?? [];
      scheduled.push(...people.map((userId) => ({ userId, key: `layer ${layer.id}` })));
      if (people.length > 0 && !layer.together) break;
    }
    const overrides = facts.overrides
      .filter((it) => isInForce(it.startsAt, it.endsAt, at) && isActive(it.userId))
      .filter((it) => !it.policyId || it.policyId === facts.policyId);
    return overridden(scheduled, overrides);
  };
}

function overridden(scheduled: { userId: string; key: string }[], overrides: Override[]): string[] {
  const decide = (userId: string | null) =>
    overrides
      .filter((it) => !it.replacesUserId || it.replacesUserId === userId)
      .reduce<Override | null>((best, it) => (best && !beats(it, best) ? best : it), null);
  const answer = new Map<string, { key: string; override: Override | null }>();
  for (const { userId, key } of scheduled.length === 0 ? [{ userId: null, key: "" }] : scheduled) {
    const override = decide(userId);
    const person = override?.userId ?? userId;
    if (person === null) continue;
    const known = answer.get(person);
    const isBetter = !known || (override && (!known.override || beats(override, known.override)));
    if (isBetter) answer.set(person, { key: override ? `override ${override.id}` : key, override });
  }
  return [...answer].map(([userId, { key }]) => `${userId} ${key}`).sort(byText);
}

function beats(a: Override, b: Override): boolean {
  if (Boolean(a.policyId) !== Boolean(b.policyId)) return Boolean(a.policyId);
  if (a.createdAt.getTime() !== b.createdAt.getTime()) return a.createdAt > b.createdAt;
  return a.id > b.id;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
