import type { TransactionSql } from "postgres";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { packDays } from "#lib/reports/commands/pack-days";
import { makePolicy, makeService, makeTeam, makeUser } from "#lib/testing/factories";
import type { TestDatabase } from "#lib/testing/test-database";

const TEAMS = 50;
const SERVICES = 500;
const PEOPLE = 1000;
export const YEARS = 5;
const FACTS_AT_ONCE = 5000;
const NOTES_PER_INCIDENT = 24;
const SENDS_PER_INCIDENT = 5;

export type ReportData = { incidents: number; logEntries: number; interruptions: number; bytes: number };

/** Says what is being made, for a person who waits. */
type Tell = (text: string) => void;

/**
 * Five years of incidents, each with 30 lines of log and five sends that interrupt, made in the database by a few statements; then the
 * facts by the very statement that keeps them. Secondary indexes of the big tables are made after the rows.
 */
export async function makeReportData(
  database: TestDatabase,
  incidents: number,
  tell: Tell,
): Promise<ReportData> {
  const { db, sql } = database;
  const policy = await makePolicy(db, { levels: [{ targets: [] }] });
  const team = await makeTeam(db);
  const service = await makeService(db, { escalationPolicyId: policy.id, teamId: team.id });
  const user = await makeUser(db);
  await sql`insert into teams select (r).* from (
    select jsonb_populate_record(t, jsonb_build_object('id', 'T' || n, 'name', 'Team ' || n, 'slug', 'team-' || n)) as r
    from teams t, generate_series(1, ${TEAMS}::int) n where t.id = ${team.id}) x`;
  await sql`insert into services select (r).* from (
    select jsonb_populate_record(s, jsonb_build_object('id', 'S' || n, 'name', 'Service ' || n, 'slug', 'service-' || n,
      'team_id', 'T' || (n % ${TEAMS}::int + 1), 'tier', n % 4 + 1, 'feature', 'Feature ' || n % 40, 'customer_facing', n % 20 = 0)) as r
    from services s, generate_series(1, ${SERVICES}::int) n where s.id = ${service.id}) x`;
  await sql`insert into users select (r).* from (
    select jsonb_populate_record(u, jsonb_build_object('id', 'U' || n, 'name', 'Person ' || n, 'email', 'u' || n || '@example.com',
      'time_zone', (array['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Etc/UTC'])[n % 4 + 1])) as r
    from users u, generate_series(1, ${PEOPLE}::int) n where u.id = ${user.id}) x`;
  await sql`insert into service_level_policies (id, name, metric, calendar, pauses_while_snoozed, targets, goal_percent,
      effective_from, created_at, updated_at)
    select 'L' || m, m, m, 'always', false, '[{"priority": null, "tier": null, "minutes": 15}]'::jsonb, 95, '2000-01-01', now(), now()
    from unnest(array['acknowledge', 'resolve']) m`;
  tell(`${incidents} incidents`);
  await insertIncidents(database, incidents);
  const recreate = await dropIndexes(database);
  tell("log entries");
  await unchecked(database, insertLog);
  tell("pages and sends");
  await unchecked(database, insertSends);
  tell("interruptions");
  await insertInterruptions(database);
  tell("indexes");
  for (const statement of recreate) await sql.unsafe(statement);
  await sql`vacuum analyze`;
  tell("facts");
  await makeFacts(database, tell);
  tell("packed days");
  for (let packed = await packDays(db); packed > 0;) packed = await packDays(db);
  await sql`vacuum analyze`;
  return measure(database);
}

async function insertIncidents({ sql }: TestDatabase, count: number): Promise<void> {
  // A weekly rhythm with a peak on Sundays; a log-normal time to resolve; one in a hundred is still open if it is young.
  await sql`
    insert into incidents (id, title, status, urgency, priority_id, service_id, policy_snapshot, detection_source, origin, started_at,
      detected_at, created_at, acknowledged_at, mitigated_at, resolved_at, last_status_change_at, customer_impact, cause_class, updated_at)
    select 'I' || lpad(n::text, 13, '0'), 'Symptom ' || n % 977, case when is_open then 'triggered' else 'resolved' end,
      case when n % 3 = 0 then 'low' else 'high' end, 'P000000000000' || (n % 5 + 1), 'S' || service,
      jsonb_build_object('policyId', 'P1', 'name', 'Policy', 'numLoops', 0, 'teamId', null, 'fallbackUserId', null, 'levels', '[]'::jsonb),
      (array['monitoring', 'monitoring', 'monitoring', 'customer_report', 'internal_person'])[n % 5 + 1], 'event',
      at - interval '3 minutes', at - interval '1 minute', at, at + took * 0.1, at + took * 0.7,
      case when not is_open then at + took end, at + took, n % 7 = 0, (array['change', 'defect', 'capacity'])[n % 3 + 1], at + took
    from (
      select n, date_trunc('milliseconds', at) as at, 1 + floor(power(random(), 2) * ${SERVICES}::int)::int % ${SERVICES}::int as service,
        date_trunc('milliseconds', make_interval(secs => exp(7.5 + 1.1 * sqrt(-2 * ln(1 - random())) * cos(6.283185 * random())))) as took,
        at > now() - interval '2 days' and n % 10 = 0 as is_open
      from (
        select n, now() - interval '6 hours' - (1 - n::float8 / ${count}::int) * make_interval(years => ${YEARS}::int) as at
        from generate_series(1, ${count}::int) n
      ) t
    ) i`;
}

