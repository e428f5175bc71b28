import { database } from "#db/client";
import { startEngine } from "#lib/engine/engine";
import type { Engine } from "#lib/engine/engine";
import { startMailReceiver } from "#lib/engine/mail-receiver";
import type { MailReceiver } from "#lib/engine/mail-receiver";
import { runCoverageCheck } from "#lib/engine/modules/coverage-check";
import { runChannelPosts } from "#lib/engine/modules/channel-posts";
import { runChatMessages } from "#lib/engine/modules/chat-messages";
import { runDeliver } from "#lib/engine/modules/deliver";
import { runHandOffNotices } from "#lib/engine/modules/hand-off-notices";
import { runHandBack } from "#lib/engine/modules/hand-back";
import { answerMailsModule } from "#lib/engine/modules/answer-mails";
import { runHeartbeats } from "#lib/engine/modules/heartbeats";
import { runHousekeeping } from "#lib/engine/modules/housekeeping";
import { readCalendars } from "#lib/engine/modules/read-calendars";
import { runIntakeFloods } from "#lib/engine/modules/intake-floods";
import { runShiftChange } from "#lib/engine/modules/shift-change";
import { openPaused } from "#lib/engine/modules/open-paused";
import { runPackDays } from "#lib/engine/modules/pack-days";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { runProblems } from "#lib/engine/modules/problems";
import { runResponderRequests } from "#lib/engine/modules/responder-requests";
import { runScheduledReports } from "#lib/engine/modules/scheduled-reports";
import { runRuleCalls } from "#lib/engine/modules/rule-calls";
import { runServiceLevels } from "#lib/engine/modules/service-levels";
import { runWatchStorms } from "#lib/engine/modules/watch-storms";
import { runWeekly } from "#lib/engine/modules/weekly";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { readTimeOff } from "#lib/engine/modules/read-time-off";
import { runOnCallNotices } from "#lib/engine/modules/on-call-notices";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { mailTransport } from "#lib/notifications/channels/registry";

const shared = globalThis as typeof globalThis & {
  touchlineEngine?: Promise<Engine>;
  touchlineMailReceiver?: Promise<MailReceiver | null>;
};

/** Starts this process's engine, once, unless its role is web alone. */
export async function ensureEngine(): Promise<void> {
  if (env().role === "web") return;
  shared.touchlineEngine ??= startEngine({
    db: database(),
    log: log(),
    modules: [
      processInbox,
      runPendingActions,
      openPaused,
      runDeliver,
      runChatMessages,
      runChannelPosts,
      runRuleCalls,
      runResponderRequests,
      runHandBack,
      runShiftChange,
      runCoverageCheck,
      runHandOffNotices,
      readCalendars,
      runHeartbeats,
      answerMailsModule(mailTransport(database()), env().mailInDomain),
      runHousekeeping,
      runIntakeFloods,
      readTimeOff,
      runOnCallNotices,
      runPackDays,
      runWeekly,
      runWatchStorms,
      runProblems,
      runServiceLevels,
      runScheduledReports,
    ],
  });
  try {
    await shared.touchlineEngine;
  } catch (error) {
    // The next call starts it anew.
    delete shared.touchlineEngine;
    throw error;
  }
  shared.touchlineMailReceiver ??= receiveMail();
  await shared.touchlineMailReceiver;
}

/** Takes mail beside the engine, if a port is set. Paging doesn't depend on it: a port that can't be had is an error in the log. */
async function receiveMail(): Promise<MailReceiver | null> {
  const { mailInDomain: domain, mailInPort: port, host } = env();
  if (domain === null || port === null) return null;
  const db = database();
  try {
    return await startMailReceiver({ db, log: log(), transport: mailTransport(db), host, port, domain });
  } catch (error) {
    log().error({ err: error, port }, "mail can't be received");
    return null;
  }
}

/** Stops this process's engine after what it is doing. */
export async function stopEngine(): Promise<void> {
  const [running, receiving] = [shared.touchlineEngine, shared.touchlineMailReceiver];
  delete shared.touchlineEngine;
  delete shared.touchlineMailReceiver;
  await (await receiving)?.stop();
  if (running) await (await running).stop();
}
