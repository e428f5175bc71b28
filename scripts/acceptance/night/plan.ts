/** The night of a clock change in Berlin: 22:00 summer time to 06:00 winter time, nine hours. */
export const NIGHT = {
  startsAt: new Date("2026-10-24T20:00:00Z"),
  minutes: 9 * 60,
  timeZone: "Europe/Berlin",
} as const;

export const TEAMS = 8;
export const POLICIES = 6;
export const INCIDENTS = 200;
/** Minutes that each level waits; the policy goes through them twice. */
export const LEVEL_MINUTES = [5, 10, 15] as const;
export const PASSES = 2;
/** The last incident opens this long before the night ends, so that every step of it falls into the night. */
const QUIET_END_MINUTES = 70;

export type Outage = { channels: readonly ("email" | "webhook")[]; from: number; to: number };

/** Three times a provider is away, once both at the same time and across the repeated hour. Minutes of the night. */
export const OUTAGES: readonly Outage[] = [
  { channels: ["email"], from: 40, to: 60 },
  { channels: ["webhook"], from: 150, to: 165 },
  { channels: ["email", "webhook"], from: 290, to: 300 },
];

export type Ending = { kind: "acknowledge" | "resolve"; minute: number } | null;
export type PlannedIncident = { number: number; team: number; minute: number; ending: Ending };

/** What happens in the night, the same for the same seed: who breaks when, and who answers when, if anybody does. */
export function planNight(seed: number): PlannedIncident[] {
  const random = generator(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: INCIDENTS }, (_, number) => {
    const minute = upTo(NIGHT.minutes - QUIET_END_MINUTES);
    return { number, team: upTo(TEAMS), minute, ending: endingOf(random(), minute, upTo) };
  });
}

function endingOf(share: number, minute: number, upTo: (limit: number) => number): Ending {
  if (share < 0.6) return { kind: "acknowledge", minute: minute + 1 + upTo(25) };
  if (share < 0.8) return { kind: "resolve", minute: minute + 1 + upTo(30) };
  return null;
}

/** Whether a channel is away in a minute of the night. */
export function isAway(channel: "email" | "webhook", minute: number): boolean {
  return OUTAGES.some(
    ({ channels, from, to }) => channels.includes(channel) && minute >= from && minute < to,
  );
}

/** Mulberry32: small, seeded, and good enough to choose minutes. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