/** Answers how to make them again. */
async function dropIndexes({ sql }: TestDatabase): Promise<string[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename in ('log_entries', 'pages', 'deliveries', 'interruptions')
      and not exists (select from pg_constraint c where c.conname = i.indexname)`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  return indexes.map(({ definition }) => definition);
}

/** Runs a statement without checking its references, which hold by how the rows are made: that takes as long as the rows themselves. */
async function unchecked({ sql }: TestDatabase, work: (sql: TransactionSql) => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await work(tx);
  });
}

async function insertLog(sql: TransactionSql): Promise<void> {
  await sql`
    insert into log_entries (id, incident_id, type, class, at, actor_type, actor_id, actor_name, channel, data)
    select i.id || lpad(e.turn::text, 3, '0'), i.id, e.type, 'key', i.created_at + (i.last_status_change_at - i.created_at) * e.share,
      e.actor, case when e.actor = 'user' then 'U' || (hashtext(i.id) & 1023) % ${PEOPLE}::int + 1 end, e.actor, 'website', e.data
    from incidents i
    cross join lateral (
      values (1, 'trigger', 0::float8, 'integration', '{}'::jsonb), (2, 'assign', 0, 'system', '{"via": "escalation_policy"}'),
        (3, 'acknowledge', 0.1, 'user', '{}'), (4, 'escalate', 0.05, 'system', '{"kind": "timeout"}'),
        (5, 'field_value_change', 0.7, 'user', '{}'), (6, 'resolve', 1, 'user', '{"via": "person"}')
      union all
      select 6 + n, case when n % 3 = 0 then 'annotate' else 'notify' end, n / 26.0::float8,
        case when n % 3 = 0 then 'user' else 'system' end, '{"channel": "push", "state": "delivered"}'
      from generate_series(1, ${NOTES_PER_INCIDENT}::int) n
    ) e(turn, type, share, actor, data)
    where e.type <> 'resolve' or i.status = 'resolved'`;
}

async function insertSends(sql: TransactionSql): Promise<void> {
  await sql`
    insert into pages (id, incident_id, user_id, step, reason, urgency, state, trace, created_at, ended_at)
    select 'G' || i.id, i.id, 'U' || (hashtext(i.id) & 1023) % ${PEOPLE}::int + 1, 1, 'assigned', i.urgency, 'done', '[]', i.created_at, i.created_at
    from incidents i`;
  await sql`
    insert into deliveries (id, page_id, incident_id, user_id, channel, address, delay_minutes, state, due_at, expires_at, created_at, sent_at, ended_at)
    select 'D' || p.incident_id || n, p.id, p.incident_id, p.user_id, case when n % 2 = 0 then 'push' else 'phone' end, '+15550100000', n,
      'delivered', at, at + interval '1 hour', p.created_at, at, at
    from pages p, generate_series(1, ${SENDS_PER_INCIDENT}::int) n,
      lateral (select p.created_at + make_interval(mins => n * 3) as at) t`;
}

/** As recordInterruption keeps them; sends three minutes apart each count. The trigger counts loads. */
async function insertInterruptions({ sql }: TestDatabase): Promise<void> {
  await sql`
    insert into interruptions
    select d.id, d.incident_id, d.user_id, i.service_id, s.team_id, d.channel, d.sent_at, u.time_zone, w.weekday, w.hour,
      case when w.hour < 8 or w.hour >= 22 then 'sleep' when w.weekday <= 5 and w.hour < 18 then 'business' else 'off' end, true
    from deliveries d join incidents i on i.id = d.incident_id join services s on s.id = i.service_id join users u on u.id = d.user_id
    cross join lateral (
      select extract(isodow from d.sent_at at time zone u.time_zone)::smallint as weekday,
        extract(hour from d.sent_at at time zone u.time_zone)::smallint as hour
    ) w`;
}

async function makeFacts({ db }: TestDatabase, tell: Tell): Promise<void> {
  let after = "";
  for (let done = 0; ; done += FACTS_AT_ONCE) {
    const rows = await db.$client<{ id: string }[]>`
      select id from incidents where id > ${after} order by id limit ${FACTS_AT_ONCE}`;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    await db.transaction((tx) =>
      refreshFacts(
        { tx },
        rows.map(({ id }) => id),
      ),
    );
    if (done % 100_000 === 0) tell(`facts of ${done + rows.length}`);
  }
}

async function measure({ sql }: TestDatabase): Promise<ReportData> {
  const [row] = await sql<ReportData[]>`
    select (select count(*)::int from incidents) as incidents, (select count(*)::int from log_entries) as "logEntries",
      (select count(*)::int from interruptions) as interruptions, pg_database_size(current_database())::float8 as bytes`;
  if (!row) throw new Error("Nothing was made.");
  return row;
}
