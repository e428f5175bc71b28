import type { Database, Sql } from "#db/connect";
import {
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { startMailbox } from "#scripts/acceptance/mailbox";
import { onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

const INCIDENTS = 500;
const LEVELS = 3;
const LEVEL_MINUTES = 10;
/** Twice through the levels: an hour in all. */
const STEPS = LEVELS * 2;
const AT_ONCE = 20;
const SETTLE_MS = 120_000;

await onStage(
  `Two engines on one database: ${INCIDENTS} incidents, ${STEPS} steps of ${LEVEL_MINUTES} minutes each, an hour of moved time.`,
  play,
);

async function play(stage: Stage): Promise<void> {
  const { check, database, waitFor } = stage;
  const mailbox = await startMailbox();
  stage.finally(mailbox.stop);
  const key = await makeOrganisation(database.db);
  const env = { SMTP_URL: mailbox.url };
  const engines = [
    await stage.serve({ ...env, TOUCHLINE_ROLE: "engine" }),
    await stage.serve({ ...env, TOUCHLINE_ROLE: "engine" }),
  ];
  const url = await stage.serve({ ...env, TOUCHLINE_ROLE: "web" });
  const [row] = await database.sql<{ living: number }[]>`select count(*)::int as living from engines`;
  check(row?.living === 2, `${row?.living} engines are alive, a third process serves the web`);

  await openIncidents(url, key);
  for (let step = 1; step <= STEPS; step += 1) {
    if (step > 1) {
      await database.moveTime({ minutes: LEVEL_MINUTES });
      await database.sql`select pg_notify('touchline_engine', '')`;
    }
    const settled = await waitFor(async () => settledAt(database.sql, step), SETTLE_MS);
    if (!settled) throw new Error(`Step ${step} did not end within ${SETTLE_MS / 1000} s.`);
    console.log(`  minute ${(step - 1) * LEVEL_MINUTES}: step ${step}, ${settled.mails} pages sent so far`);
  }
  await database.moveTime({ hours: 1 });
  await database.sql`select pg_notify('touchline_engine', '')`;
  await waitFor(async () => ((await dueActions(database.sql)) === 0 ? true : undefined), SETTLE_MS);
  await judge(stage, mailbox.mails);
  const shares = await Promise.all(engines.map(sentBy));
  check(
    shares.every((share) => share > 0) && shares.reduce((sum, share) => sum + share, 0) === INCIDENTS * STEPS,
    `the engines sent ${shares.join(" and ")} of them`,
  );
}

/** How many deliveries an engine counts as its own. */
async function sentBy(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^touchline_deliveries_total\{[^}]*result="accepted"[^}]*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function makeOrganisation(db: Database): Promise<string> {
  const levels = [];
  for (let level = 1; level <= LEVELS; level += 1) {
    const user = await makeUser(db, { name: `Level ${level}` });
    const { id: contactMethodId } = await makeContactMethod(db, { userId: user.id });
    await makeNotificationRule(db, { userId: user.id, contactMethodId });
    levels.push({ delayMinutes: LEVEL_MINUTES, targets: [{ type: "user" as const, id: user.id }] });
  }
  const policy = await makePolicy(db, { levels, numLoops: 1 });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  return (await makeIntegration(db, { serviceId: service.id })).key;
}

async function openIncidents(url: string, key: string): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < INCIDENTS) {
      const number = next;
      next += 1;
      await sendEvent(url, {
        routing_key: key,
        event_action: "trigger",
        dedup_key: `two-engines-${number}`,
        payload: { summary: `Incident ${number}`, source: "acceptance", severity: "critical" },
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/** Undefined until every incident's page of this step was sent. */
async function settledAt(sql: Sql, step: number): Promise<{ mails: number } | undefined> {
  const [row] = await sql<{ pages: number; mails: number }[]>`
    select
      (select count(*)::int from pages where incident_id is not null) as pages,
      (select count(*)::int from deliveries where incident_id is not null and state = 'accepted') as mails`;
  const wanted = INCIDENTS * step;
  return row && row.pages >= wanted && row.mails >= wanted ? { mails: row.mails } : undefined;
}

async function dueActions(sql: Sql): Promise<number> {
  const [row] = await sql<{ due: number }[]>`
    select count(*)::int as due from pending_actions where at <= now() and type = 'escalate'`;
  return row?.due ?? 0;
}

type Counts = {
  incidents: number;
  pages: number;
  uneven: number;
  escalations: number;
  repeats: number;
  exhausted: number;
  deliveries: number;
  attempts: number;
  /** What came close together to one person goes as one mail. */
  messages: number;
};

async function judge({ check, database }: Stage, mails: readonly { messageId: string }[]): Promise<void> {
  const [counts] = await database.sql<Counts[]>`
    select
      (select count(*)::int from incidents) as incidents,
      (select count(*)::int from pages where incident_id is not null) as pages,
      (select count(*)::int from
        (select from pages where incident_id is not null group by incident_id having count(*) <> ${STEPS}) as p) as uneven,
      (select count(*)::int from log_entries where type = 'escalate') as escalations,
      (select count(*)::int from log_entries where type = 'repeat_escalation_path') as repeats,
      (select count(*)::int from log_entries where type = 'exhaust_escalation_path') as exhausted,
      (select count(*)::int from deliveries where incident_id is not null) as deliveries,
      (select sum(attempts)::int from deliveries where incident_id is not null) as attempts,
      (select count(distinct coalesce(bundle_id, id))::int from deliveries) as messages`;
  if (!counts) throw new Error("The database did not answer.");
  const steps = INCIDENTS * STEPS;
  const distinct = new Set(mails.map(({ messageId }) => messageId)).size;
  console.log(`\n  ${JSON.stringify(counts)}; ${mails.length} mails, ${distinct} Message-IDs\n`);
  check(counts.incidents === INCIDENTS, `${counts.incidents} incidents`);
  check(counts.pages === steps, `${counts.pages} pages (${steps} steps)`);
  check(counts.uneven === 0, `every incident has ${STEPS} pages`);
  check(
    counts.escalations === INCIDENTS * (STEPS - 1),
    `${counts.escalations} escalations on the timelines (${STEPS - 1} each)`,
  );
  check(counts.repeats === INCIDENTS, `${counts.repeats} times the policy started over`);
  check(counts.exhausted === INCIDENTS, `${counts.exhausted} times it came to its end`);
  check(
    counts.deliveries === steps && counts.attempts === steps,
    `${counts.deliveries} deliveries, ${counts.attempts} attempts`,
  );
  check(
    mails.length === counts.messages && distinct === counts.messages,
    `${mails.length} mails arrived for ${counts.messages} messages, none twice`,
  );
}
