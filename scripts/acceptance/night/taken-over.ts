import type { Sql } from "#db/connect";

/** Lets the database write down every message that an engine takes over while another still has it. */
export async function noteTakenOver(sql: Sql): Promise<void> {
  await sql`create table night_taken_over (key text not null, process_id integer not null)`;
  await sql`
    create function note_taken_over() returns trigger language plpgsql as $$
    begin
      insert into night_taken_over values (coalesce(old.bundle_id, old.id), split_part(old.leased_by, '-', 1)::integer);
      return null;
    end $$`;
  await sql`
    create trigger night_taken_over after update on deliveries for each row
    when (old.state = 'sending' and new.state = 'sending' and old.leased_by <> new.leased_by)
    execute function note_taken_over()`;
}

/** Keys of messages that one of these processes had taken to send and never wrote down: they may have been sent. */
export async function readTakenOver(sql: Sql, killed: readonly number[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    select distinct key from night_taken_over where process_id = any(${[...killed]})`;
  return new Set(rows.map(({ key }) => key));
}
