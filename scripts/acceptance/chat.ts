import { eq } from "drizzle-orm";
import nodemailer from "nodemailer";
import { incidents } from "#db/schema/incidents";
import { teamChannels } from "#db/schema/team-channels";
import { newId } from "#lib/ids";
import { logSentence } from "#lib/incidents/log-sentence";
import { listLogEntries } from "#lib/incidents/queries/timeline";
import type { Channel } from "#lib/notifications/vocabulary";
import { makeChatApps } from "#lib/testing/chat-apps";
import type { ChatDouble } from "#lib/testing/chat-double";
import { startChatDouble } from "#lib/testing/chat-double";
import {
  actAs,
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { printExchanges, printRequest } from "#scripts/acceptance/chat-print";
import {
  pressMattermost,
  pressPushover,
  pressSlack,
  pressTelegram,
  tapLink,
} from "#scripts/acceptance/chat-presses";
import type { Pressed } from "#scripts/acceptance/chat-presses";
import { startMailbox } from "#scripts/acceptance/mailbox";
import type { Mailbox } from "#scripts/acceptance/mailbox";
import { ACCEPTANCE_SECRET, onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";
import { freePort } from "#scripts/setup/free-port";

const LIMIT_MS = 20_000;
const DOMAIN = "pages.example.com";

await onStage("Each chat's conversation with its double: the page, the answer, and what became of it.", play);

type Scene = { stage: Stage; url: string; double: ChatDouble };

async function play(stage: Stage): Promise<void> {
  // The apps' tokens are encrypted here and read by the server.
  process.env.DATABASE_URL = stage.database.url;
  process.env.TOUCHLINE_SECRET = ACCEPTANCE_SECRET;
  const double = await startChatDouble();
  stage.finally(double.stop);
  const mailbox = await startMailbox();
  stage.finally(mailbox.stop);
  const mailPort = await freePort();
  const url = await stage.serve({
    ALLOW_PRIVATE_DESTINATIONS: "true",
    SMTP_URL: mailbox.url,
    MAIL_IN_DOMAIN: DOMAIN,
    MAIL_IN_PORT: String(mailPort),
  });
  await makeChatApps(stage.database.db, double.url);
  const scene = { stage, url, double };
  const at = (path: string) => `${double.url}${path}`;

  await converse(scene, "slack", "U0MAYA", {
    find: "chat.postMessage",
    press: pressSlack,
    change: "chat.update",
  });
  await inTeamChannel(scene);
  await converse(scene, "telegram", "42", {
    find: "sendMessage",
    press: pressTelegram,
    change: "editMessageText",
  });
  await converse(scene, "pushover", "uQiRzpo4DXghDmr9QzzfQu27cmVRsG", {
    find: "messages.json",
    press: pressPushover,
    change: "cancel.json",
  });
  await converse(scene, "mattermost", at("/mattermost/hooks/x"), {
    find: "/mattermost/",
    press: pressMattermost,
  });
  await converse(scene, "discord", at("/discord/api/webhooks/1/token"), {
    find: "/discord/",
    press: tapLink,
    change: "/messages/",
  });
  await converse(scene, "teams", at("/teams/workflow"), { find: "/teams/", press: tapLink });
  await converse(scene, "google_chat", at("/chat/v1/spaces/S/messages?key=k&token=t"), {
    find: "/chat/v1/",
    press: tapLink,
  });
  await converse(scene, "ntfy", at("/ntfy/maya"), { find: "/ntfy", press: tapLink });
  await converse(scene, "webhook", at("/teams/my-program"), { find: "/teams/my-program", press: tapLink });
  await byMail(scene, mailbox, mailPort);
}

type Conversation = {
  /** What the path of the page's request contains. */
  find: string;
  press: (pressed: Pressed) => Promise<{ request: string; answer: string }>;
  /** What the path of the request contains that changes the message afterwards. */
  change?: string;
};

/** Pages somebody by one channel, answers as they would, and tells the conversation. */
async function converse(scene: Scene, channel: Channel, address: string, how: Conversation): Promise<void> {
  const { stage, url, double } = scene;
  console.log(`\n  == ${channel}`);
  const from = double.conversation.length;
  const name = await page(scene, channel, address);
  const paged = await stage.waitFor(
    () => double.conversation.slice(from).find(({ request }) => request.path.includes(how.find)),
    LIMIT_MS,
  );
  if (!paged) throw new Error(`No page came by ${channel}.`);
  printExchanges([paged]);
  const pressed = await how.press({ url, body: paged.request.body });
  printRequest(pressed.request, pressed.answer);
  const status = await stage.waitFor(
    async () => ((await statusOf(scene, name)) === "acknowledged" ? true : undefined),
    LIMIT_MS,
  );
  stage.check(status === true, `${channel}: the answer acknowledged`);
  if (how.change !== undefined) {
    const { change } = how;
    const changed = await stage.waitFor(
      () => double.conversation.slice(from).find(({ request }) => request.path.includes(change)),
      LIMIT_MS,
    );
    if (changed) printExchanges([changed]);
    stage.check(changed !== undefined, `${channel}: the message was changed in place`);
  }
  await tellTimeline(scene, name);
}

/** An incident in the Slack channel of its service: posted, acknowledged there by whoever is linked, changed in place. */
async function inTeamChannel(scene: Scene): Promise<void> {
  const { stage, url, double } = scene;
  const address = "C0CHECKOUT";
  console.log("\n  == slack, the channel of a service");
  const from = double.conversation.length;
  const find = (method: string) => () =>
    double.conversation
      .slice(from)
      .find(({ request }) => request.path.includes(method) && request.body.includes(address));
  const title = await page(scene, "slack", "U0MAYA", address);
  const posted = await stage.waitFor(find("chat.postMessage"), LIMIT_MS);
  if (!posted) throw new Error("Nothing was posted in the channel.");
  printExchanges([posted]);
  const pressed = await pressSlack({ url, body: posted.request.body });
  printRequest(pressed.request, pressed.answer);
  const changed = await stage.waitFor(find("chat.update"), LIMIT_MS);
  if (changed) printExchanges([changed]);
  stage.check(
    (await statusOf(scene, title)) === "acknowledged" && changed !== undefined,
    "slack, the channel of a service: the button acknowledged, and the post was changed in place",
  );
  await tellTimeline(scene, title);
}

/**
 * One person, reached by this alone, and an event that pages them; its service has the Slack channel, if one is named. Answers the
 * incident's title.
 */
async function page(
  { stage, url }: Scene,
  channel: Channel,
  address: string,
  postedIn?: string,
): Promise<string> {
  const { db } = stage.database;
  const maya = await makeUser(db, { name: `Maya (${channel})` });
  const { id: contactMethodId } = await makeContactMethod(db, { userId: maya.id, channel, address });
  await makeNotificationRule(db, { userId: maya.id, contactMethodId });
  const ben = await makeUser(db, { name: "Ben" });
  const policy = await makePolicy(db, {
    levels: [maya, ben].map(({ id }) => ({ delayMinutes: 30, targets: [{ type: "user", id }] })),
  });
  const service = await makeService(db, {
    name: `Checkout by ${channel}${postedIn === undefined ? "" : ` and in ${postedIn}`}`,
    escalationPolicyId: policy.id,
  });
  if (postedIn !== undefined) {
    await db.insert(teamChannels).values({
      id: newId(),
      serviceId: service.id,
      address: postedIn,
      name: "#checkout",
      highOnly: true,
      createdAt: new Date(),
    });
  }
  const { key } = await makeIntegration(db, { serviceId: service.id });
  const summary = `<!channel> @everyone *5xx* by ${channel}${postedIn === undefined ? "" : ", for all to see"}`;
  await sendEvent(url, {
    routing_key: key,
    event_action: "trigger",
    payload: { summary, source: "acceptance", severity: "critical" },
  });
  return summary;
}

async function statusOf({ stage }: Scene, title: string): Promise<string | undefined> {
  const rows = await stage.database.db.select().from(incidents).where(eq(incidents.title, title));
  return rows[0]?.status;
}

async function tellTimeline({ stage }: Scene, title: string): Promise<void> {
  const { db } = stage.database;
  const [incident] = await db.select().from(incidents).where(eq(incidents.title, title));
  if (!incident) return;
  for (const entry of await listLogEntries(actAs(db), incident.id))
    console.log(`      ${logSentence(entry)}`);
}

/** A page by mail, answered with a reply over SMTP. */
async function byMail(scene: Scene, mailbox: Mailbox, port: number): Promise<void> {
  const { stage } = scene;
  console.log("\n  == email");
  const title = await page(scene, "email", "maya@example.com");
  const mail = await stage.waitFor(() => mailbox.mails.find(({ to }) => to === "maya@example.com"), LIMIT_MS);
  if (!mail) throw new Error("No page came by mail.");
  printRequest(`Reply-To: ${mail.replyTo}\nSubject: ${mail.subject}\n\n${mail.text}`, "250 accepted");
  const letter = {
    from: "maya@example.com",
    to: mail.replyTo,
    subject: `Re: ${mail.subject}`,
    text: "ack\n\n> resolve",
  };
  const outside = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  const { response } = await outside.sendMail(letter);
  outside.close();
  printRequest(`To: ${letter.to}\n\n${letter.text}`, response);
  stage.check((await statusOf(scene, title)) === "acknowledged", "email: the reply acknowledged");
  const back = await stage.waitFor(
    () => mailbox.mails.find(({ subject }) => subject.startsWith("Re:")),
    LIMIT_MS,
  );
  stage.check(back !== undefined, `email: and was answered: ${back?.text.trim() ?? ""}`);
  await tellTimeline(scene, title);
}
