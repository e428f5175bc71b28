import { createHash } from "node:crypto";
import type { MailTransport } from "#lib/notifications/channels/mail-transport";
import type { SendResult } from "#lib/notifications/delivery";
import { chartPng } from "#lib/reports/channels/chart-png";
import type { ReportDocument } from "#lib/reports/document";
import { documentHtml, documentText } from "#lib/reports/document-html";

export type ReportMail = {
  scheduleId: string;
  dueAt: Date;
  recipient: string;
  name: string;
  document: ReportDocument;
  /** The snapshot, and the page that it came from. */
  links: { label: string; href: string }[];
};

/** Sends a report with its charts as pictures and every number as a table. The same due instant is the same message. */
export async function mailReport(transport: MailTransport, mail: ReportMail): Promise<SendResult> {
  const { document, links, recipient } = mail;
  const key = createHash("sha256").update(recipient).digest("hex").slice(0, 16);
  const cidOf = (index: number) => `chart-${index}@touchline`;
  const attachments = document.figures.flatMap(({ chart }, index) =>
    chart === null
      ? []
      : [
          {
            filename: `chart-${index + 1}.png`,
            content: chartPng(chart),
            contentType: "image/png",
            cid: cidOf(index),
          },
        ],
  );
  return transport.send({
    to: recipient,
    subject: `${mail.name}: ${document.title}, ${mail.dueAt.toISOString().slice(0, 10)}`,
    text: documentText(document, links),
    html: documentHtml(document, { pictureOf: (index) => `cid:${cidOf(index)}`, footer: links }),
    messageKey: `report.${mail.scheduleId}.${mail.dueAt.getTime()}.${key}`,
    attachments,
  });
}
