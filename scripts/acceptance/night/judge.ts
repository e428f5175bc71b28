import type { Sql } from "#db/connect";
import type { Arrival } from "#scripts/acceptance/night/engines";
import { pagesDue } from "#scripts/acceptance/night/oracle";
import type { DuePage, PlayedIncident } from "#scripts/acceptance/night/oracle";
import type { Stage } from "#scripts/acceptance/stage";

/** A page that was made so much later than it was due counts as another. */
const TOLERANCE_MS = 120_000;
/** An incident that ends so soon after a page was due may have ended before it. */
const OVERTAKEN_MS = 10_000;

export type Received = {
  mails: readonly Arrival[];
  webhooks: readonly Arrival[];
  kills: number;
  /** Keys of messages that an engine had taken to send when it was killed. */
  interrupted: ReadonlySet<string>;
  /** Pages that are due later had no time to arrive, and are not judged. */
  until: number;
};

type MadePage = {
  id: string;
  incidentId: string;
  userId: string;
  at: number;
  state: string;
  /** Why and at which step it was made, for people. */
  made: string;
  /** The keys under which its sends go out. */
  keys: string[];
  /** As the database tells it, for people. */
  sends: string;
};

/** Holds what arrived against what was due, says where they differ, and fails on every page lost or sent to somebody else. */
export async function judgeNight(
  stage: Stage,
  played: readonly PlayedIncident[],
  received: Received,
): Promise<void> {
  const due = played.flatMap(pagesDue).filter(({ at }) => at < received.until);
  const arrivedAt = firstArrivals([...received.mails, ...received.webhooks]);
  const { matched, missing, unexpected } = match(
    due,
    (await readPages(stage.database.sql)).filter(({ at }) => at < received.until),
  );
  const judged = matched.map(({ due: { at: dueAt }, page }) => {
    const arrivals = page.keys.flatMap((key) => arrivedAt.get(key) ?? []);
    return {
      page,
      lateBy: page.at - dueAt,
      arrivedAfter: arrivals.length > 0 ? Math.min(...arrivals) - dueAt : null,
    };
  });
  const endOf = new Map(played.map(({ incidentId, endedAt }) => [incidentId, endedAt]));
  const overtaken = missing.filter(
    ({ incidentId, at: dueAt }) => (endOf.get(incidentId) ?? 0) - dueAt < OVERTAKEN_MS,
  );
  const early = judged.filter(({ lateBy }) => lateBy < 0);
  const silent = judged.filter(({ arrivedAfter }) => arrivedAfter === null).map(({ page }) => page);
  // Ended before a provider took one: nobody had to be told any more.
  const stopped = silent.filter(({ state }) => state === "cancelled");
  const lost = [
    ...missing.filter((page) => !overtaken.includes(page)),
    ...silent.filter((page) => !stopped.includes(page)),
  ];
  const arrived = judged.flatMap(({ arrivedAfter }) => arrivedAfter ?? []);
  const mails = repeated(received.mails);
  const webhooks = repeated(received.webhooks);
  const unexplained = [...mails, ...webhooks].filter((key) => !received.interrupted.has(key));

  const twice = mails.length + webhooks.length;
  const sends = await readSends(stage.database.sql);
  // One that an engine died of time and again came each time; that its page is over is no loss.
  const givenUp = sends.failed.filter((key) => !arrivedAt.has(key));
  console.log(`
  pages due                 ${due.length}
  arrived                   ${arrived.length}
  stopped before a send     ${stopped.length} (acknowledged or resolved first)
  overtaken                 ${overtaken.length} (the incident ended in that moment)
  lost                      ${lost.length}
  to somebody not due       ${unexpected.length}
  before they were due      ${early.length}
  sends                     ${sends.accepted} taken by a provider, ${givenUp.length} given up
  engines killed mid-send   ${received.kills}, with ${received.interrupted.size} messages in hand
  messages that came twice  ${twice} (${mails.length} mails, ${webhooks.length} webhooks)
    killed between send and record  ${twice - unexplained.length}
    for another reason              ${unexplained.length}
  paged late, seconds       ${spread(judged.map(({ lateBy }) => lateBy))}
  arrived late, seconds     ${spread(arrived)}
  (by the night's clock, which stands still while anybody has work; outages, leases of killed engines and bundling included)
`);
  for (const page of lost.slice(0, FEW)) console.log(`  lost ${JSON.stringify(page)}`);
  for (const page of unexpected.slice(0, FEW)) console.log(`  unexpected ${JSON.stringify(page)}`);
  for (const { page, lateBy } of early.slice(0, FEW))
    console.log(`  ${-lateBy / 1000} s early ${JSON.stringify(page)}`);
  for (const key of unexplained.slice(0, FEW)) console.log(`  came twice ${key}`);
  stage.check(
    due.length > 0 && received.kills > 0,
    `${due.length} pages were due, ${received.kills} engines died`,
  );
  stage.check(lost.length === 0, "no page was lost");
  stage.check(unexpected.length === 0, "nobody was paged who was not due");
  stage.check(early.length === 0, "nobody was paged before it was due");
  stage.check(givenUp.length === 0, "no send was given up before a provider took it");
  stage.check(unexplained.length === 0, "nothing came twice but what a killed engine had taken to send");
}

