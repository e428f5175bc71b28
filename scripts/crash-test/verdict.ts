import type { Sql } from "#db/connect";

export type Findings = {
  counts: {
    inbox: number;
    repeatedEvents: number;
    alerts: number;
    incidents: number;
    pages: number;
    deliveries: number;
    accepted: number;
  };
  /** A sentence for each promise that was broken. */
  faults: string[];
};

type Example = { example: string };

const FEW = 3;

/**
 * Holds what is in the database against what was promised: `accepted` counts the events answered with success by their key, `taken` the
 * mails by Message-ID, whose local part names the delivery, or the bundle that it went with.
 */
export async function findFaults(
  sql: Sql,
  promised: { accepted: ReadonlyMap<string, number>; taken: ReadonlyMap<string, number> },
): Promise<Findings> {
  const counts = JSON.stringify([...promised.accepted].map(([key, events]) => ({ key, events })));
  const keys = sql`json_to_recordset(${counts}::text::json) as k (key text, events int)`;
  const mailed = [...promised.taken.keys()].map((id) => id.split("@")[0]?.replace("delivery.", "") ?? "");
  const sent = sql`json_array_elements_text(${JSON.stringify(mailed)}::text::json) as m (id)`;
  const one = async (query: Promise<Example[]>, fault: string) => {
    const rows = await query;
    const examples = rows.slice(0, FEW).map(({ example }) => example);
    return rows.length === 0 ? [] : [`${rows.length} ${fault}, such as ${examples.join(", ")}`];
  };
  const faults = await Promise.all([
    one(
      sql<Example[]>`select key as example from ${keys}
        where not exists (select from inbox where dedup_key = key)`,
      "keys answered with success are not in the inbox",
    ),
    one(
      sql<Example[]>`select key as example from ${keys}
        where events > (select sum(occurrences) from inbox where dedup_key = key)`,
      "keys have fewer events in the inbox than were answered with success",
    ),
    one(
      sql<Example[]>`select key as example from ${keys}
        where (select sum(occurrences) from inbox where dedup_key = key)
          <> (select sum(occurrence_count) from alerts where dedup_key = key)`,
      "alerts count something other than their events",
    ),
    one(
      sql<Example[]>`select key as example from ${keys}
        where (select count(*) from alerts where dedup_key = key) <> 1`,
      "keys do not have exactly one alert",
    ),
    one(
      sql<Example[]>`select key as example from ${keys}
        where (select count(distinct incident_id) from alerts where dedup_key = key) <> 1`,
      "keys do not have exactly one incident",
    ),
    one(
      sql<Example[]>`select dedup_key as example from inbox where outcome = 'failed'`,
      "events were set aside as unprocessable",
    ),
    one(
      sql<Example[]>`select i.id as example from incidents i
        where not exists (select from pages p where p.incident_id = i.id)`,
      "incidents have no page",
    ),
    one(
      sql<
        Example[]
      >`select min(id) as example from pages group by incident_id, step, user_id having count(*) > 1`,
      "steps paged a person twice",
    ),
    one(
      sql<Example[]>`select i.id as example from incidents i
        where (select count(*) from pages p where p.incident_id = i.id) > 1`,
      "incidents were paged more often than their policy asks for",
    ),
    one(
      sql<Example[]>`select p.id as example from pages p
        where not exists (
          select from deliveries d where d.page_id = p.id and d.state in ('accepted', 'delivered', 'acted')
        )`,
      "pages have no delivery that was accepted",
    ),
    one(
      sql<Example[]>`select p.id as example from pages p
        where not exists (
          select from deliveries d join ${sent} on m.id in (d.id, d.bundle_id) where d.page_id = p.id
        )`,
      "pages were never taken by the mail server",
    ),
  ]);
  return { counts: await readCounts(sql), faults: faults.flat() };
}

async function readCounts(sql: Sql): Promise<Findings["counts"]> {
  const [counts] = await sql<Findings["counts"][]>`
    select
      (select sum(occurrences)::int from inbox) as inbox,
      (select count(*)::int from (select from inbox group by dedup_key having count(*) > 1) as r) as "repeatedEvents",
      (select count(*)::int from alerts) as alerts,
      (select count(*)::int from incidents) as incidents,
      (select count(*)::int from pages) as pages,
      (select count(*)::int from deliveries) as deliveries,
      (select count(*)::int from deliveries where state = 'accepted') as accepted`;
  if (!counts) throw new Error("The database did not answer.");
  return counts;
}
