import type { EngineContext, EngineModule } from "#lib/engine/module";
import { readNow } from "#lib/context";
import { standingSettings } from "#lib/notifications/channels/chat-senders";
import { changeStanding } from "#lib/notifications/channels/standing";
import { openAnswer } from "#lib/notifications/commands/answer-page";
import {
  claimChatMessages,
  nextChatMessageAt,
  recordChatMessage,
} from "#lib/notifications/commands/claim-chat-messages";
import type { ClaimedChatMessage } from "#lib/notifications/commands/claim-chat-messages";
import type { SendResult } from "#lib/notifications/delivery";
import { readOneTapView } from "#lib/notifications/queries/one-tap";

const BATCH = 20;
const TIMEOUT_MS = 10_000;

/**
 * Changes messages in chats to what their incidents have become. Claims are leased: a change that was made and not recorded is made
 * again, which shows the same.
 */
export const runChatMessages: EngineModule = {
  name: "chat-messages",
  async run(engine) {
    const claimed = await claimChatMessages(engine.db, BATCH);
    await Promise.all(claimed.map((message) => change(engine, message)));
    const nextAt = claimed.length >= BATCH ? new Date(0) : await nextChatMessageAt(engine.db);
    return { worked: claimed.length, nextAt };
  },
};

async function change(engine: EngineContext, message: ClaimedChatMessage): Promise<void> {
  try {
    const result = await attempt(engine, message);
    if (result.kind === "failed") {
      engine.log.warn({ deliveryId: message.deliveryId, detail: result.detail }, "a message was not changed");
    }
    await recordChatMessage(engine.db, message, result, await readNow(engine.db));
  } catch (error) {
    engine.log.error(
      { deliveryId: message.deliveryId, err: error },
      "changing a message failed; it is tried again after its lease",
    );
  }
}

async function attempt({ db }: EngineContext, message: ClaimedChatMessage): Promise<SendResult> {
  const addressee = await openAnswer(db, message);
  const view = addressee && (await readOneTapView(addressee.ctx, message.incidentId));
  if (!view) return { kind: "failed", retry: false, detail: "Its person or its incident is not there." };
  return changeStanding(standingSettings(db), message, view, AbortSignal.timeout(TIMEOUT_MS));
}
