import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { decryptSecret, encryptSecret } from "#lib/crypto/secret";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { callTemplateFault } from "#lib/rules/call-body";
import { lockWebhook } from "#lib/rules/commands/lock-webhook";
import {
  RULE_WEBHOOK_SECRET,
  ruleWebhookSchema,
  ruleWebhookSecretSchema,
  ruleWebhookUpdateSchema,
} from "#lib/rules/schemas";
import type { RuleWebhookInput, RuleWebhookSecret, RuleWebhookUpdate } from "#lib/rules/schemas";

const CONSTRAINTS = { rule_webhooks_name_key: { field: "name", message: TAKEN } };

/** Makes a webhook that rules can call. The answer holds the secret its requests are signed with; it is shown this once. */
export async function createWebhook(
  ctx: Context,
  input: RuleWebhookInput,
): Promise<{ id: string; signingSecret: string }> {
  requirePermission(ctx.actor, "configure");
  const { name, url, headers, template } = parseInput(ruleWebhookSchema, input);
  refuseTemplate(template);
  const signing = randomBytes(32).toString("base64url");
  return refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const id = newId(scope.now.getTime());
      const host = new URL(url).host;
      await scope.tx.insert(ruleWebhooks).values({
        id,
        name,
        host,
        secret: sealed({ url, headers, signing }),
        template,
        createdAt: scope.now,
        updatedAt: scope.now,
      });
      await audit(scope, {
        action: "create",
        objectType: "rule_webhook",
        objectId: id,
        objectName: name,
        after: { name, host, headers: Object.keys(headers), template },
      });
      await publish(scope, { topic: "rule_webhook.created", entityType: "rule_set", entityId: id });
      return { id, signingSecret: signing };
    }),
  );
}

/** Changes a webhook for the calls that begin from now on. Throws `not_found`, and `invalid`, naming the field. */
export async function updateWebhook(
  ctx: Context,
  { webhookId, ...change }: RuleWebhookUpdate & { webhookId: string },
): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const given = parseInput(ruleWebhookUpdateSchema, change);
  if (given.template !== undefined) refuseTemplate(given.template);
  await refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const current = await lockWebhook(scope.tx, webhookId);
      const secret = ruleWebhookSecretSchema.parse(
        JSON.parse(decryptSecret(current.secret, RULE_WEBHOOK_SECRET)),
      );
      refuseToTell(secret, given);
      const name = given.name ?? current.name;
      const url = given.url ?? secret.url;
      const headers = given.headers ?? secret.headers;
      const template = given.template === undefined ? current.template : given.template;
      const host = new URL(url).host;
      await scope.tx
        .update(ruleWebhooks)
        .set({ name, host, secret: sealed({ ...secret, url, headers }), template, updatedAt: scope.now })
        .where(eq(ruleWebhooks.id, webhookId));
      await audit(scope, {
        action: "update",
        objectType: "rule_webhook",
        objectId: webhookId,
        objectName: name,
        before: {
          name: current.name,
          host: current.host,
          headers: Object.keys(secret.headers),
          template: current.template,
        },
        after: { name, host, headers: Object.keys(headers), template },
      });
      await publish(scope, { topic: "rule_webhook.updated", entityType: "rule_set", entityId: webhookId });
    }),
  );
}

/** Headers, which nobody is shown, are not sent to another server than the one they were entered for: they could be read there. */
function refuseToTell(
  { url, headers }: RuleWebhookSecret,
  given: { url?: string | undefined; headers?: Record<string, string> | undefined },
): void {
  if (given.url === undefined || given.headers !== undefined || Object.keys(headers).length === 0) return;
  if (new URL(given.url).origin === new URL(url).origin) return;
  const message = "must be entered again, since the address leads to another server";
  throw new AppError("invalid", `The headers ${message}.`, { fields: [{ field: "headers", message }] });
}

function sealed(secret: RuleWebhookSecret): string {
  return encryptSecret(JSON.stringify(secret), RULE_WEBHOOK_SECRET);
}

function refuseTemplate(template: string | null): void {
  const message = template === null ? null : callTemplateFault(template);
  if (message !== null) throw new AppError("invalid", message, { fields: [{ field: "template", message }] });
}
