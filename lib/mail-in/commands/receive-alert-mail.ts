import { and, count, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { ParsedMail } from "mailparser";
import type { Database } from "#db/connect";
import { alerts } from "#db/schema/events";
import { mailIntegrations, receivedMails } from "#db/schema/mail-in";
import { integrations, services } from "#db/schema/services";
import { integrationActor } from "#lib/alerts/commands/integration-actor";
import { inTransaction, SYSTEM } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import { inboxRow } from "#lib/events/commands/inbox-row";
import { putIntoInbox } from "#lib/events/commands/put-into-inbox";
import { dedupKeyFrom } from "#lib/events/dedup-key";
import type { NormalisedEvent } from "#lib/events/event";
import { newId } from "#lib/ids";
import { writeNote } from "#lib/incidents/commands/add-note";
import { automaticBecause } from "#lib/mail-in/automatic-mail";
import { matchRe2 } from "#lib/mail-in/commands/match-re2";
import { ownWords } from "#lib/mail-in/mail-answer";
import { judgeProof } from "#lib/mail-in/mail-proof";
import type { MailProof } from "#lib/mail-in/mail-proof";
import { isAllowedSender, judgeMail } from "#lib/mail-in/mail-rules";
import type { Mail, MailDecision, MailSettings } from "#lib/mail-in/mail-rules";
import { inertLine, inertText } from "#lib/notifications/inert";

export type AlertMail = {
  integrationId: string;
  parsed: ParsedMail;
  /** The envelope's sender, empty for what programs report. */
  returnPath: string;
  proof: MailProof;
};

/** `refused`: its sender is told that it was not taken; `later`: to bring it again. Both are final for this attempt. */
export type AlertMailOutcome = { kind: "taken" | "refused" | "later"; because: string };

/** Mails of one sender that one integration takes in a minute. */
const MOST_PER_MINUTE = 60;
const MOST_BODY = 20_000;

type Reading = Mail & { references: string[]; isAutomatic: boolean; attachments: string[] };

/**
 * Takes a mail to the address of an integration; what it asks for is committed when this returns, once however often the mail comes. A
 * reply to a mail that opened an incident, or to our answer to it, becomes a note there; everything else is judged by the integration's
 * rules. Mail of senders who are not allowed, or whose domain denies them, is refused and noted.
 */
export async function receiveAlertMail(db: Database, mail: AlertMail): Promise<AlertMailOutcome> {
  const read = readMail(mail.parsed, mail.returnPath);
  return inTransaction({ db, actor: SYSTEM }, async (scope) => {
    const found = await holdMailbox(scope, mail.integrationId);
    if (!found) return { kind: "refused", because: "No such address here." };
    const { settings, integration } = found;
    if (await isTooMuch(scope, integration.id, read.from)) {
      return { kind: "later", because: "Too much mail from this sender: try again later." };
    }
    const refusal = refusalOf(settings, read, mail.proof);
    if (refusal !== null) {
      await note(scope, integration.id, read, { outcome: refusal });
      return { kind: "refused", because: refusal };
    }
    const incidentId = await findReplied(scope, integration.id, read.references);
    return incidentId === null
      ? takeEvent(scope, found, read, mail.proof)
      : takeReply(scope, found, read, incidentId);
  });
}

type Mailbox = NonNullable<Awaited<ReturnType<typeof holdMailbox>>>;

const CAME_BEFORE: AlertMailOutcome = { kind: "taken", because: "it came before" };

async function takeReply(
  scope: TransactionContext,
  { integration }: Mailbox,
  read: Reading,
  incidentId: string,
): Promise<AlertMailOutcome> {
  const outcome = "a note of its incident";
  if (!(await note(scope, integration.id, read, { outcome }))) return CAME_BEFORE;
  const actor = { ...integrationActor(integration), name: `${read.from} by mail` };
  const words = inertText(ownWords(read.body), MOST_BODY);
  await writeNote({ ...scope, actor }, incidentId, words === "" ? "(a mail without text)" : words);
  return { kind: "taken", because: outcome };
}

async function takeEvent(
  scope: TransactionContext,
  { settings, integration }: Mailbox,
  read: Reading,
  proof: MailProof,
): Promise<AlertMailOutcome> {
  const decision = judgeMail(settings, read, matchRe2);
  if (decision.kind === "discard") {
    const outcome = `discarded: ${decision.because}`;
    await note(scope, integration.id, read, { outcome });
    return { kind: "taken", because: outcome };
  }
  const row = inboxRow(integration.id, "email", eventOf(read, decision, settings, proof), rawOf(read));
  const asker = answerTo(settings, decision, read);
  const isNew = await note(scope, integration.id, read, {
    outcome: decision.action,
    dedupKey: row.dedupKey,
    answerTo: asker,
  });
  if (!isNew) return CAME_BEFORE;
  await putIntoInbox(scope, [row]);
  if (asker !== null) await scope.tx.execute(sql`select pg_notify('touchline_engine', 'answer-mails')`);
  return { kind: "taken", because: decision.action };
}

function readMail(parsed: ParsedMail, returnPath: string): Reading {
  const from = (parsed.from?.value[0]?.address ?? returnPath).toLowerCase();
  const body = inertText(parsed.text ?? "", MOST_BODY);
  const references = [parsed.inReplyTo ?? [], parsed.references ?? []].flat();
  const header = (name: string) => {
    const line = parsed.headerLines.find(({ key }) => key === name)?.line;
    return line?.slice(line.indexOf(":") + 1).trim();
  };
  return {
    messageId: inertLine(parsed.messageId ?? `<${newId()}@touchline>`, 500),
    from: inertLine(from, 320),
    subject: inertLine(parsed.subject ?? "", 1000),
    body,
    references: references.slice(0, 100).map((id) => inertLine(id, 500)),
    isAutomatic: automaticBecause(header, returnPath) !== null,
    attachments: parsed.attachments
      .slice(0, 100)
      .map(({ filename }) => inertLine(filename ?? "unnamed", 200)),
  };
}

async function holdMailbox({ tx }: TransactionContext, integrationId: string) {
  const [found] = await tx
    .select({
      settings: mailIntegrations.settings,
      integration: { id: integrations.id, name: integrations.name },
    })
    .from(mailIntegrations)
    .innerJoin(integrations, eq(integrations.id, mailIntegrations.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(
      and(eq(integrations.id, integrationId), isNull(integrations.deletedAt), isNull(services.deletedAt)),
    )
    .for("share", { of: integrations });
  return found ?? null;
}

async function isTooMuch(
  { tx }: TransactionContext,
  integrationId: string,
  sender: string,
): Promise<boolean> {
  const [recent] = await tx
    .select({ mails: count() })
    .from(receivedMails)
    .where(
      and(
        eq(receivedMails.integrationId, integrationId),
        eq(receivedMails.sender, sender),
        gt(receivedMails.receivedAt, sql`now() - interval '1 minute'`),
      ),
    );
  return (recent?.mails ?? 0) >= MOST_PER_MINUTE;
}

function refusalOf(settings: MailSettings, { from }: Reading, proof: MailProof): string | null {
  if (!isAllowedSender(settings.allowedSenders, from)) return "This sender may not write here.";
  const verdict = judgeProof(from, proof);
  if (verdict.kind === "forged") return `Refused: ${verdict.because}.`;
  return verdict.kind === "unproven" && settings.requireProof ? `Refused: ${verdict.because}.` : null;
}

/** The incident of the newest mail that this one answers. Our own answers refer to theirs, so a reply to them does too. */
async function findReplied(
  { tx }: TransactionContext,
  integrationId: string,
  references: readonly string[],
): Promise<string | null> {
  if (references.length === 0) return null;
  const [found] = await tx
    .select({ incidentId: alerts.incidentId })
    .from(receivedMails)
    .innerJoin(
      alerts,
      and(eq(alerts.integrationId, receivedMails.integrationId), eq(alerts.dedupKey, receivedMails.dedupKey)),
    )
    .where(
      and(
        eq(receivedMails.integrationId, integrationId),
        inArray(receivedMails.messageId, [...references]),
        sql`${alerts.incidentId} is not null`,
      ),
    )
    .orderBy(desc(alerts.createdAt))
    .limit(1);
  return found?.incidentId ?? null;
}

async function note(
  { tx, now }: TransactionContext,
  integrationId: string,
  { messageId, from, subject }: Reading,
  facts: Pick<typeof receivedMails.$inferInsert, "outcome" | "dedupKey" | "answerTo">,
): Promise<boolean> {
  const kept = await tx
    .insert(receivedMails)
    .values({
      id: newId(now.getTime()),
      integrationId,
      messageId,
      sender: from,
      subject,
      receivedAt: now,
      ...facts,
    })
    .onConflictDoNothing()
    .returning({ id: receivedMails.id });
  return kept.length > 0;
}

/** A program is never answered, or two would write to each other for ever. */
function answerTo(settings: MailSettings, { action }: { action: string }, read: Reading): string | null {
  return settings.autoAnswer && action === "trigger" && !read.isAutomatic ? read.from : null;
}

function eventOf(
  read: Reading,
  { action, dedupKey, values }: MailDecision & { kind: "event" },
  settings: MailSettings,
  proof: MailProof,
): NormalisedEvent {
  const { from, subject, body, attachments, messageId } = read;
  const facts = {
    dedupKey: dedupKeyFrom(dedupKey),
    summary: subject === "" ? `Mail from ${from}` : subject,
    source: from === "" ? "unknown sender" : from,
    timestamp: null,
    component: null,
    group: null,
    class: "email",
    customDetails: { ...values, from, body, attachments, messageId, proof: judgeProof(from, proof).because },
    links: [],
    images: [],
    client: null,
    clientUrl: null,
    warnings: [],
  };
  return action === "trigger"
    ? { ...facts, action, severity: settings.severity }
    : { ...facts, action, severity: null };
}

function rawOf({ from, subject, body, messageId, attachments }: Reading) {
  return { from, subject, body, messageId, attachments };
}
