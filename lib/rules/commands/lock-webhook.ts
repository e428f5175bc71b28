import { eq } from "drizzle-orm";
import { ruleWebhooks } from "#db/schema/rule-webhooks";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";

/** The webhook, locked against other changes of it. Throws `not_found`. */
export async function lockWebhook(tx: Transaction, webhookId: string) {
  const [webhook] = await tx.select().from(ruleWebhooks).where(eq(ruleWebhooks.id, webhookId)).for("update");
  if (!webhook) throw new AppError("not_found", "There is no such webhook.", { wireCode: 2100 });
  return webhook;
}
