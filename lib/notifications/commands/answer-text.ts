import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { receivedTexts } from "#db/schema/telephony";
import { readNow } from "#lib/context";
import { newId } from "#lib/ids";
import { actOnIncidents } from "#lib/notifications/commands/act-on-incidents";
import { openAnswer } from "#lib/notifications/commands/answer-page";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { setOptOut } from "#lib/notifications/commands/set-opt-out";
import { readSentTexts } from "#lib/notifications/queries/sent-texts";
import { doneText, parseReply, questionOf, REPLY_TEXTS, targetOf } from "#lib/notifications/sms-reply";
import type { Reply, ReplyTarget, SentText, TextedIncident } from "#lib/notifications/sms-reply";

/** A text that somebody wrote to one of our numbers. */
export type ReceivedText = { providerId: string; externalId: string; from: string; text: string };

const KEPT = "30 days";

/**
 * Does what a text asks for and says what to answer; null: nothing. The same text again (the provider repeats what it got no answer to) is
 * answered as before and does nothing. What it acts on is what was texted to that very number, never anything else.
 */
export async function answerText(db: Database, received: ReceivedText): Promise<string | null> {
  const { providerId: channelProviderId, externalId } = received;
  const [fresh] = await db
    .insert(receivedTexts)
    .values({ id: newId(), channelProviderId, externalId, at: sql`now()` })
    .onConflictDoNothing()
    .returning({ id: receivedTexts.id });
  if (!fresh) return repeatedAnswer(db, received);
  try {
    const answer = await judge(db, received);
    await db.update(receivedTexts).set({ answer }).where(eq(receivedTexts.id, fresh.id));
    await db.execute(sql`delete from received_texts where at < now() - ${KEPT}::interval`);
    return answer;
  } catch (error) {
    // So that the provider's repetition is not taken for one that was answered.
    await db.delete(receivedTexts).where(eq(receivedTexts.id, fresh.id));
    throw error;
  }
}

async function repeatedAnswer(db: Database, { providerId, externalId }: ReceivedText) {
  const [row] = await db.execute<{ answer: string | null }>(sql`
    select answer from received_texts where channel_provider_id = ${providerId} and external_id = ${externalId}`);
  return row?.answer ?? null;
}

async function judge(db: Database, received: ReceivedText): Promise<string | null> {
  const reply = parseReply(received.text);
  if (reply.kind === "stop" || reply.kind === "start") {
    const changed = await setOptOut(db, { address: received.from, optOut: reply.kind === "stop" });
    if (changed === 0) return null;
    return reply.kind === "stop" ? REPLY_TEXTS.stopped : REPLY_TEXTS.started;
  }
  const sent = await readSentTexts(db, { providerId: received.providerId, address: received.from });
  // Strangers, and people who were not texted for a day, get no answer but to a call for help: two machines could go on for ever.
  if (reply.kind === "help") return REPLY_TEXTS.help;
  if (!sent) return null;
  if (reply.kind === "unknown") return REPLY_TEXTS.unknown;
  const target = targetOf(reply.number, sent.texts, await readNow(db));
  return carryOut(db, sent.userId, reply, target);
}

type Act = Extract<Reply, { kind: "act" }>;

async function carryOut(db: Database, userId: string, { action }: Act, target: ReplyTarget): Promise<string> {
  switch (target.kind) {
    case "nothing":
      return REPLY_TEXTS.nothing;
    case "ask":
      return questionOf(action, target.numbers);
    case "not_texted":
      return `Nothing done: #${target.number} was not texted to you in the last 24 hours.`;
    case "test":
    case "incidents":
      return act(db, userId, action, target.text, target.kind === "test" ? [] : target.incidents);
  }
}

async function act(
  db: Database,
  userId: string,
  action: Act["action"],
  text: SentText,
  incidents: readonly TextedIncident[],
): Promise<string> {
  const answerer = await openAnswer(db, { deliveryId: text.deliveryId, userId, channel: "sms" });
  if (!answerer) return REPLY_TEXTS.nothing;
  const { ctx } = answerer;
  const detail = incidents.length === 0 ? "Answered: it arrived." : `Answered: ${action}.`;
  await markDelivery(ctx, { deliveryId: text.deliveryId, state: "acted", detail });
  if (incidents.length === 0) return REPLY_TEXTS.test;
  const results = await actOnIncidents(ctx, action, incidents, text.isRequest);
  return results.map(({ number, refused }) => doneText(action, number, refused, text.isRequest)).join(" ");
}
