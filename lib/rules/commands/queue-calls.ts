import { inArray, sql } from "drizzle-orm";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import type { TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { callDocument, fillCallTemplate } from "#lib/rules/call-body";
import type { Call } from "#lib/rules/evaluate";
import { readingOf } from "#lib/rules/queries/read-paths";

export type DueCall = Call & { integrationId: string };

/** About one key a rule calls a webhook once in this time; what comes meanwhile is counted on the call that waits. */
const PAUSE_SECONDS = 60;

/** Writes the calls that rules make about a batch's events, to be sent by an engine once the batch is committed. */
export async function queueCalls(scope: TransactionContext, calls: readonly DueCall[]): Promise<void> {
  if (calls.length === 0) return;
  const { tx, now } = scope;
  const ids = [...new Set(calls.map(({ webhookId }) => webhookId))];
  const known = await tx
    .select({ id: ruleWebhooks.id, template: ruleWebhooks.template })
    .from(ruleWebhooks)
    .where(inArray(ruleWebhooks.id, ids));
  const templates = new Map(known.map(({ id, template }) => [id, template]));
  const rows = new Map<string, Record<string, unknown> & { occurrences: number }>();
  for (const { webhookId, rule, subject, integrationId } of calls) {
    const template = templates.get(webhookId);
    if (template === undefined) continue;
    const subjectKey = JSON.stringify([rule.ruleId, integrationId, subject.dedupKey]);
    const key = `${webhookId} ${subjectKey}`;
    const body =
      template === null
        ? callDocument(rule, subject, integrationId)
        : fillCallTemplate(template, (path) => readingOf(subject).text(path));
    rows.set(key, {
      id: newId(now.getTime()),
      webhook_id: webhookId,
      rule,
      subject_key: subjectKey,
      body,
      occurrences: (rows.get(key)?.occurrences ?? 0) + 1,
    });
  }
  if (rows.size === 0) return;
  await tx.execute(sql`
    insert into rule_calls (id, webhook_id, rule, subject_key, body, occurrences, due_at, created_at)
    select fresh.id, fresh.webhook_id, fresh.rule, fresh.subject_key, fresh.body, fresh.occurrences,
      greatest(now(), (
        select max(before.started_at) + make_interval(secs => ${PAUSE_SECONDS}) from rule_calls before
        where before.webhook_id = fresh.webhook_id and before.subject_key = fresh.subject_key)), now()
    from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as fresh (id text, webhook_id text, rule jsonb, subject_key text, body text, occurrences integer)
    order by fresh.webhook_id, fresh.subject_key
    on conflict (webhook_id, subject_key) where started_at is null do update set
      body = excluded.body, rule = excluded.rule, occurrences = rule_calls.occurrences + excluded.occurrences`);
  await tx.execute(sql`select pg_notify('touchline_engine', 'rule-calls')`);
}
