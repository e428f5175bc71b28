import { scheduleOverrides, schedules } from "#db/schema/schedules";
import { TEAMS } from "#db/seed/demo/catalogue";
import type { DemoTeam, Region, TeamKey } from "#db/seed/demo/catalogue";
import { insertFollowedCalendar, insertHandOff } from "#db/seed/demo/insert-calendars";
import type { InsertedPeople, InsertedPerson } from "#db/seed/demo/insert-people";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import type { LayerDefinition, ScheduleDefinition } from "#lib/on-call/schedule";
import { pick } from "#lib/statistics/random";
import type { Random } from "#lib/statistics/random";

export type InsertedSchedule = { id: string; name: string };

export type InsertedSchedules = {
  teams: ReadonlyMap<TeamKey, InsertedSchedule>;
  commanders: InsertedSchedule;
};

const DAY = 86_400_000;
const EIGHT_HOURS = 8 * 3600;
// A Monday; every weekly turn counts from here.
const VIRTUAL_START = "2024-01-01T09:00";

// When each region works, in UTC: together the whole day.
const SHIFTS: readonly { region: Region; name: string; startTime: string }[] = [
  { region: "apac", name: "Asia-Pacific", startTime: "23:00" },
  { region: "emea", name: "Europe", startTime: "07:00" },
  { region: "americas", name: "Americas", startTime: "15:00" },
];

/** A schedule per team, following the sun where the team does, one for the incident commanders, and overrides on all. */
export async function insertSchedules(
  tx: Transaction,
  since: Date,
  now: Date,
  { people, teamIds }: InsertedPeople,
  random: Random,
): Promise<InsertedSchedules> {
  const byTeam = new Map<TeamKey, InsertedSchedule>();
  for (const team of TEAMS) {
    const members = responders(people, team.key);
    const schedule = await insert(tx, since, {
      name: `${team.name} on-call`,
      slug: `${team.key}-on-call`,
      teamId: teamIds.get(team.key) ?? null,
      definition: definitionOf(team, members, since),
    });
    byTeam.set(team.key, schedule);
    await insertOverrides(tx, schedule.id, members, { since, now }, random);
  }
  const managers = people.filter((person) => person.role === "manager");
  const commanders = await insert(tx, since, {
    name: "Incident commanders",
    slug: "incident-commanders",
    teamId: teamIds.get("platform") ?? null,
    definition: {
      timeZone: "Europe/Dublin",
      layers: [weekly("Commanders", managers, since), await insertFollowedCalendar(tx, now, managers)],
    },
  });
  const own = byTeam.get("bets");
  if (own) await insertHandOff(tx, now, { scheduleId: own.id, people });
  return { teams: byTeam, commanders };
}

export function responders(people: readonly InsertedPerson[], key: TeamKey): InsertedPerson[] {
  return people.filter((person) =>
    person.teams.some((team) => team.key === key && team.role === "responder"),
  );
}

function definitionOf(team: DemoTeam, members: readonly InsertedPerson[], since: Date): ScheduleDefinition {
  if (!team.followsTheSun) {
    return { timeZone: members[0]?.timeZone ?? "Etc/UTC", layers: [weekly("Weekly", members, since)] };
  }
  const everybody = weekly("Safety net", members, since);
  const shifts = SHIFTS.map(({ region, name, startTime }) => ({
    ...weekly(
      name,
      members.filter((person) => person.region === region),
      since,
    ),
    restrictions: [{ type: "daily" as const, startTime, durationSeconds: EIGHT_HOURS }],
  }));
  return { timeZone: "Etc/UTC", layers: [everybody, ...shifts] };
}

function weekly(name: string, people: readonly InsertedPerson[], since: Date): LayerDefinition {
  return {
    id: newId(since.getTime()),
    name,
    startsAt: since,
    endsAt: null,
    rotation: { virtualStart: VIRTUAL_START, unit: "week", length: 1, advance: "clock" },
    turns: people.map((person) => [person.id]),
    restrictions: [],
    together: false,
  };
}

type ScheduleInput = { name: string; slug: string; teamId: string | null; definition: ScheduleDefinition };

async function insert(
  tx: Transaction,
  since: Date,
  { definition, ...input }: ScheduleInput,
): Promise<InsertedSchedule> {
  const id = newId(since.getTime());
  const { timeZone } = definition;
  await tx
    .insert(schedules)
    .values({ id, ...input, timeZone, isDemo: true, createdAt: since, updatedAt: since });
  await insertVersion(tx, {
    scheduleId: id,
    version: 1,
    definition,
    effectiveFrom: since,
    publishedBy: null,
  });
  return { id, name: input.name };
}

/** Somebody steps in for a day every few weeks, and again next week. */
async function insertOverrides(
  tx: Transaction,
  scheduleId: string,
  members: readonly InsertedPerson[],
  { since, now }: { since: Date; now: Date },
  random: Random,
) {
  const weeks = Math.floor((now.getTime() - since.getTime()) / (7 * DAY));
  const starts = Array.from({ length: 12 }, () => since.getTime() + Math.floor(random() * weeks) * 7 * DAY);
  starts.push(now.getTime() + 5 * DAY);
  await tx.insert(scheduleOverrides).values(
    starts.map((start) => {
      const startsAt = Math.floor(start / DAY) * DAY + 18 * 3_600_000;
      return {
        id: newId(start),
        scheduleId,
        userId: pick(random, members).id,
        startsAt: new Date(startsAt),
        endsAt: new Date(startsAt + 12 * 3_600_000),
        createdAt: new Date(Math.min(startsAt - 2 * DAY, now.getTime())),
      };
    }),
  );
}
