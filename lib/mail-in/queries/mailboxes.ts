import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { inbox } from "#db/schema/events";
import { mailIntegrations, receivedMails } from "#db/schema/mail-in";
import { integrations, services } from "#db/schema/services";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import type { DetectionSource } from "#lib/incidents/vocabulary";
import type { MailSettings } from "#lib/mail-in/mail-rules";

export type MailboxDto = {
  integrationId: string;
  localPart: string;
  /** The whole address; null where no domain's mail comes here. */
  address: string | null;
  settings: MailSettings;
  detectionSource: DetectionSource;
  /** What came last, newest first. */
  mails: { id: string; sender: string; subject: string; receivedAt: string; outcome: string }[];
  /** The last that became events, whole, to try other settings on; newest first. */
  stored: { id: string; from: string; subject: string; body: string }[];
};

const SHOWN = 20;
const STORED = 5;

/** The mailbox of an integration, null where it takes no mail. */
export async function findMailbox(ctx: Context, integrationId: string): Promise<MailboxDto | null> {
  requirePermission(ctx.actor, "read");
  const [found] = await ctx.db
    .select({ mailbox: mailIntegrations, detectionSource: integrations.detectionSource })
    .from(mailIntegrations)
    .innerJoin(integrations, eq(integrations.id, mailIntegrations.integrationId))
    .where(eq(mailIntegrations.integrationId, integrationId));
  if (!found) return null;
  const [mails, stored] = await Promise.all([
    ctx.db
      .select()
      .from(receivedMails)
      .where(eq(receivedMails.integrationId, integrationId))
      .orderBy(desc(receivedMails.id))
      .limit(SHOWN),
    ctx.db
      .select({
        id: sql<string>`${inbox.id}::text`,
        from: sql<string>`coalesce(${inbox.raw}->>'from', '')`,
        subject: sql<string>`coalesce(${inbox.raw}->>'subject', '')`,
        body: sql<string>`coalesce(${inbox.raw}->>'body', '')`,
      })
      .from(inbox)
      .where(and(eq(inbox.integrationId, integrationId), eq(inbox.source, "email"), isNotNull(inbox.raw)))
      .orderBy(desc(inbox.id))
      .limit(STORED),
  ]);
  const { localPart, settings } = found.mailbox;
  const domain = env().mailInDomain;
  return {
    integrationId,
    localPart,
    address: domain === null ? null : `${localPart}@${domain}`,
    settings,
    detectionSource: found.detectionSource,
    mails: mails.map(({ id, sender, subject, receivedAt, outcome }) => ({
      id,
      sender,
      subject,
      receivedAt: receivedAt.toISOString(),
      outcome,
    })),
    stored,
  };
}

/** The live integration that takes the mail of an address; null: there is none. */
export async function findMailIntegration(db: Database, localPart: string): Promise<string | null> {
  const [found] = await db
    .select({ id: integrations.id })
    .from(mailIntegrations)
    .innerJoin(integrations, eq(integrations.id, mailIntegrations.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(
      and(
        eq(mailIntegrations.localPart, localPart.toLowerCase()),
        isNull(integrations.deletedAt),
        isNull(services.deletedAt),
      ),
    );
  return found?.id ?? null;
}
