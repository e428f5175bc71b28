import type { Database } from "#db/connect";
import {
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeSchedule,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";
import type { Crew } from "#scripts/acceptance/night/oracle";
import {
  FIRST_TURN,
  LEVEL_MINUTES,
  PASSES,
  POLICIES,
  TEAMS,
  TIME_ZONE,
} from "#scripts/acceptance/night/plan";

const SECOND_CHANNEL_MINUTES = 2;

/** What a team's monitor sends to, and who is responsible. */
export type StagedTeam = { key: string; crew: Crew };

/**
 * Eight teams with a service each, on six policies. The first level is a schedule that hands over every hour of the night; everybody is
 * told by mail at once and by webhook two minutes later.
 */
export async function makeOrganisation(db: Database, webhookUrl: string): Promise<StagedTeam[]> {
  const policies: { id: string; crew: Crew }[] = [];
  for (let number = 0; number < POLICIES; number += 1)
    policies.push(await makeStaffedPolicy(db, number, webhookUrl));
  const teams: StagedTeam[] = [];
  for (let number = 0; number < TEAMS; number += 1) {
    const policy = policies[number % POLICIES];
    if (!policy) throw new Error("There are no policies.");
    const team = await makeTeam(db, { name: `Team ${number}` });
    const service = await makeService(db, {
      name: `Service ${number}`,
      teamId: team.id,
      escalationPolicyId: policy.id,
      acknowledgementTimeout: null,
      autoResolveTimeout: null,
    });
    const { key } = await makeIntegration(db, { serviceId: service.id });
    teams.push({ key, crew: policy.crew });
  }
  return teams;
}

async function makeStaffedPolicy(db: Database, number: number, webhookUrl: string) {
  const person = async (name: string) => {
    const { id } = await makeUser(db, { name: `${name} ${number}`, timeZone: TIME_ZONE });
    const mail = await makeContactMethod(db, { userId: id });
    await makeNotificationRule(db, { userId: id, contactMethodId: mail.id });
    const hook = await makeContactMethod(db, { userId: id, channel: "webhook", address: webhookUrl });
    await makeNotificationRule(db, {
      userId: id,
      contactMethodId: hook.id,
      delayMinutes: SECOND_CHANNEL_MINUTES,
    });
    return id;
  };
  const crew: Crew = {
    turns: [await person("Ann"), await person("Ben"), await person("Cho")],
    lead: await person("Lead"),
    manager: await person("Manager"),
  };
  const schedule = await makeSchedule(db, {
    timeZone: TIME_ZONE,
    definition: {
      timeZone: TIME_ZONE,
      layers: [
        {
          id: `LNIGHT0000000${number}`,
          name: "Hours of the night",
          startsAt: new Date(FIRST_TURN.at.getTime() - 3_600_000),
          endsAt: null,
          rotation: { virtualStart: FIRST_TURN.wall, unit: "hour", length: 1, advance: "clock" },
          turns: crew.turns.map((userId) => [userId]),
          restrictions: [],
          together: false,
        },
      ],
    },
  });
  const targets = [
    { type: "schedule" as const, id: schedule.id },
    { type: "user" as const, id: crew.lead },
    { type: "user" as const, id: crew.manager },
  ];
  const policy = await makePolicy(db, {
    name: `Policy ${number}`,
    numLoops: PASSES - 1,
    levels: targets.map((target, index) => ({
      delayMinutes: LEVEL_MINUTES[index] ?? 5,
      targets: [target],
    })),
  });
  return { id: policy.id, crew };
}
