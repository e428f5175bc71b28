import { contactMethods, notificationRules, teamMembers, teams, users } from "#db/schema/people";
import { teamChannels } from "#db/schema/team-channels";
import { TEAMS } from "#db/seed/demo/catalogue";
import type { DemoPerson, TeamKey } from "#db/seed/demo/catalogue";
import { reachOf } from "#db/seed/demo/reach";
import { SIGN_INS, STAFF } from "#db/seed/demo/staff";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";

export type InsertedPerson = DemoPerson & { id: string; email: string; contactMethodId: string };

export type InsertedPeople = {
  people: readonly InsertedPerson[];
  byName: ReadonlyMap<string, InsertedPerson>;
  teamIds: ReadonlyMap<TeamKey, string>;
};

/** The teams and everybody in them; those of SIGN_INS get the password. How each is reached: `reachOf`. */
export async function insertPeople(
  tx: Transaction,
  since: Date,
  now: Date,
  passwordHash: string,
): Promise<InsertedPeople> {
  const made = { createdAt: since, updatedAt: since, isDemo: true };
  const people = STAFF.map((person, index) => ({
    ...person,
    id: newId(since.getTime()),
    email: SIGN_INS[person.name] ?? `person${index + 1}@demo.example.com`,
    contactMethodId: newId(since.getTime()),
  }));
  await tx.insert(users).values([
    ...people.map(({ id, name, email, role, jobTitle, timeZone }) => ({
      id,
      name,
      email,
      role,
      jobTitle,
      timeZone,
      passwordHash: SIGN_INS[name] ? passwordHash : null,
      ...made,
    })),
    formerColleague(since, now),
  ]);
  const reach = people.map((person) => reachOf(person, since, now));
  await tx.insert(contactMethods).values(reach.flatMap(({ methods }) => methods));
  await tx.insert(notificationRules).values(reach.flatMap(({ rules }) => rules));
  const teamIds = await insertTeams(tx, people, made);
  await insertChannel(tx, since, teamIds);
  return { people, byName: new Map(people.map((person) => [person.name, person])), teamIds };
}

async function insertTeams(
  tx: Transaction,
  people: readonly InsertedPerson[],
  made: { createdAt: Date; updatedAt: Date; isDemo: boolean },
): Promise<Map<TeamKey, string>> {
  const ids = new Map(TEAMS.map((team) => [team.key, newId(made.createdAt.getTime())]));
  const idOf = (key: TeamKey) => ids.get(key) ?? "";
  await tx
    .insert(teams)
    .values(
      TEAMS.map(({ key, name, description }) => ({ id: idOf(key), slug: key, name, description, ...made })),
    );
  await tx
    .insert(teamMembers)
    .values(
      people.flatMap((person) =>
        person.teams.map(({ key, role }) => ({ teamId: idOf(key), userId: person.id, role })),
      ),
    );
  return ids;
}

/** A team that wants its incidents in Slack. None is connected: a post says so, and nothing leaves this house. */
async function insertChannel(tx: Transaction, since: Date, teamIds: ReadonlyMap<TeamKey, string>) {
  await tx.insert(teamChannels).values({
    id: newId(since.getTime()),
    teamId: teamIds.get("payments"),
    address: "C0DEMOPAYMENTS",
    name: "#payments-incidents",
    highOnly: true,
    createdAt: since,
  });
}

/** Somebody who has left: history names them, nothing pages them. */
function formerColleague(since: Date, now: Date) {
  return {
    id: newId(since.getTime()),
    name: "Viktor Lindqvist",
    email: "viktor.lindqvist@demo.example.com",
    role: "responder" as const,
    jobTitle: "Engineer",
    timeZone: "Europe/Stockholm",
    deactivatedAt: new Date(now.getTime() - 150 * 86_400_000),
    createdAt: since,
    updatedAt: since,
    isDemo: true,
  };
}
