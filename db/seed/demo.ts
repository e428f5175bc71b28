import { connect } from "#db/connect";
import type { SeedCredentials, SeedOptions } from "#db/seed/credentials";
import { PROBLEM_SERVICE } from "#db/seed/demo/catalogue";
import { insertCovers } from "#db/seed/demo/insert-covers";
import { insertEvents } from "#db/seed/demo/insert-events";
import { insertHistory } from "#db/seed/demo/insert-history";
import { insertPeople } from "#db/seed/demo/insert-people";
import type { InsertedPeople } from "#db/seed/demo/insert-people";
import { insertProblems } from "#db/seed/demo/insert-problems";
import { insertSchedules } from "#db/seed/demo/insert-schedules";
import { insertRules } from "#db/seed/demo/insert-rules";
import { insertServices } from "#db/seed/demo/insert-services";
import type { InsertedService } from "#db/seed/demo/insert-services";
import { DEMO_RESPONDER, SIGN_INS } from "#db/seed/demo/staff";
import { PROBLEM_TITLE } from "#db/seed/demo/titles";
import { insertOwner, newPassword, OWNER_EMAIL } from "#db/seed/owner";
import { readNow, SYSTEM } from "#lib/context";
import type { Transaction } from "#lib/context";
import { openIncidents } from "#lib/incidents/commands/open-incidents";
import { randomFrom } from "#lib/statistics/random";

const SEED = 20_100_207;
const DAY = 86_400_000;

/**
 * A sports-betting company with 40 services, 8 teams, people in three regions, and 13 months of incidents that end now. Everything
 * but the owner and the API key is marked as demo and can be removed in one step. One incident is live: the engine pages.
 */
export async function seedDemo(databaseUrl: string, options: SeedOptions = {}): Promise<SeedCredentials> {
  const db = connect(databaseUrl, { max: 1, applicationName: "touchline-seed" });
  try {
    return await db.transaction(async (tx) => {
      const now = options.now ?? (await readNow(tx));
      const password = options.password ?? newPassword();
      const since = new Date(Math.floor((now.getTime() - 400 * DAY) / DAY) * DAY);
      const random = randomFrom(SEED);
      const { apiKey, passwordHash } = await insertOwner(tx, now, password);
      const people = await insertPeople(tx, since, now, passwordHash);
      const schedules = await insertSchedules(tx, since, now, people, random);
      const services = await insertServices(tx, since, people, schedules);
      await insertHistory(tx, since, now, { people, schedules, services }, random);
      await insertCovers(tx, now, people, schedules);
      await insertProblems(tx, now, people, services);
      await insertDemoRules(tx, now, people, services);
      await openLiveIncident(tx, now, people, services);
      return credentialsOf(apiKey, password, people, services);
    });
  } finally {
    await db.$client.end();
  }
}

async function insertDemoRules(
  tx: Transaction,
  now: Date,
  { byName }: InsertedPeople,
  services: readonly InsertedService[],
) {
  const service = services.find(({ name }) => name === PROBLEM_SERVICE);
  const author = byName.get(DEMO_RESPONDER);
  if (service && author) await insertEvents(tx, now, await insertRules(tx, now, service, author));
}

/** A page that goes out for real: the demo responder has half an hour until it escalates. */
async function openLiveIncident(
  tx: Transaction,
  now: Date,
  { byName }: InsertedPeople,
  services: readonly InsertedService[],
) {
  const service = services.find(({ name }) => name === PROBLEM_SERVICE);
  const person = byName.get(DEMO_RESPONDER);
  if (!service || !person) throw new Error("The demo has lost its responder or its problem.");
  await openIncidents({ tx, now, actor: SYSTEM }, [
    {
      title: PROBLEM_TITLE,
      body: null,
      serviceId: service.id,
      urgency: "high",
      priorityId: null,
      incidentKey: null,
      detectionSource: "monitoring",
      origin: "demo",
      startedAt: new Date(now.getTime() - 90_000),
      customerImpact: null,
      policyId: null,
      assignees: [{ userId: person.id, name: person.name }],
      trigger: { summary: PROBLEM_TITLE, severity: "critical" },
    },
  ]);
}

function credentialsOf(
  apiKey: string,
  password: string,
  { byName }: InsertedPeople,
  services: readonly InsertedService[],
): SeedCredentials {
  const accounts = Object.entries(SIGN_INS).map(([name, email]) => ({
    email,
    password,
    role: byName.get(name)?.role ?? "responder",
  }));
  const first = services.toSorted(
    (a, b) => Number(b.name === PROBLEM_SERVICE) - Number(a.name === PROBLEM_SERVICE),
  );
  return {
    apiKey,
    users: [{ email: OWNER_EMAIL, password, role: "owner" }, ...accounts],
    integrations: first.map(({ name, key }) => ({ service: name, key })),
  };
}
