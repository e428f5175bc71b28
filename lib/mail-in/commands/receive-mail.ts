import { and, eq, sql } from "drizzle-orm";
import type { ParsedMail } from "mailparser";
import type { Database } from "#db/connect";
import { deliveries } from "#db/schema/notifications";
import { logEntries } from "#db/schema/incidents";
import type { ReplyAddress } from "#lib/crypto/reply-address";
import { newId } from "#lib/ids";
import { automaticBecause } from "#lib/mail-in/automatic-mail";
import { judgeMailReport, readDeliveryStatus } from "#lib/mail-in/delivery-status";
import { readMailAnswer } from "#lib/mail-in/mail-answer";
import type { MailAnswer } from "#lib/mail-in/mail-answer";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import { answerPage, openAnswer } from "#lib/notifications/commands/answer-page";
import type { Answerer } from "#lib/notifications/commands/answer-page";
import { reportDelivery } from "#lib/notifications/commands/report-delivery";
import { escapeHtml, inertLine } from "#lib/notifications/inert";

/** A page can be answered for a week. The one-tap link in it ends sooner; a reply goes to one person's mailbox and comes back from it. */
const ANSWERABLE_DAYS = 7;

export type InboundMail = { to: ReplyAddress; returnPath: string; parsed: ParsedMail };

/** What was done with a mail, for the log. */
export type MailOutcome = { kind: "answered" | "bounced" | "ignored"; because: string };

/**
 * Acts on a mail to an address of ours: an answer acts as the person the page was sent to, and what came of it is mailed back to them;
 * a report that a page could not be delivered fails that send. The address, which only that mail carried, is the authority. What a
 * program sent by itself never acts.
 */
export async function receiveMail(
  db: Database,
  transport: MailTransport,
  mail: InboundMail,
): Promise<MailOutcome> {
  const report = reportIn(mail.parsed);
  if (report) return onReport(db, mail.to.deliveryId, report);
  if (mail.to.kind !== "reply") return { kind: "ignored", because: "not a delivery report" };
  const automatic = automaticBecause((name) => headerOf(mail.parsed, name), mail.returnPath);
  if (automatic !== null) return { kind: "ignored", because: automatic };
  const open = await openReply(db, mail.to.deliveryId);
  if (!open) return { kind: "ignored", because: "the page is not there, or more than a week old" };
  const answer = readMailAnswer(mail.parsed.text ?? "");
  const sentence = await carryOut(open.answerer, answer);
  await tellBack(transport, { sentence, to: open.address, answerer: open.answerer, mail });
  return { kind: "answered", because: answer.kind };
}

function reportIn({ attachments }: ParsedMail) {
  const part = attachments.find(({ contentType }) => contentType === "message/delivery-status");
  return part ? readDeliveryStatus(part.content.toString("utf8")) : null;
}

async function onReport(
  db: Database,
  deliveryId: string,
  report: NonNullable<ReturnType<typeof readDeliveryStatus>>,
): Promise<MailOutcome> {
  const verdict = judgeMailReport(report);
  if (!verdict) return { kind: "ignored", because: `the mail is ${report.action}` };
  const detail = inertLine(verdict.detail, 300);
  const { invalidDestination } = verdict;
  await reportDelivery(db, {
    deliveryId,
    externalId: null,
    kind: "failed",
    retry: false,
    detail,
    invalidDestination,
  });
  return { kind: "bounced", because: detail };
}

async function openReply(
  db: Database,
  deliveryId: string,
): Promise<{ answerer: Answerer; address: string } | null> {
  const [delivery] = await db
    .select({ address: deliveries.address })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.id, deliveryId),
        sql`${deliveries.createdAt} > now() - make_interval(days => ${ANSWERABLE_DAYS})`,
      ),
    );
  const answerer = delivery && (await openAnswer(db, { deliveryId, channel: "email" }));
  return delivery && answerer ? { answerer, address: delivery.address } : null;
}

const HELP =
  "Nothing was changed: the first word of a reply says what to do. It is ack, resolve, escalate, or note followed by your words.";

async function carryOut(answerer: Answerer, answer: MailAnswer): Promise<string> {
  if (answer.kind === "unclear") return HELP;
  if (answer.kind === "confirm" && answerer.incidentId !== null) return HELP;
  if (answer.kind === "note" && (await isThere(answerer, answer.text))) return "This note is there already.";
  return (await answerPage(answerer, answer)).sentence;
}

/** Mail may come twice; so that a note doesn't. */
async function isThere({ ctx, incidentId }: Answerer, note: string): Promise<boolean> {
  if (incidentId === null || ctx.actor.id === null) return false;
  const [entry] = await ctx.db
    .select({ id: logEntries.id })
    .from(logEntries)
    .where(
      and(
        eq(logEntries.incidentId, incidentId),
        eq(logEntries.type, "annotate"),
        eq(logEntries.actorId, ctx.actor.id),
        eq(logEntries.note, note),
      ),
    )
    .limit(1);
  return entry !== undefined;
}

type Answer = { sentence: string; to: string; answerer: Answerer; mail: InboundMail };

/** To the address that was paged, never to where the mail says it is from; without a reply address, so that nothing can go round. */
async function tellBack(transport: MailTransport, { sentence, to, answerer, mail }: Answer): Promise<void> {
  const subject = inertLine(mail.parsed.subject ?? "Your answer", 200);
  await transport.send({
    to,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    text: `${sentence}\n`,
    html: `<!doctype html><html lang="en"><body><p>${escapeHtml(sentence)}</p></body></html>`,
    messageKey: `answer.${newId()}`,
    ...(answerer.incidentId === null ? {} : { threadKey: `incident.${answerer.incidentId}` }),
    isAnswer: true,
  });
}

function headerOf({ headerLines }: ParsedMail, name: string): string | undefined {
  const line = headerLines.find(({ key }) => key === name)?.line;
  return line?.slice(line.indexOf(":") + 1).trim();
}
