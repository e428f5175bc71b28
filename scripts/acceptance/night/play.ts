import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { actAs } from "#lib/testing/factories";
import { startEngines } from "#scripts/acceptance/night/engines";
import type { Engines } from "#scripts/acceptance/night/engines";
import { judgeNight } from "#scripts/acceptance/night/judge";
import type { PlayedIncident } from "#scripts/acceptance/night/oracle";
import { makeOrganisation } from "#scripts/acceptance/night/organisation";
import type { StagedTeam } from "#scripts/acceptance/night/organisation";
import {
  INCIDENTS,
  isAway,
  NIGHT,
  OUTAGES,
  planNight,
  POLICIES,
  TEAMS,
} from "#scripts/acceptance/night/plan";
import type { PlannedIncident } from "#scripts/acceptance/night/plan";
import { startWebhookDouble } from "#scripts/acceptance/night/webhook-double";
import { onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

const SEED = 20261025;
const MINUTE = 60_000;
const REPORT_EVERY = 60;
const SETTLE_MS = 30_000;

await onStage(
  `A night in moved time: ${TEAMS} teams, ${POLICIES} policies, ${INCIDENTS} incidents, ${OUTAGES.length} outages, one clock change (seed ${SEED}).`,
  play,
);

type Night = {
  stage: Stage;
  engines: Engines;
  url: string;
  teams: readonly StagedTeam[];
  opened: Map<number, string>;
  played: Map<number, PlayedIncident>;
  /** Keys of messages that an engine had taken to send when it was killed. */
  interrupted: Set<string>;
};

async function play(stage: Stage): Promise<void> {
  const { database } = stage;
  let minute = 0;
  let began = performance.now();
  await database.setTime(NIGHT.startsAt);
  const now = () => NIGHT.startsAt.getTime() + minute * MINUTE + performance.now() - began;
  const webhooks = await startWebhookDouble({ isAway: () => isAway("webhook", minute), now });
  stage.finally(webhooks.stop);
  const teams = await makeOrganisation(database.db, webhooks.url);
  const engines = await startEngines(stage, { isMailAway: () => isAway("email", minute), now });
  const url = await stage.serve({ TOUCHLINE_ROLE: "web" });
  const night: Night = {
    stage,
    engines,
    url,
    teams,
    opened: new Map(),
    played: new Map(),
    interrupted: new Set(),
  };
  const plan = planNight(SEED);
  let unsettled = 0;
  for (minute = 0; minute < NIGHT.minutes; minute += 1) {
    stage.signal.throwIfAborted();
    await database.setTime(new Date(NIGHT.startsAt.getTime() + minute * MINUTE));
    began = performance.now();
    engines.armKill();
    await database.sql`select pg_notify('touchline_engine', '')`;
    await openThoseDue(night, plan, minute);
    if (!(await settle(night))) unsettled += 1;
    await noteInterrupted(night);
    await endThoseDue(night, plan, minute);
    if (minute % REPORT_EVERY === REPORT_EVERY - 1) await report(night, minute + 1);
  }
  stage.check(unsettled === 0, `every minute came to rest (${unsettled} did not)`);
  await judgeNight(stage, [...night.played.values()], {
    mails: engines.received(),
    webhooks: webhooks.received,
    kills: engines.kills(),
    interrupted: night.interrupted,
  });
}

async function openThoseDue(night: Night, plan: readonly PlannedIncident[], minute: number): Promise<void> {
  const due = plan.filter((incident) => incident.minute === minute);
  await Promise.all(
    due.map(({ number, team }) =>
      sendEvent(night.url, {
        routing_key: night.teams[team]?.key,
        event_action: "trigger",
        dedup_key: `night-${number}`,
        payload: { summary: `Incident ${number} of the night`, source: "acceptance", severity: "critical" },
      }),
    ),
  );
}

/** Waits until the engines have done what is due; false when they don't get there. */
async function settle({ stage, engines }: Night): Promise<boolean> {
  const rested = await stage.waitFor(async () => {
    const [row] = await stage.database.sql<{ left: number }[]>`
      select (select count(*)::int from inbox where processed_at is null)
        + (select count(*)::int from pending_actions where at <= now() + interval '1 second')
        + (select count(*)::int from deliveries
          where state in ('queued', 'retrying') and due_at <= now() + interval '1 second')
        + (select count(*)::int from deliveries
          where state = 'sending' and split_part(leased_by, '-', 1)::int = any(${engines.living()})) as left`;
    return row?.left === 0 ? true : undefined;
  }, SETTLE_MS);
  return rested ?? false;
}

/** What a dead engine still holds goes out once more when its lease ends: it may have been sent already. */
async function noteInterrupted({ stage, engines, interrupted }: Night): Promise<void> {
  const rows = await stage.database.sql<{ key: string }[]>`
    select coalesce(bundle_id, id) as key from deliveries
    where state = 'sending' and split_part(leased_by, '-', 1)::int <> all(${engines.living()})`;
  for (const { key } of rows) interrupted.add(key);
}

/** Somebody answers, or the monitor sees that it is over. */
async function endThoseDue(night: Night, plan: readonly PlannedIncident[], minute: number): Promise<void> {
  await noteOpened(night);
  const { db } = night.stage.database;
  for (const { number, team, ending } of plan.filter((incident) => incident.ending?.minute === minute)) {
    const staged = night.teams[team];
    const incidentId = night.opened.get(number);
    if (!staged || incidentId === undefined || !ending) throw new Error(`Incident ${number} did not open.`);
    if (ending.kind === "acknowledge") {
      await acknowledgeIncident(actAs(db, { id: staged.crew.lead }), { incidentId });
    } else {
      await sendEvent(night.url, {
        routing_key: staged.key,
        event_action: "resolve",
        dedup_key: `night-${number}`,
      });
      await settle(night);
    }
    const played = night.played.get(number);
    if (played) played.endedAt = (await night.stage.database.now()).getTime();
  }
}

async function noteOpened(night: Night): Promise<void> {
  const rows = await night.stage.database.sql<{ id: string; key: string; createdAt: number }[]>`
    select i.id, a.dedup_key as key, (extract(epoch from i.created_at) * 1000)::float8 as "createdAt"
    from incidents i join alerts a on a.incident_id = i.id`;
  const plan = planNight(SEED);
  for (const { id, key, createdAt } of rows) {
    const number = Number(key.replace("night-", ""));
    if (night.opened.has(number)) continue;
    const crew = night.teams[plan[number]?.team ?? -1]?.crew;
    if (!crew) throw new Error(`There is no team for ${key}.`);
    night.opened.set(number, id);
    night.played.set(number, {
      incidentId: id,
      crew,
      createdAt,
      endedAt: Number.POSITIVE_INFINITY,
    });
  }
}

async function report({ stage, engines }: Night, minute: number): Promise<void> {
  const [row] = await stage.database.sql<{ incidents: number; pages: number; sent: number }[]>`
    select (select count(*)::int from incidents) as incidents, (select count(*)::int from pages) as pages,
      (select count(*)::int from deliveries where state = 'accepted') as sent`;
  console.log(
    `  ${minute / 60} h: ${row?.incidents} incidents, ${row?.pages} pages, ${row?.sent} sends, ${engines.kills()} engines killed`,
  );
}
