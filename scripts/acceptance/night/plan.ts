/** The first turn of the night's schedules begins at ten in the evening, by the clock on the wall. */
export const TIME_ZONE = "Europe/Berlin";
export const FIRST_TURN = { wall: "2026-10-24T22:00", at: new Date("2026-10-24T20:00:00Z"), hour: 22 };

export const TEAMS = 8;
export const POLICIES = 6;
/** Minutes that each level waits; the policy goes through them twice. */
export const LEVEL_MINUTES = [5, 10, 15] as const;
export const PASSES = 2;

export type Outage = { channels: readonly ("email" | "webhook")[]; from: number; to: number };

export type Programme = {
  startsAt: Date;
  minutes: number;
  incidents: number;
  /** The last incident opens this long before the end. */
  quietMinutes: number;
  /** When providers are away, in minutes of the night. */
  outages: readonly Outage[];
};

/**
 * The night of a clock change in Berlin: 22:00 summer time to 06:00 winter time, nine hours. Three times a provider is away, once both at
 * the same time and across the repeated hour. Every step of every incident falls into it.
 */
export const WHOLE_NIGHT: Programme = {
  startsAt: FIRST_TURN.at,
  minutes: 9 * 60,
  incidents: 200,
  quietMinutes: 70,
  outages: [
    { channels: ["email"], from: 40, to: 60 },
    { channels: ["webhook"], from: 150, to: 165 },
    { channels: ["email", "webhook"], from: 290, to: 300 },
  ],
};

/** Forty minutes of it, around the change of the clocks. */
export const SHORT_NIGHT: Programme = {
  startsAt: new Date("2026-10-25T00:45:00Z"),
  minutes: 40,
  incidents: 24,
  quietMinutes: 15,
  outages: [{ channels: ["email", "webhook"], from: 8, to: 18 }],
};

export type Ending = { kind: "acknowledge" | "resolve"; minute: number } | null;
export type PlannedIncident = { number: number; team: number; minute: number; ending: Ending };

/** What happens in the night, the same for the same seed: who breaks when, and who answers when, if anybody does. */
export function planNight({ incidents, minutes, quietMinutes }: Programme, seed: number): PlannedIncident[] {
  const random = generator(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: incidents }, (_, number) => {
    const minute = upTo(minutes - quietMinutes);
    return { number, team: upTo(TEAMS), minute, ending: endingOf(random(), minute, upTo) };
  });
}

function endingOf(share: number, minute: number, upTo: (limit: number) => number): Ending {
  if (share < 0.6) return { kind: "acknowledge", minute: minute + 1 + upTo(25) };
  if (share < 0.8) return { kind: "resolve", minute: minute + 1 + upTo(30) };
  return null;
}

/** Whether a channel is away in a minute of the night. */
export function isAway({ outages }: Programme, channel: "email" | "webhook", minute: number): boolean {
  return outages.some(
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
