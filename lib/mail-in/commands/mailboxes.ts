import { eq } from "drizzle-orm";
import { mailIntegrations } from "#db/schema/mail-in";
import { integrations } from "#db/schema/services";
import { patternError } from "#lib/cel/re2";
import { changedFields } from "#lib/changed-fields";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { patternsOfSettings } from "#lib/mail-in/mail-rules";
import type { MailSettings } from "#lib/mail-in/mail-rules";
import { mailboxInputSchema, mailboxUpdateSchema } from "#lib/mail-in/schemas";
import type { MailboxInput, MailboxUpdate } from "#lib/mail-in/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { insertIntegration } from "#lib/services/commands/create-integration";
import { lockIntegration } from "#lib/services/commands/lock-service";

const USUAL: MailSettings = {
  creation: "on_new_email_subject",
  filterMode: "all-email",
  filters: [],
  parsers: [],
  fallback: "open_new_incident",
  allowedSenders: [],
  requireProof: false,
  autoAnswer: false,
  severity: "error",
};
const CONSTRAINTS = { mail_integrations_local_part_key: { field: "localPart", message: TAKEN } };

/** Gives a service an address for mail. */
export async function createMailbox(ctx: Context, input: MailboxInput): Promise<{ id: string; key: string }> {
  requirePermission(ctx.actor, "configure");
  const { serviceId, name, localPart } = parseInput(mailboxInputSchema, input);
  return refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const type = "generic_email_inbound_integration";
      const made = await insertIntegration(scope, { serviceId, name, type }, { localPart });
      await scope.tx.insert(mailIntegrations).values({ integrationId: made.id, localPart, settings: USUAL });
      return made;
    }),
  );
}

/** Changes an address, or how its mail becomes events. Throws `not_found`, and `invalid` for a pattern that is no RE2. */
export async function updateMailbox(ctx: Context, input: MailboxUpdate): Promise<void> {
  requirePermission(ctx.actor, "configure");
  const { integrationId, detectionSource, ...given } = parseInput(mailboxUpdateSchema, input);
  if (given.settings) refuseBrokenPatterns(given.settings);
  await refuseViolations(CONSTRAINTS, () =>
    inTransaction(ctx, async (scope) => {
      const integration = await lockIntegration(scope.tx, integrationId);
      const [mailbox] = await scope.tx
        .select()
        .from(mailIntegrations)
        .where(eq(mailIntegrations.integrationId, integrationId));
      if (!mailbox) throw new AppError("not_found", "The integration takes no mail.");
      const { localPart, settings } = mailbox;
      const current = { localPart, settings, detectionSource: integration.detectionSource };
      const { before, after, isChanged } = changedFields(current, { ...given, detectionSource });
      if (!isChanged) return;
      await scope.tx
        .update(mailIntegrations)
        .set({ localPart: given.localPart ?? localPart, settings: given.settings ?? settings })
        .where(eq(mailIntegrations.integrationId, integrationId));
      if (detectionSource) {
        await scope.tx
          .update(integrations)
          .set({ detectionSource })
          .where(eq(integrations.id, integrationId));
      }
      await audit(scope, {
        action: "update",
        objectType: "integration",
        objectId: integrationId,
        objectName: integration.name,
        before,
        after,
      });
      const { serviceId } = integration;
      await publish(scope, { topic: "integration.updated", entityType: "service", entityId: serviceId });
    }),
  );
}

function refuseBrokenPatterns(settings: MailSettings): void {
  const fields = patternsOfSettings(settings).flatMap(([field, pattern]) => {
    const problem = patternError(pattern);
    return problem === null ? [] : [{ field, message: `is not a regular expression: ${problem}` }];
  });
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field} ${first.message}`, { fields });
}
