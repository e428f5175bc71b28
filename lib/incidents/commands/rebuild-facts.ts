import { sql } from "drizzle-orm";
import { inTransaction } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { rebuildInterruptions } from "#lib/notifications/commands/record-interruptions";

const AT_ONCE = 2000;

export type FactsReport = {
  incidents: number;
  /** Numbers of incidents whose stored facts differed from what the log says; at most 20 of them are named. */
  differing: number;
  examples: number[];
  interruptions: number;
};

/**
 * Computes every interruption and every incident's facts anew from what was logged and sent, and says what differed. With `keep` the new
 * facts stay; without, everything is as it was before. Incidents are locked in batches, so it may run beside paging.
 */
export async function rebuildFacts(ctx: Context, { keep }: { keep: boolean }): Promise<FactsReport> {
  const report: FactsReport = { incidents: 0, differing: 0, examples: [], interruptions: 0 };
  const undo = new Error("undo");
  const attempt = async (work: (tx: Transaction) => Promise<void>) => {
    try {
      await inTransaction(ctx, async ({ tx }) => {
        await work(tx);
        if (!keep) throw undo;
      });
    } catch (error) {
      if (error !== undo) throw error;
    }
  };
  await attempt(async (tx) => {
    report.interruptions = await rebuildInterruptions({ tx });
  });
  let after = "";
  for (;;) {
    const batch = await ctx.db.execute<{ id: string }>(
      sql`select id from incidents where id > ${after} order by id limit ${AT_ONCE}`,
    );
    const ids = batch.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return report;
    after = last;
    report.incidents += ids.length;
    await attempt((tx) => rebuildBatch(tx, ids, report));
  }
}

async function rebuildBatch(tx: Transaction, ids: readonly string[], report: FactsReport): Promise<void> {
  const chosen = sql`any(${sql.param([...ids])}::text[])`;
  await tx.execute(sql`select from incidents where id = ${chosen} order by id for update`);
  await tx.execute(
    sql`create temporary table stored on commit drop as select * from incident_facts where incident_id = ${chosen}`,
  );
  await refreshFacts({ tx }, ids);
  const found = await tx.execute<{ number: number }>(sql`
    with differing as (
      (select * from stored except select * from incident_facts where incident_id = ${chosen})
      union all
      (select * from incident_facts where incident_id = ${chosen} except select * from stored)
    )
    select distinct number from differing order by number`);
  report.differing += found.length;
  report.examples.push(...found.slice(0, 20 - report.examples.length).map(({ number }) => number));
  await tx.execute(sql`drop table stored`);
}
