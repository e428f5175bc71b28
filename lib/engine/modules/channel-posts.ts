import { readNow, SYSTEM } from "#lib/context";
import type { EngineContext, EngineModule } from "#lib/engine/module";
import { env } from "#lib/env";
import { sendToSlack } from "#lib/notifications/channels/slack-api";
import {
  claimChannelPosts,
  nextChannelPostAt,
  recordChannelPost,
} from "#lib/notifications/commands/claim-channel-posts";
import type { ClaimedPost } from "#lib/notifications/commands/claim-channel-posts";
import type { SendResult } from "#lib/notifications/delivery";
import { loadSlackApp } from "#lib/notifications/queries/chat-apps";
import { readOneTapView } from "#lib/notifications/queries/one-tap";
import { slackStandingMessage } from "#lib/notifications/slack-app-message";

const BATCH = 20;
const TIMEOUT_MS = 10_000;

/**
 * Posts incidents in the channels of teams and services, and changes the posts to what the incidents have become. Claims are leased: a
 * post that was made and not recorded is made again, since Slack can't tell.
 */
export const runChannelPosts: EngineModule = {
  name: "channel-posts",
  async run(engine) {
    const claimed = await claimChannelPosts(engine.db, BATCH);
    await Promise.all(claimed.map((post) => show(engine, post)));
    const nextAt = claimed.length >= BATCH ? new Date(0) : await nextChannelPostAt(engine.db);
    return { worked: claimed.length, nextAt };
  },
};

async function show(engine: EngineContext, post: ClaimedPost): Promise<void> {
  try {
    const result = await attempt(engine, post);
    if (result.kind === "failed") {
      engine.log.warn({ postId: post.id, detail: result.detail }, "an incident was not posted in a channel");
    }
    await recordChannelPost(engine.db, post, result, await readNow(engine.db));
  } catch (error) {
    engine.log.error(
      { postId: post.id, err: error },
      "a post in a channel failed; it is tried again after its lease",
    );
  }
}

async function attempt(
  { db }: EngineContext,
  { id, incidentId, address, ref }: ClaimedPost,
): Promise<SendResult> {
  const app = await loadSlackApp(db);
  if (!app) return { kind: "failed", retry: false, detail: "No Slack app is set up." };
  const view = await readOneTapView({ db, actor: SYSTEM }, incidentId);
  if (!view) return { kind: "failed", retry: false, detail: "The incident is not there any more." };
  const call = ref === null ? { method: "chat.postMessage" } : { method: "chat.update" };
  return sendToSlack(app, {
    ...call,
    body: {
      channel: address,
      ...(ref === null ? { unfurl_links: false, unfurl_media: false } : { ts: ref }),
      ...slackStandingMessage(view, id),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    allowPrivate: env().allowPrivateDestinations,
  });
}
