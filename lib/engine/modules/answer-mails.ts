import { inArray, sql } from "drizzle-orm";
import { receivedMails } from "#db/schema/mail-in";
import { inTransaction, SYSTEM } from "#lib/context";
import type { TransactionContext } from "#lib/context";
import type { EngineModule } from "#lib/engine/module";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import { escapeHtml, inertLine } from "#lib/notifications/inert";

const BATCH = 20;
/** The engine opens the incident right after; until then it is looked for so often. */
const LOOK_EVERY_MS = 1_000;
/** What opened no incident by then opens none. */
const PATIENCE_MINUTES = 5;

type Due = {
  id: string;
  to: string;
  subject: string;
  messageId: string;
  localPart: string;
  number: number | null;
  isLate: boolean;
};

/**
 * Tells senders of mail the number of the incident that it opened, in a reply whose answers become notes. At least once: the mail keeps
 * its Message-ID when it is sent again.
 */
export function answerMailsModule(transport: MailTransport, domain: string | null): EngineModule {
  return {
    name: "answer-mails",
    async run({ db }) {
      return inTransaction({ db, actor: SYSTEM }, async (scope) => {
        const due = await lockDue(scope);
        const ready = due.filter(({ number, isLate }) => number !== null || isLate);
        await Promise.all(ready.map((mail) => send(transport, mail, domain)));
        const ids = ready.map(({ id }) => id);
        await scope.tx.update(receivedMails).set({ answerTo: null }).where(inArray(receivedMails.id, ids));
        const waits = ready.length < due.length || due.length === BATCH;
        return { worked: ready.length, nextAt: waits ? new Date(scope.now.getTime() + LOOK_EVERY_MS) : null };
      });
    },
  };
}

async function lockDue({ tx }: TransactionContext): Promise<Due[]> {
  return tx.execute<Due>(sql`
    select m.id, m.answer_to as "to", m.subject, m.message_id as "messageId", b.local_part as "localPart",
      opened.number, m.received_at < now() - make_interval(mins => ${PATIENCE_MINUTES}) as "isLate"
    from received_mails m
    join mail_integrations b on b.integration_id = m.integration_id
    left join lateral (
      select i.number from alerts a join incidents i on i.id = a.incident_id
      where a.integration_id = m.integration_id and a.dedup_key = m.dedup_key and a.last_seen_at >= m.received_at
      order by a.created_at desc limit 1
    ) opened on true
    where m.answer_to is not null
    order by m.received_at limit ${BATCH}
    for update of m skip locked`);
}

async function send(transport: MailTransport, mail: Due, domain: string | null): Promise<void> {
  if (mail.number === null) return;
  const subject = inertLine(mail.subject, 200);
  const more = domain === null ? "" : " What you reply to this mail is added to it as a note.";
  const text = `Thank you. This is incident #${mail.number}, and whoever is on call is being told.${more}`;
  await transport.send({
    to: mail.to,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    text: `${text}\n`,
    html: `<!doctype html><html lang="en"><body><p>${escapeHtml(text)}</p></body></html>`,
    messageKey: `mail-answer.${mail.id}`,
    answers: mail.messageId,
    isAnswer: true,
    ...(domain === null ? {} : { replyTo: `${mail.localPart}@${domain}` }),
  });
}