const FEW = 8;

async function readSends(sql: Sql): Promise<{ accepted: number; failed: string[] }> {
  const [row] = await sql<{ accepted: number; failed: string[] }[]>`
    select count(*) filter (where state = 'accepted')::int as accepted,
      coalesce(array_agg(coalesce(bundle_id, id)) filter (where state in ('failed', 'expired')), '{}') as failed
    from deliveries where incident_id is not null`;
  return row ?? { accepted: 0, failed: [] };
}

async function readPages(sql: Sql): Promise<MadePage[]> {
  return sql<MadePage[]>`
    select p.id, p.incident_id as "incidentId", p.user_id as "userId", p.state,
      concat_ws(' ', p.reason, 'level', p.level, 'step', p.step) as made,
      (extract(epoch from p.created_at) * 1000)::float8 as at,
      coalesce(array_agg(d.id) || array_agg(d.bundle_id) filter (where d.bundle_id is not null), '{}') as keys,
      string_agg(d.channel || ' ' || d.state || ' after ' || d.attempts || coalesce(': ' || d.last_error, ''), '; ') as sends
    from pages p left join deliveries d on d.page_id = p.id
    where p.incident_id is not null
    group by p.id order by p.created_at`;
}

function firstArrivals(arrivals: readonly Arrival[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { key, at } of arrivals)
    first.set(key, Math.min(at, first.get(key) ?? Number.POSITIVE_INFINITY));
  return first;
}

/** Pairs each due page with the one that was made for it: same incident, same person, about the same time. */
function match(due: readonly DuePage[], pages: readonly MadePage[]) {
  const left = new Set(pages);
  const matched: { due: DuePage; page: MadePage }[] = [];
  const missing: DuePage[] = [];
  for (const wanted of due) {
    const page = [...left].find(
      ({ incidentId, userId, at: made }) =>
        incidentId === wanted.incidentId &&
        userId === wanted.userId &&
        Math.abs(made - wanted.at) <= TOLERANCE_MS,
    );
    if (!page) {
      missing.push(wanted);
      continue;
    }
    left.delete(page);
    matched.push({ due: wanted, page });
  }
  return { matched, missing, unexpected: [...left] };
}

function repeated(arrivals: readonly Arrival[]): string[] {
  const counts = Map.groupBy(arrivals, ({ key }) => key);
  return [...counts].flatMap(([key, all]) => (all.length > 1 ? [key] : []));
}

function spread(milliseconds: readonly number[]): string {
  const sorted = milliseconds.map((ms) => Math.max(0, ms / 1000)).toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, most ${at(1)}`;
}
