import type { Sql } from "#db/connect";
import { pagesDue } from "#scripts/acceptance/night/oracle";
import type { DuePage, PlayedIncident } from "#scripts/acceptance/night/oracle";
import type { Stage } from "#scripts/acceptance/stage";

/** How far apart the oracle's instant and the engine's may be: each step's timer starts when the one before was executed. */
const TOLERANCE_MS = 120_000;
/** What a killed engine had leased is free again after a minute; a minute is also the grain of this night. */
const LEASE_SECONDS = 60;

export type Received = {
  /** Message-IDs, in the order of arrival. */
  mails: readonly string[];
  /** Of mails whose sender was killed before it could write down that it had sent them. */
  killedAt: ReadonlySet<string>;
  kills: number;
  /** Delivery ids. */
  webhooks: readonly string[];
};

type SentPage = {
  id: string;
  incidentId: string;
  userId: string;
  at: number;
  /** The first send that a provider took; null: none did. */
  sentAt: number | null;
  state: string;
};

/** Holds what was paged against what was due, says where they differ, and fails on every page lost or sent to somebody else. */
export async function judgeNight(
  stage: Stage,
  played: readonly PlayedIncident[],
  received: Received,
): Promise<void> {
  const due = played.flatMap(pagesDue);
  const { matched, missing, unexpected } = match(due, await readPages(stage.database.sql));
  const sent = matched.flatMap(({ page, due: { at } }) => (page.sentAt === null ? [] : [page.sentAt - at]));
  // Ended while every provider was away: nobody had to be told any more.
  const stopped = matched.filter(({ page }) => page.sentAt === null && page.state === "cancelled");
  const lost = matched.filter(({ page }) => page.sentAt === null && page.state !== "cancelled");
  const late = sent.map((ms) => Math.max(0, ms / 1000)).toSorted((a, b) => a - b);
  const doubled = repeated(received.mails);
  const doubledHooks = repeated(received.webhooks);
  const byKill = doubled.filter((id) => received.killedAt.has(id));

  console.log(`
  pages due                ${due.length}
  pages sent               ${sent.length}
  stopped before a send    ${stopped.length} (acknowledged or resolved while no provider took them)
  lost                     ${lost.length + missing.length}
  to somebody not due      ${unexpected.length}
  engines killed mid-send  ${received.kills}
  mails sent twice         ${doubled.length}, of these by a kill between send and record ${byKill.length}
  webhooks called twice    ${doubledHooks.length}
  late, seconds            p50 ${at(late, 0.5)}, p90 ${at(late, 0.9)}, p99 ${at(late, 0.99)}, most ${at(late, 1)}
  late by over ${LEASE_SECONDS} s        ${late.filter((seconds) => seconds > LEASE_SECONDS + 1).length}
`);
  for (const page of missing.slice(0, 5)) console.log(`  missing ${JSON.stringify(page)}`);
  for (const page of unexpected.slice(0, 5)) console.log(`  unexpected ${JSON.stringify(page)}`);
  for (const { page } of lost.slice(0, 5)) console.log(`  lost ${JSON.stringify(page)}`);
  stage.check(
    due.length > 0 && received.kills > 0,
    `${due.length} pages were due, ${received.kills} engines died`,
  );
  stage.check(lost.length + missing.length === 0, "no page was lost");
  stage.check(unexpected.length === 0, "nobody was paged who was not due");
  stage.check(
    doubled.length === byKill.length,
    "no mail came twice but where a kill fell between send and record",
  );
}

async function readPages(sql: Sql): Promise<SentPage[]> {
  return sql<SentPage[]>`
    select p.id, p.incident_id as "incidentId", p.user_id as "userId", p.state,
      (extract(epoch from p.created_at) * 1000)::float8 as at,
      (extract(epoch from min(d.sent_at)) * 1000)::float8 as "sentAt"
    from pages p left join deliveries d on d.page_id = p.id and d.state in ('accepted', 'delivered', 'acted')
    where p.incident_id is not null
    group by p.id order by p.created_at`;
}

/** Pairs each due page with the one that was made for it: same incident, same person, about the same time. */
function match(due: readonly DuePage[], pages: readonly SentPage[]) {
  const left = new Set(pages);
  const matched: { due: DuePage; page: SentPage }[] = [];
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

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
}
