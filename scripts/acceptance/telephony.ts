import { eq } from "drizzle-orm";
import { incidents } from "#db/schema/incidents";
import { deliveries, deliveryStates } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { encryptSecret } from "#lib/crypto/secret";
import {
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { makeTwilio, makeVonage } from "#lib/testing/make-provider";
import { startTwilio } from "#lib/testing/twilio-double";
import type { TwilioDouble } from "#lib/testing/twilio-double";
import { startVonage } from "#lib/testing/vonage-double";
import type { VonageDouble } from "#lib/testing/vonage-double";
import { ACCEPTANCE_SECRET, onStage, sendEvent } from "#scripts/acceptance/stage";
import type { Stage } from "#scripts/acceptance/stage";

const LIMIT_MS = 20_000;
const WIDTH = 190;
let called = 0;

await onStage(
  "Texts and calls, with a double of Twilio and one of Vonage: each conversation, and what became of it.",
  play,
);

type Scene = { stage: Stage; url: string; twilio: TwilioDouble; vonage: VonageDouble; smsId: string };
type Paged = { incidentId: string; number: number; address: string };

async function play(stage: Stage): Promise<void> {
  process.env.DATABASE_URL = stage.database.url;
  process.env.TOUCHLINE_SECRET = ACCEPTANCE_SECRET;
  encryptSecret("", "the settings of this process are read");
  const twilio = await startTwilio(tell);
  stage.finally(twilio.close);
  const vonage = await startVonage(tell);
  stage.finally(vonage.close);
  const url = await stage.serve({ ALLOW_PRIVATE_DESTINATIONS: "true" });
  const { db } = stage.database;
  const smsId = await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio", position: 1 });
  await makeTwilio(db, { channel: "phone", baseUrl: twilio.url, name: "Twilio", position: 1 });
  const scene = { stage, url, twilio, vonage, smsId };
  await replyToText(scene);
  await keyInCall(scene);
  await answeringMachine(scene);
  await stopAndStart(scene);
  await forgedRequest(scene);
  await failOver(scene);
}

function tell(line: string): void {
  console.log(`      ${line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line}`);
}

async function replyToText(scene: Scene): Promise<void> {
  const { stage, twilio } = scene;
  console.log("\n  == a page by text, answered by 4");
  const paged = await page(scene, ["sms"]);
  const sent = await lastRequest(scene, "Messages", paged.address);
  await twilio.reportText(sent.sid, "delivered");
  const { body } = await twilio.text(inboxOf(scene), paged.address, "4", "SMreply1");
  stage.check(body.includes(`Acked #${paged.number}.`), "the reply 4 is confirmed");
  stage.check((await statusOf(scene, paged)) === "acknowledged", "the incident is acknowledged");
  const again = await twilio.text(inboxOf(scene), paged.address, "4", "SMreply1");
  stage.check(again.body === body, "the same reply once more is answered the same and does nothing");
  await tellStates(scene, paged);
}

async function keyInCall(scene: Scene): Promise<void> {
  const { stage, twilio } = scene;
  console.log("\n  == a page by phone, answered by key 4");
  const paged = await page(scene, ["phone"]);
  const call = await lastRequest(scene, "Calls", paged.address);
  const { body } = await twilio.answer(call.sid, "human");
  stage.check(body.includes("Press 4 to acknowledge"), "the call says the menu");
  stage.check((await statusOf(scene, paged)) === "triggered", "answering the phone acknowledges nothing");
  const after = await twilio.press(call.sid, body, "4");
  stage.check(after.body.includes("Acknowledged incident"), "the key is confirmed in words");
  await twilio.reportCall(call.sid, "completed");
  stage.check((await statusOf(scene, paged)) === "acknowledged", "the incident is acknowledged");
  await tellStates(scene, paged);
}

async function answeringMachine(scene: Scene): Promise<void> {
  const { stage, twilio } = scene;
  console.log(
    "\n  == an answering machine: it is left a message, and the next rule (a text, due in 10 minutes) runs at once",
  );
  const paged = await page(scene, ["phone", "sms"]);
  const call = await lastRequest(scene, "Calls", paged.address);
  const { body } = await twilio.answer(call.sid, "machine_end_beep");
  stage.check(!body.includes("<Gather"), "the machine is asked for no key");
  const text = await lastRequest(scene, "Messages", paged.address);
  stage.check(text !== undefined, "the text came at once instead of ten minutes later");
  stage.check((await statusOf(scene, paged)) === "triggered", "nothing is acknowledged");
  await twilio.text(inboxOf(scene), paged.address, "4", "SMreply2");
  stage.check((await statusOf(scene, paged)) === "acknowledged", "the person acknowledges by text");
  await tellStates(scene, paged);
}

async function stopAndStart(scene: Scene): Promise<void> {
  const { stage, twilio } = scene;
  console.log("\n  == STOP and START");
  const paged = await page(scene, ["sms"]);
  await lastRequest(scene, "Messages", paged.address);
  await twilio.text(inboxOf(scene), paged.address, "STOP", "SMstop");
  const enabled = async () => {
    const [method] = await stage.database.db
      .select({ enabled: contactMethods.enabled, lastError: contactMethods.lastError })
      .from(contactMethods)
      .where(eq(contactMethods.address, paged.address));
    return method;
  };
  const stopped = await enabled();
  stage.check(stopped?.enabled === false, `the contact method is off: ${stopped?.lastError ?? ""}`);
  await twilio.text(inboxOf(scene), paged.address, "START", "SMstart");
  stage.check((await enabled())?.enabled === true, "START switches it on again");
}

async function forgedRequest(scene: Scene): Promise<void> {
  const { stage, twilio } = scene;
  console.log("\n  == a reply that Twilio did not sign");
  const paged = await page(scene, ["sms"]);
  await lastRequest(scene, "Messages", paged.address);
  const forged = { MessageSid: "SMforged", From: paged.address, Body: "4" };
  const { status } = await twilio.post(inboxOf(scene), forged, "not the auth token");
  stage.check(status === 403, "it is refused");
  stage.check((await statusOf(scene, paged)) === "triggered", "and acknowledges nothing");
}

async function failOver(scene: Scene): Promise<void> {
  const { stage, twilio, vonage } = scene;
  console.log("\n  == Twilio is down: Vonage takes the text within the same attempt");
  await makeVonage(stage.database.db, { channel: "sms", baseUrl: vonage.url, name: "Vonage", position: 2 });
  twilio.refuseNext({ status: 503, code: 20503, message: "Service unavailable" });
  const before = vonage.requests.length;
  const paged = await page(scene, ["sms"]);
  const taken = await stage.waitFor(() => vonage.requests[before], LIMIT_MS);
  if (!taken) throw new Error("Vonage was not asked.");
  await stage.waitFor(
    async () => ((await statesOf(scene, paged)).some(({ state }) => state === "accepted") ? true : undefined),
    LIMIT_MS,
  );
  await vonage.post(String(taken.body["webhook_url"]), {
    message_uuid: taken.id,
    status: "delivered",
    channel: "sms",
  });
  const states = await statesOf(scene, paged);
  stage.check(
    states.some(({ detail }) => detail?.includes("Vonage is asked next")),
    "the notification log tells the fail-over",
  );
  stage.check(states.at(-1)?.state === "delivered", "Vonage reports it delivered");
  await tellStates(scene, paged);
}

/** Somebody new with these ways to be reached, one after the other ten minutes apart, is paged by an event. */
async function page({ stage, url }: Scene, channels: ("sms" | "phone")[]): Promise<Paged> {
  const { db } = stage.database;
  called += 1;
  const address = `+49171123450${called}`;
  const { id: userId } = await makeUser(db, { name: `Maya ${called}` });
  for (const [index, channel] of channels.entries()) {
    const { id: contactMethodId } = await makeContactMethod(db, { userId, channel, address });
    await makeNotificationRule(db, { userId, contactMethodId, delayMinutes: index * 10 });
  }
  const policy = await makePolicy(db, {
    levels: [{ delayMinutes: 30, targets: [{ type: "user", id: userId }] }],
  });
  const service = await makeService(db, { name: `checkout-${called}`, escalationPolicyId: policy.id });
  const { key } = await makeIntegration(db, { serviceId: service.id });
  await sendEvent(url, {
    routing_key: key,
    event_action: "trigger",
    payload: { summary: "Checkout answers 5xx above 4 %", source: "acceptance", severity: "critical" },
  });
  const incident = await stage.waitFor(async () => {
    const [row] = await db
      .select({ incidentId: incidents.id, number: incidents.number })
      .from(incidents)
      .where(eq(incidents.serviceId, service.id));
    return row;
  }, LIMIT_MS);
  if (!incident) throw new Error("The event opened no incident.");
  return { ...incident, address };
}

/** The newest request to Twilio for that number, once it has come and its acceptance is on record. */
async function lastRequest(scene: Scene, resource: "Messages" | "Calls", address: string) {
  const { stage, twilio } = scene;
  const found = await stage.waitFor(async () => {
    const request = twilio.requests.findLast(
      (one) => one.resource === resource && one.form.get("To") === address,
    );
    if (!request) return undefined;
    const [row] = await stage.database.db
      .select({ state: deliveries.state })
      .from(deliveries)
      .where(eq(deliveries.providerId, request.sid));
    return row ? request : undefined;
  }, LIMIT_MS);
  if (!found) throw new Error(`Nothing went to ${address} by ${resource}.`);
  return found;
}

function inboxOf({ url, smsId }: Scene): string {
  return `${url}/api/hooks/telephony/${smsId}/text`;
}

async function statusOf({ stage }: Scene, { incidentId }: Paged): Promise<string | undefined> {
  const [row] = await stage.database.db
    .select({ status: incidents.status })
    .from(incidents)
    .where(eq(incidents.id, incidentId));
  return row?.status;
}

function statesOf({ stage }: Scene, { incidentId }: Paged) {
  return stage.database.db
    .select({ channel: deliveries.channel, state: deliveryStates.state, detail: deliveryStates.detail })
    .from(deliveryStates)
    .innerJoin(deliveries, eq(deliveries.id, deliveryStates.deliveryId))
    .where(eq(deliveries.incidentId, incidentId))
    .orderBy(deliveryStates.id);
}

async function tellStates(scene: Scene, paged: Paged): Promise<void> {
  console.log(`    The notification log of #${paged.number}:`);
  for (const { channel, state, detail } of await statesOf(scene, paged)) {
    tell(`${channel.padEnd(6)}${state.padEnd(10)}${detail ?? ""}`);
  }
}
