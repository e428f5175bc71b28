import { FIRST_TURN, LEVEL_MINUTES, PASSES, TIME_ZONE } from "#scripts/acceptance/night/plan";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A page that is due: to whom, and when. */
export type DuePage = { incidentId: string; userId: string; at: number };

export type Crew = {
  /** They take turns at the first level, an hour each by the clock on the wall. */
  turns: readonly string[];
  lead: string;
  manager: string;
};

/** What came true of an incident: epoch milliseconds. */
export type PlayedIncident = { incidentId: string; crew: Crew; createdAt: number; endedAt: number };

/**
 * The pages that an incident should cause, worked out without any of the product's code: levels by plain addition, and who has the
 * hour by reading the wall clock, which shows the hour of two o'clock twice in this night.
 */
export function pagesDue({ incidentId, crew, createdAt, endedAt }: PlayedIncident): DuePage[] {
  const due: DuePage[] = [];
  let at = createdAt;
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [level, minutes] of LEVEL_MINUTES.entries()) {
      const until = at + minutes * MINUTE;
      const first = level === 0 ? personOfHour(crew, at) : level === 1 ? crew.lead : crew.manager;
      due.push({ incidentId, userId: first, at });
      if (level === 0) due.push(...newcomers(incidentId, crew, at, until));
      at = until;
    }
  }
  // What is due in the very moment in which somebody answers is done first: the night waits for it.
  return due.filter((page) => page.at <= endedAt);
}

/** Whose shift begins while the incident is at the level: they are added to it. */
function newcomers(incidentId: string, crew: Crew, from: number, until: number): DuePage[] {
  const due: DuePage[] = [];
  for (let at = Math.ceil(from / HOUR) * HOUR; at < until; at += HOUR) {
    const before = personOfHour(crew, at - 1);
    const after = personOfHour(crew, at);
    if (at > from && before !== after) due.push({ incidentId, userId: after, at });
  }
  return due;
}

const hourOfDay = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  hourCycle: "h23",
  timeZone: TIME_ZONE,
});

/** The night's hours by the clock on the wall are 22, 23, 0, 1, 2, 2, 3, 4, 5: both twos are one turn. */
function personOfHour({ turns }: Crew, at: number): string {
  const hour = Number(hourOfDay.format(at));
  const turn = (hour - FIRST_TURN.hour + 24) % 24;
  return turns[turn % turns.length] ?? "";
}
