import { asc, eq } from "drizzle-orm";
import { expect } from "@playwright/test";
import type { Database } from "#db/connect";
import { outboxMessages } from "#db/schema/notifications";
import type { Person } from "#e2e/public-api";

export type Mail = { subject: string; text: string; html: string };

/** What was mailed to a person so far; the server under test has no mail server, so it keeps what it would send. */
export async function mailsTo(db: Database, { email }: Person): Promise<Mail[]> {
  const { subject, text, html } = outboxMessages;
  return db
    .select({ subject, text, html })
    .from(outboxMessages)
    .where(eq(outboxMessages.to, email))
    .orderBy(asc(outboxMessages.at));
}

/** Waits for a person's first mail. */
export async function firstMailTo(db: Database, person: Person): Promise<Mail> {
  let mails: Mail[] = [];
  await expect(async () => {
    mails = await mailsTo(db, person);
    expect(mails, `mails to ${person.name}`).not.toEqual([]);
  }).toPass();
  return mails[0]!;
}

/** The path of the one-tap link in a mail. */
export function oneTapPath(mail: Mail): string {
  const path = /^Acknowledge: \S+?(\/a\/\S+)$/m.exec(mail.text)?.[1];
  if (path === undefined) throw new Error(`The mail has no link to acknowledge with:\n${mail.text}`);
  return path;
}
