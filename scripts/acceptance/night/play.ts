import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { actAs } from "#lib/testing/factories";
import { startClock } from "#scripts/acceptance/night/clock";
import type { NightClock } from "#scripts/acceptance/night/clock";
import { startEngines } from "#scripts/acceptance/night/engines";
import type { Engines } from "#scripts/acceptance/night/engines";
import { judgeNight } from "#scripts/acceptance/night/judge";
import type { PlayedIncident } from "#scripts/acceptance/night/oracle";
import { makeOrganisation } from "#scripts/acceptance/night/organisation";
import type { StagedTeam } from "#scripts/acceptance/night/organisation";
import { isAway, planNight, POLICIES, TEAMS } from "#scripts/acceptance/night/plan";
import type { PlannedIncident, Programme } from "#scripts/acceptance/night/plan";
import { settle, waitForShiftChange } from "#scripts/acceptance/night/rest";
import { noteTakenOver, readTakenOver } from "#scripts/acceptance/night/taken-over";
import { startWebhookDouble } from "#scripts/acceptance/night/webhook-double";
import { onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

const SEED = 20261025;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REPORT_EVERY = 60;
/** Who finds an incident locked at the change of shifts looks again after five seconds. */
const SECOND_LOOKS_MS = [5_000, 10_000];

type Night = {
  stage: Stage;
  clock: NightClock;
  engines: Engines;
  plan: readonly PlannedIncident[];
  url: string;
  teams: readonly StagedTeam[];
  opened: Map<number, string>;
  played: Map<number, PlayedIncident>;
  /** Instants at which the engines did not come to rest. */
  unsettled: number;
};

/** Plays the programme with real engines, mail and webhooks, kills an engine a minute, and judges what arrived. */
export async function playNight(programme: Programme): Promise<void> {
  const { incidents, outages } = programme;
  await onStage(
    `A night in moved time: ${TEAMS} teams, ${POLICIES} policies, ${incidents} incidents, outages of providers: ${outages.length}, one clock change (seed ${SEED}).`,
    (stage) => play(stage, programme),
  );
}

async function play(stage: Stage, programme: Programme): Promise<void> {
  const night = await setUp(stage, programme);
  const { clock, engines } = night;
  const { startsAt, minutes } = programme;
  for (let minute = 0; minute < minutes; minute += 1) {
    const at = startsAt.getTime() + minute * MINUTE;
    engines.armKill();
    await goTo(night, at);
    await openThoseDue(night, minute);
    await rest(night);
    if (at % HOUR === 0) {
      await waitForShiftChange(stage, engines);
      await rest(night);
    }
    await endThoseDue(night, minute);
    const looks = at % HOUR === 0 ? SECOND_LOOKS_MS.map((after) => at + after) : [];
    for (;;) {
      const next = await clock.nextDue(looks[0] ?? at + MINUTE);
      const stop = next ?? looks.shift();
      if (stop === undefined) break;
      await goTo(night, stop);
      await rest(night);
    }
    if (minute % REPORT_EVERY === REPORT_EVERY - 1) await report(night);
  }
  stage.check(night.unsettled === 0, `every instant came to rest (${night.unsettled} did not)`);
  await judgeNight(stage, [...night.played.values()], {
    ...night.messages(),
    kills: engines.killed().length,
    interrupted: await readTakenOver(stage.database.sql, engines.killed()),
    until: startsAt.getTime() + (minutes - 5) * MINUTE,
  });
}

async function setUp(stage: Stage, programme: Programme) {
  const clock = await startClock(stage, programme.startsAt);
  await noteTakenOver(stage.database.sql);
  const isChannelAway = (channel: "email" | "webhook") => isAway(programme, channel, clock.minute());
  const webhooks = await startWebhookDouble({ isAway: () => isChannelAway("webhook"), now: clock.now });
  stage.finally(webhooks.stop);
  const teams = await makeOrganisation(stage.database.db, webhooks.url);
  const engines = await startEngines(stage, { isMailAway: () => isChannelAway("email"), now: clock.now });
  const url = await stage.serve({ TOUCHLINE_ROLE: "web" });
  const night: Night = {
    stage,
    clock,
    engines,
    plan: planNight(programme, SEED),
    url,
    teams,
    opened: new Map(),
    played: new Map(),
    unsettled: 0,
  };
  return Object.assign(night, {
    messages: () => ({ mails: engines.received(), webhooks: webhooks.received }),
  });
}

async function goTo({ stage, clock }: Night, at: number): Promise<void> {
  stage.signal.throwIfAborted();
  if (at > clock.now()) await clock.moveTo(at);
}

async function rest(night: Night): Promise<void> {
  if (!(await settle(night.stage, night.engines))) night.unsettled += 1;
}

async function openThoseDue({ plan, teams, url }: Night, minute: number): Promise<void> {
  const due = plan.filter((incident) => incident.minute === minute);
  await Promise.all(
    due.map(({ number, team }) =>
      sendEvent(url, {
        routing_key: teams[team]?.key,
        event_action: "trigger",
        dedup_key: `night-${number}`,
        payload: { summary: `Incident ${number} of the night`, source: "acceptance", severity: "critical" },
      }),
    ),
  );
}

/** Somebody answers, or the monitor sees that it is over. */
async function endThoseDue(night: Night, minute: number): Promise<void> {
  await noteOpened(night);
  const { plan, teams, opened, played, clock, url } = night;
  for (const { number, team, ending } of plan.filter((incident) => incident.ending?.minute === minute)) {
    const staged = teams[team];
    const incidentId = opened.get(number);
    if (!staged || incidentId === undefined || !ending) throw new Error(`Incident ${number} did not open.`);
    if (ending.kind === "acknowledge") {
      const lead = actAs(night.stage.database.db, { id: staged.crew.lead });
      await acknowledgeIncident(lead, { incidentId });
    } else {
      await sendEvent(url, {
        routing_key: staged.key,
        event_action: "resolve",
        dedup_key: `night-${number}`,
      });
      await rest(night);
    }
    const incident = played.get(number);
    if (incident) incident.endedAt = clock.now();
  }
}

async function noteOpened({ stage, plan, teams, opened, played }: Night): Promise<void> {
  const rows = await stage.database.sql<{ id: string; key: string; createdAt: number }[]>`
    select i.id, a.dedup_key as key, (extract(epoch from i.created_at) * 1000)::float8 as "createdAt"
    from incidents i join alerts a on a.incident_id = i.id`;
  for (const { id, key, createdAt } of rows) {
    const number = Number(key.replace("night-", ""));
    if (opened.has(number)) continue;
    const crew = teams[plan[number]?.team ?? -1]?.crew;
    if (!crew) throw new Error(`There is no team for ${key}.`);
    opened.set(number, id);
    played.set(number, { incidentId: id, crew, createdAt, endedAt: Number.POSITIVE_INFINITY });
  }
}

async function report({ stage, clock, engines }: Night): Promise<void> {
  const [row] = await stage.database.sql<{ incidents: number; pages: number; sent: number }[]>`
    select (select count(*)::int from incidents) as incidents, (select count(*)::int from pages) as pages,
      (select count(*)::int from deliveries where state = 'accepted') as sent`;
  console.log(
    `  ${Math.round((clock.minute() + 1) / 60)} h: ${row?.incidents} incidents, ${row?.pages} pages, ${row?.sent} sends, ${engines.killed().length} engines killed`,
  );
}
