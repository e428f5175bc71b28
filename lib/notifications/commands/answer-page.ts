import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { deliveries } from "#db/schema/notifications";
import { users } from "#db/schema/people";
import { channelPosts } from "#db/schema/team-channels";
import type { Actor, Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { acknowledgeIncident, acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { addNote } from "#lib/incidents/commands/add-note";
import { only } from "#lib/incidents/commands/change-incidents";
import { escalateIncident } from "#lib/incidents/commands/escalate";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { clockText } from "#lib/notifications/clock-text";
import { markDelivery } from "#lib/notifications/commands/mark-delivery";
import { statusSentence } from "#lib/notifications/one-tap-page";
import { readOneTapView } from "#lib/notifications/queries/one-tap";
import type { Channel } from "#lib/notifications/vocabulary";

/** What somebody answers to a message, in the medium it came by. `confirm`: a test arrived. */
export type PageAnswer =
  | { kind: "acknowledge" | "resolve" | "escalate" | "confirm" }
  | { kind: "note"; text: string };

/** What became of it, in a sentence to answer with; `done` when the incident is as the person wanted it. */
export type AnswerOutcome = { done: boolean; sentence: string };

export type Answerer = {
  ctx: Context;
  deliveryId: string;
  /** The incident; of a message about several the first. */
  incidentId: string | null;
  /** The others of a message about several: an acknowledgement takes them too. */
  alsoIncidentIds: string[];
  isAddressee: boolean;
};

/** The message or post that is answered, and who answers it: its addressee unless named. Null when either is gone. */
export async function openAnswer(
  db: Database,
  input: { deliveryId: string; userId?: string; channel: Channel },
): Promise<Answerer | null> {
  const message = (await readDelivery(db, input.deliveryId)) ?? (await readPost(db, input.deliveryId));
  const userId = input.userId ?? message?.userId ?? null;
  if (!message || userId === null) return null;
  const [person] = await db
    .select({ name: users.name, role: users.role, timeZone: users.timeZone })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deactivatedAt)));
  if (!person) return null;
  const actor: Actor = { type: "user", id: userId, ...person, channel: input.channel };
  return {
    ctx: { db, actor },
    deliveryId: input.deliveryId,
    incidentId: message.incidentId,
    alsoIncidentIds: message.alsoIncidentIds,
    isAddressee: userId === message.userId,
  };
}

type Message = {
  incidentId: string | null;
  /** Its addressee; null: a channel, where everybody reads it. */
  userId: string | null;
  alsoIncidentIds: string[];
};

async function readDelivery(db: Database, id: string): Promise<Message | undefined> {
  const [delivery] = await db
    .select({
      incidentId: deliveries.incidentId,
      userId: deliveries.userId,
      alsoIncidentIds: sql<string[]>`array(
        select distinct o.incident_id from deliveries o
        where o.bundle_id = deliveries.bundle_id and o.incident_id <> deliveries.incident_id
      )`,
    })
    .from(deliveries)
    .where(eq(deliveries.id, id));
  return delivery;
}

async function readPost(db: Database, id: string): Promise<Message | undefined> {
  const [post] = await db
    .select({ incidentId: channelPosts.incidentId })
    .from(channelPosts)
    .where(eq(channelPosts.id, id));
  return post && { ...post, userId: null, alsoIncidentIds: [] };
}

/**
 * Carries out an answer in the name of who gave it, and says what became of it. An expected refusal is an outcome, not an error; an
 * acknowledgement of what somebody has already is done.
 */
export async function answerPage(answerer: Answerer, answer: PageAnswer): Promise<AnswerOutcome> {
  const { ctx, deliveryId, incidentId, alsoIncidentIds, isAddressee } = answerer;
  if (isAddressee) {
    await markDelivery(ctx, { deliveryId, state: "acted", detail: `Answered: ${DETAILS[answer.kind]}.` });
  }
  if (answer.kind === "confirm") return { done: true, sentence: "Thank you. Touchline can reach you here." };
  if (incidentId === null) return { done: true, sentence: "Thank you." };
  if (alsoIncidentIds.length > 0) return answerBundle(ctx, [incidentId, ...alsoIncidentIds], answer);
  const before = await readOneTapView(ctx, incidentId);
  if (!before) return { done: false, sentence: "The incident is not there any more." };
  if (before.status !== "triggered" && answer.kind === "acknowledge") {
    return { done: true, sentence: `#${before.number}: ${statusSentence(before)}` };
  }
  try {
    await act(ctx, incidentId, answer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { done: false, sentence: `Not done, #${before.number}: ${error.message}` };
  }
  return { done: true, sentence: await sentenceAfter(ctx, incidentId, answer) };
}

/** A message about several can only be acknowledged: which of them is meant by anything else it doesn't say. */
async function answerBundle(ctx: Context, incidentIds: string[], answer: PageAnswer): Promise<AnswerOutcome> {
  if (answer.kind !== "acknowledge") {
    return {
      done: false,
      sentence: "Not done: the message is about several incidents. Open the one you mean.",
    };
  }
  try {
    const results = await acknowledgeIncidents(ctx, { incidentIds });
    const taken = results.filter(({ refused }) => refused === null).map(({ number }) => `#${number}`);
    if (taken.length === 0) return { done: true, sentence: "None of them waits for anybody any more." };
    return { done: true, sentence: `Acknowledged ${taken.join(", ")}. Escalation stopped.` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { done: false, sentence: `Not done: ${error.message}` };
  }
}

const DETAILS: Record<PageAnswer["kind"], string> = {
  acknowledge: "acknowledge",
  resolve: "resolve",
  escalate: "escalate",
  note: "a note",
  confirm: "it arrived",
};

async function act(ctx: Context, incidentId: string, answer: PageAnswer) {
  switch (answer.kind) {
    case "acknowledge":
      await acknowledgeIncident(ctx, { incidentId });
      return;
    case "resolve":
      only(await resolveIncidents(ctx, { incidentIds: [incidentId] }));
      return;
    case "escalate":
      await escalateIncident(ctx, { incidentId });
      return;
    case "note":
      await addNote(ctx, { incidentId, content: answer.text });
      return;
    case "confirm":
  }
}

async function sentenceAfter(ctx: Context, incidentId: string, answer: PageAnswer): Promise<string> {
  const view = await readOneTapView(ctx, incidentId);
  if (!view) return "Done.";
  const at = clockText(view.at, ctx.actor.timeZone, "second");
  switch (answer.kind) {
    case "acknowledge":
      return `Acknowledged #${view.number} at ${at}. Escalation stopped.`;
    case "escalate":
      return `Escalated #${view.number} to ${view.assignees.join(", ") || "nobody"} at ${at}.`;
    case "note":
      return `Noted on #${view.number} at ${at}.`;
    case "resolve":
    case "confirm":
      return `#${view.number}: ${statusSentence(view)}`;
  }
}
