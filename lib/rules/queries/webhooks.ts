import { asc, sql } from "drizzle-orm";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { decryptSecret, UnreadableSecret } from "#lib/crypto/secret";
import { hasPermission } from "#lib/people/permissions";
import type { CallRule } from "#lib/rules/call-body";
import { RULE_WEBHOOK_SECRET, ruleWebhookSecretSchema } from "#lib/rules/schemas";

export type RuleCallDto = {
  id: string;
  at: string;
  /** Null: a test. */
  rule: CallRule | null;
  state: "waiting" | "delivered" | "failed";
  occurrences: number;
  attempts: number;
  error: string | null;
};

export type RuleWebhookDto = {
  id: string;
  name: string;
  host: string;
  /** Null for those who may not configure. */
  url: string | null;
  headerNames: string[];
  template: string | null;
  /** Newest first. */
  calls: RuleCallDto[];
};

type CallRow = Omit<RuleCallDto, "state"> & { webhookId: string; isOver: boolean };

const CALLS = 5;

/** The webhooks that rules can call, and their last calls. Headers are never shown. */
export async function listWebhooks(ctx: Context): Promise<RuleWebhookDto[]> {
  requirePermission(ctx.actor, "read");
  const [webhooks, calls] = await Promise.all([
    ctx.db.select().from(ruleWebhooks).orderBy(asc(ruleWebhooks.name)),
    ctx.db.execute<CallRow>(sql`
      select c.id, c.webhook_id as "webhookId", c.rule, c.occurrences, c.attempts, c.last_error as error,
        c.ended_at is not null as "isOver",
        to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from rule_webhooks w
      cross join lateral (
        select * from rule_calls where webhook_id = w.id order by created_at desc limit ${CALLS}) c
      order by c.created_at desc`),
  ]);
  const maySee = hasPermission(ctx.actor.role, "configure");
  return webhooks.map(({ id, name, host, secret, template }) => {
    const open = readSecret(secret);
    return {
      id,
      name,
      host,
      url: maySee ? (open?.url ?? null) : null,
      headerNames: Object.keys(open?.headers ?? {}),
      template,
      calls: calls
        .filter(({ webhookId }) => webhookId === id)
        .map(({ isOver, id: callId, at, rule, occurrences, attempts, error }) => ({
          id: callId,
          at,
          rule,
          occurrences,
          attempts,
          error,
          state: !isOver ? "waiting" : error === null ? "delivered" : "failed",
        })),
    };
  });
}

function readSecret(stored: string) {
  try {
    return ruleWebhookSecretSchema.parse(JSON.parse(decryptSecret(stored, RULE_WEBHOOK_SECRET)));
  } catch (error) {
    if (error instanceof UnreadableSecret) return null;
    throw error;
  }
}
