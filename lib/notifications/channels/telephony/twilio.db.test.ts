import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { channelProviders } from "#db/schema/channel-providers";
import { incidents } from "#db/schema/incidents";
import { incidentResponders } from "#db/schema/responder-requests";
import { pages } from "#db/schema/notifications";
import { contactMethods } from "#db/schema/people";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { requestResponders } from "#lib/incidents/commands/request-responders";
import { telephonySender } from "#lib/notifications/channels/telephony/sender";
import { claimDeliveries } from "#lib/notifications/commands/claim-deliveries";
import { readReadyDeliveries } from "#lib/notifications/queries/ready-delivery";
import { placesOf } from "#lib/notifications/gsm-text";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeNotificationRule, makeUser } from "#lib/testing/factories";
import { startHookSite } from "#lib/testing/hook-site";
import { makeTwilio } from "#lib/testing/make-provider";
import { deliveryStories, delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";
import { startTwilio, TWILIO } from "#lib/testing/twilio-double";

const { db, moveTime, sql } = await useDatabase();
const site = await startHookSite(db);
const twilio = await startTwilio();
const MAYA = "+4917112345678";

const mail = recorder("email");
const engine = delivering({
  sms: telephonySender("sms", { db, url: site.url, allowPrivate: true }),
  phone: telephonySender("phone", { db, url: site.url, allowPrivate: true }),
  email: mail.sender,
});
const send = () => runOnce(db, engine);

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, channel_providers, received_texts cascade`;
  twilio.requests.length = 0;
  mail.sent.length = 0;
});
afterAll(async () => {
  await twilio.close();
  await site.close();
});

async function statusOf(incidentId: string) {
  const [row] = await db
    .select({ status: incidents.status })
    .from(incidents)
    .where(eq(incidents.id, incidentId));
  return row?.status;
}

async function stepsOf(channel: string) {
  const found = (await deliveryStories(db)).find((story) => story.channel === channel);
  return { steps: found?.steps, last: found?.last };
}

async function pagedByText(title?: string) {
  const providerId = await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio" });
  const paged = await pageSomebody(
    db,
    [
      { channel: "sms", address: MAYA },
      { channel: "email", delayMinutes: 5 },
    ],
    title,
  );
  await send();
  const [row] = await db.select({ number: incidents.number }).from(incidents);
  return {
    ...paged,
    providerId,
    number: row!.number,
    inbox: `${site.url}/api/hooks/telephony/${providerId}/text`,
  };
}

async function pagedByPhone() {
  await makeTwilio(db, { channel: "phone", baseUrl: twilio.url, name: "Twilio" });
  const paged = await pageSomebody(db, [
    { channel: "phone", address: MAYA },
    { channel: "email", delayMinutes: 5 },
  ]);
  await send();
  const [row] = await db.select({ number: incidents.number }).from(incidents);
  return { ...paged, number: row!.number, sid: twilio.requests[0]!.sid };
}

describe("a page by text", () => {
  test("is handed over with sender, receiver and an address for reports", async () => {
    const { number } = await pagedByText();
    const [request] = twilio.requests;
    expect(request?.resource).toBe("Messages");
    expect(request?.form.get("To")).toBe(MAYA);
    expect(request?.form.get("From")).toBe(TWILIO.from);
    expect(request?.form.get("StatusCallback")).toMatch(`${site.url}/api/hooks/telephony/`);
    const body = request?.form.get("Body") ?? "";
    expect(body).toMatch(
      new RegExp(
        `^\\[HIGH\\] #${number} Service \\w+: Checkout 5xx above 4 % Ack=4 Esc=8 Res=6 ${site.url}/a/\\w{11}$`,
      ),
    );
    expect(placesOf(body)).toBeLessThanOrEqual(160);
    expect(await stepsOf("sms")).toEqual({
      steps: ["queued", "sending", "accepted"],
      last: `Twilio: HTTP 201, ${request?.sid}`,
    });
  });

  test("is delivered when the report says so, and acted on when the link is used", async () => {
    const { incidentId } = await pagedByText();
    const [request] = twilio.requests;
    expect(await twilio.reportText(request!.sid, "sent")).toMatchObject({ status: 204 });
    await sql`update contact_methods set verified_at = null`;
    expect(await twilio.reportText(request!.sid, "delivered")).toMatchObject({ status: 204 });
    expect((await stepsOf("sms")).steps).toEqual(["queued", "sending", "accepted", "delivered"]);
    // A carrier delivers to strangers as well: only an answer shows whose number it is.
    const verified = async () =>
      (await db.select().from(contactMethods).where(eq(contactMethods.channel, "sms")))[0]?.verifiedAt;
    expect(await verified()).toBeNull();
    const link = /http\S+$/.exec(request?.form.get("Body") ?? "")?.[0] ?? "";
    expect((await fetch(link)).status).toBe(200);
    expect(await statusOf(incidentId)).toBe("triggered");
    await fetch(link, { method: "POST", body: new URLSearchParams({ action: "acknowledge" }) });
    expect(await statusOf(incidentId)).toBe("acknowledged");
    expect((await stepsOf("sms")).steps?.at(-1)).toBe("acted");
    expect(await verified()).toEqual(expect.any(Date));
  });

  test("is acknowledged by the reply 4, in the person's name, and the reply is confirmed", async () => {
    const { incidentId, inbox, number } = await pagedByText();
    const { status, body } = await twilio.text(inbox, MAYA, "4", "SM-in-1");
    expect(status).toBe(200);
    expect(body).toContain(`<Message>Acked #${number}.</Message>`);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    const [story] = await deliveryStories(db);
    expect(story?.steps).toEqual(["queued", "sending", "accepted", "acted"]);
  });

  test("is resolved by 6 and escalated by 8", async () => {
    const { incidentId, inbox, number } = await pagedByText();
    expect((await twilio.text(inbox, MAYA, "8", "SM-in-1")).body).toContain(`Escalated #${number}.`);
    expect((await twilio.text(inbox, MAYA, `6 ${number}`, "SM-in-2")).body).toContain(`Resolved #${number}.`);
    expect(await statusOf(incidentId)).toBe("resolved");
  });

  test("that the carrier does not deliver has the next rule run at once, and is sent once more", async () => {
    await pagedByText();
    await twilio.reportText(twilio.requests[0]!.sid, "undelivered", "30003");
    expect(await stepsOf("sms")).toEqual({
      steps: ["queued", "sending", "accepted", "retrying"],
      last: "Not delivered: error 30003: the phone is off or out of reach.",
    });
    await send();
    expect(mail.sent).toHaveLength(1);
    await moveTime({ seconds: 61 });
    await send();
    expect(twilio.requests).toHaveLength(2);
    // What is told of the first attempt is not about the second.
    await twilio.reportText(twilio.requests[0]!.sid, "failed", "30005");
    expect((await stepsOf("sms")).steps?.at(-1)).toBe("accepted");
    await twilio.reportText(twilio.requests[1]!.sid, "undelivered", "30003");
    expect((await stepsOf("sms")).steps?.at(-1)).toBe("failed");
  });

  test.each([
    ["30005", "the number does not exist any more"],
    ["30006", "a landline"],
  ])("to a number that is reported dead (%s) switches it off", async (code, because) => {
    await pagedByText();
    await twilio.reportText(twilio.requests[0]!.sid, "undelivered", code);
    expect((await stepsOf("sms")).steps?.at(-1)).toBe("failed");
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.channel, "sms"));
    expect(method).toMatchObject({ enabled: false, lastError: expect.stringContaining(because) });
  });

  test("that had ended goes on when the only send turns out not to have arrived", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url });
    await pageSomebody(db, [{ channel: "sms", address: MAYA }]);
    await send();
    expect((await db.select({ state: pages.state }).from(pages)).map(({ state }) => state)).toEqual(["done"]);
    await twilio.reportText(twilio.requests[0]!.sid, "failed", "30007");
    await send();
    // The last resort: the account's own address.
    expect(mail.sent).toHaveLength(1);
  });

  test("that was taken by the provider while the engine died is not sent a second time", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio" });
    await pageSomebody(db, [{ channel: "sms", address: MAYA }]);
    const [claim] = await claimDeliveries(db, "engine that dies", 1);
    const ready = (await readReadyDeliveries(db, [claim!.deliveryId])).get(claim!.deliveryId)!;
    await telephonySender("sms", { db, url: site.url, allowPrivate: true }).send(
      ready.facts,
      ready.destination,
      {
        idempotencyKey: claim!.deliveryId,
        signal: AbortSignal.timeout(5_000),
      },
    );
    await moveTime({ seconds: 61 });
    await send();
    expect(twilio.requests).toHaveLength(1);
    const [story] = await deliveryStories(db);
    expect(story?.steps).toEqual(["queued", "sending", "sending", "accepted"]);
    expect(story?.delivery.providerId).toBe(twilio.requests[0]?.sid);
  });

  test("whose incident is in hand by then is not sent again", async () => {
    const { incidentId, maya } = await pagedByText();
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    await twilio.reportText(twilio.requests[0]!.sid, "undelivered", "30003");
    await moveTime({ minutes: 2 });
    await send();
    expect(twilio.requests).toHaveLength(1);
    expect(mail.sent).toEqual([]);
  });
});

describe("a refusal", () => {
  async function refused(status: number, code: number) {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio" });
    await pageSomebody(db, [{ channel: "sms", address: MAYA }]);
    twilio.refuseNext({ status, code, message: "said so" });
    await send();
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.channel, "sms"));
    return { ...(await stepsOf("sms")), enabled: method?.enabled };
  }

  test.each([
    [429, 20429, "retrying", true],
    [503, 20503, "retrying", true],
    [400, 21211, "failed", false],
    [400, 21614, "failed", false],
    [400, 21610, "failed", false],
    [400, 21408, "failed", true],
    [401, 20003, "failed", true],
    [500, 99_999, "retrying", true],
    [400, 99_999, "failed", true],
  ])("with HTTP %i and error %i is %s; the number stays on: %s", async (status, code, state, enabled) => {
    const result = await refused(status, code);
    expect(result.steps?.at(-1)).toBe(state);
    expect(result.enabled).toBe(enabled);
    expect(result.last).toContain(`error ${code}`);
  });
});

describe("a reply", () => {
  test("is bound to what was texted: with two incidents it is asked back, and nothing is done", async () => {
    const first = await pagedByText();
    const second = await declareIncident(actAs(db), { title: "Search is slow", serviceId: first.service.id });
    // A second text so soon after the first is held back for a moment.
    await moveTime({ minutes: 2 });
    await send();
    const numbers = (await db.select({ number: incidents.number }).from(incidents)).map(
      ({ number }) => number,
    );
    const [a = 0, b = 0] = numbers.toSorted((x, y) => y - x);
    const asked = await twilio.text(first.inbox, MAYA, "4", "SM-in-1");
    expect(asked.body).toContain(`Which one: #${a} or #${b}? Reply 4 ${a}`);
    expect([await statusOf(first.incidentId), await statusOf(second.id)]).toEqual(["triggered", "triggered"]);
    expect((await twilio.text(first.inbox, MAYA, `4 ${b}`, "SM-in-2")).body).toContain(`Acked #${b}.`);
    expect([await statusOf(first.incidentId), await statusOf(second.id)]).toEqual([
      "acknowledged",
      "triggered",
    ]);
  });

  test("that comes twice acts once, and is answered the same", async () => {
    const { inbox, incidentId } = await pagedByText();
    const once = await twilio.text(inbox, MAYA, "8", "SM-in-1");
    const again = await twilio.text(inbox, MAYA, "8", "SM-in-1");
    expect(again.body).toBe(once.body);
    const [incident] = await db.select().from(incidents).where(eq(incidents.id, incidentId));
    expect(incident?.level).toBe(2);
  });

  test("from a number that nothing was texted to does nothing and gets no answer", async () => {
    const { inbox, incidentId } = await pagedByText();
    const { body } = await twilio.text(inbox, "+15550000000", "4", "SM-in-1");
    expect(body).not.toContain("<Message>");
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("about another incident than was texted does nothing", async () => {
    const { inbox, incidentId } = await pagedByText();
    expect((await twilio.text(inbox, MAYA, "4 999999", "SM-in-1")).body).toContain(
      "#999999 was not texted to you",
    );
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("after a day does nothing", async () => {
    const { inbox, incidentId } = await pagedByText();
    await moveTime({ hours: 25 });
    expect((await twilio.text(inbox, MAYA, "4", "SM-in-1")).body).not.toContain("Acked");
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("that is not understood is answered with what is", async () => {
    const { inbox } = await pagedByText();
    expect((await twilio.text(inbox, MAYA, "on my way", "SM-in-1")).body).toContain(
      "Not understood, nothing done",
    );
    expect((await twilio.text(inbox, MAYA, "HELP", "SM-in-2")).body).toContain("STOP ends texts");
  });

  test("STOP switches the number off with its reason, START on again", async () => {
    const { inbox } = await pagedByText();
    await twilio.text(inbox, MAYA, "Stop", "SM-in-1");
    const method = async () =>
      (await db.select().from(contactMethods).where(eq(contactMethods.channel, "sms")))[0];
    expect(await method()).toMatchObject({ enabled: false, lastError: expect.stringContaining("STOP") });
    await twilio.text(inbox, MAYA, "START", "SM-in-2");
    expect(await method()).toMatchObject({ enabled: true, lastError: null, optedOutAt: null });
  });
});

describe("a request that Twilio did not sign", () => {
  test.each(["text", "status", "call"])("is refused at %s", async (kind) => {
    const { providerId, incidentId } = await pagedByText();
    const url = `${site.url}/api/hooks/telephony/${providerId}/${kind}${kind === "text" ? "" : "/token"}`;
    const { status } = await twilio.post(url, { MessageSid: "SM-x", From: MAYA, Body: "4" }, "another token");
    expect(status).toBe(403);
    const unsigned = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ From: MAYA, Body: "4" }),
    });
    expect(unsigned.status).toBe(403);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("to a provider that does not exist is not found", async () => {
    const response = await fetch(`${site.url}/api/hooks/telephony/QNOBODY/text`, { method: "POST" });
    expect(response.status).toBe(404);
  });
});

describe("a call", () => {
  test("says service, urgency and title, waits for a key, and 4 acknowledges", async () => {
    const { incidentId, number, sid } = await pagedByPhone();
    expect(twilio.requests[0]?.form.get("MachineDetection")).toBe("DetectMessageEnd");
    const { body } = await twilio.answer(sid, "human");
    const said = [...body.matchAll(/<Say>([^<]+)<\/Say>/g)].map(([, words]) => words);
    expect(said[0]).toMatch(
      new RegExp(
        `^Service \\w+\\. High urgency\\. Checkout 5xx above 4 %\\. Incident ${String(number).split("").join(" ")}\\.$`,
      ),
    );
    expect(said[1]).toContain("Press 4 to acknowledge");
    expect((await stepsOf("phone")).steps?.at(-1)).toBe("delivered");
    expect(await statusOf(incidentId)).toBe("triggered");
    const after = await twilio.press(sid, body, "4");
    expect(after.body).toContain(`Acknowledged incident ${String(number).split("").join(" ")}`);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    expect((await stepsOf("phone")).steps?.at(-1)).toBe("acted");
    await twilio.reportCall(sid, "completed");
    expect((await stepsOf("phone")).steps?.at(-1)).toBe("acted");
  });

  test("without a key is said again twice and then ends; nothing is acknowledged", async () => {
    const { incidentId, sid } = await pagedByPhone();
    let said = (await twilio.answer(sid, "human")).body;
    for (let round = 0; round < 2; round += 1) {
      said = (await twilio.press(sid, said, "")).body;
      expect(said).toContain("Press 4 to acknowledge");
    }
    said = (await twilio.press(sid, said, "")).body;
    expect(said).toContain("No key was pressed");
    expect(said).toContain("<Hangup/>");
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test.each(["0", "*"])("is said again on %s", async (key) => {
    const { sid } = await pagedByPhone();
    const { body } = await twilio.answer(sid, "human");
    expect((await twilio.press(sid, body, key)).body).toContain("Press 4 to acknowledge");
  });

  test("that an answering machine takes is neither delivered nor acknowledged: the next rule runs, and it rings once more", async () => {
    const { incidentId, sid } = await pagedByPhone();
    const { body } = await twilio.answer(sid, "machine_end_beep");
    expect(body).toContain("Touchline tried to page you");
    expect(body).not.toContain("Checkout 5xx");
    expect(body).not.toContain("<Gather");
    await twilio.reportCall(sid, "completed");
    expect((await stepsOf("phone")).steps).toEqual(["queued", "sending", "accepted", "retrying"]);
    expect(await statusOf(incidentId)).toBe("triggered");
    await send();
    expect(mail.sent).toHaveLength(1);
    await moveTime({ seconds: 61 });
    await send();
    expect(twilio.requests).toHaveLength(2);
  });

  test.each([
    ["busy", "Busy."],
    ["no-answer", "Nobody answered."],
    ["failed", "The call could not be put through."],
    ["canceled", "The call was ended before anybody answered."],
    ["completed", "Answered, but no key was pressed: perhaps not by a person."],
  ])("that ends as %s has the next rule run at once", async (status, because) => {
    const { sid } = await pagedByPhone();
    await twilio.reportCall(sid, status);
    expect(await stepsOf("phone")).toEqual({
      steps: ["queued", "sending", "accepted", "retrying"],
      last: because,
    });
    await send();
    expect(mail.sent).toHaveLength(1);
  });

  test("about several incidents names them, and 4 acknowledges those it named alone", async () => {
    const { incidentId, sid, service } = await pagedByPhone();
    const second = await declareIncident(actAs(db), { title: "Search is slow", serviceId: service.id });
    const { body } = await twilio.answer(sid, "human");
    expect(body).toContain("You have 2 incidents.");
    expect(body).toContain("Press 4 to acknowledge all.");
    const third = await declareIncident(actAs(db), { title: "Unheard of", serviceId: service.id });
    expect((await twilio.press(sid, body, "4")).body).toContain("Acknowledged 2 incidents.");
    expect(await Promise.all([incidentId, second.id, third.id].map(statusOf))).toEqual([
      "acknowledged",
      "acknowledged",
      "triggered",
    ]);
  });

  test("about what is in hand by then says so", async () => {
    const { incidentId, maya, sid } = await pagedByPhone();
    await acknowledgeIncident(actAs(db, maya), { incidentId });
    const { body } = await twilio.answer(sid, "human");
    expect(body).toContain("in hand by now");
    expect(body).not.toContain("<Gather");
  });

  test("keeps what happened to itself for a service that withholds it", async () => {
    await makeTwilio(db, { channel: "phone", baseUrl: twilio.url });
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url });
    const { service } = await pageSomebody(
      db,
      [
        { channel: "phone", address: MAYA },
        { channel: "sms", address: MAYA },
      ],
      "Patient 4711 is overdue",
    );
    await sql`update services set withhold_details = true where id = ${service.id}`;
    await send();
    const call = twilio.requests.find(({ resource }) => resource === "Calls");
    const text = twilio.requests.find(({ resource }) => resource === "Messages");
    expect((await twilio.answer(call!.sid, "human")).body).toContain("Details are withheld");
    expect(text?.form.get("Body")).toContain("(details withheld)");
    expect(text?.form.get("Body")).not.toContain("4711");
  });
});

describe("a request to join", () => {
  async function asked(channel: "sms" | "phone") {
    await makeTwilio(db, { channel, baseUrl: twilio.url, name: "Twilio" });
    const { incidentId } = await pageSomebody(db, [{ channel: "email" }]);
    const ben = await makeUser(db, { name: "Ben Ng" });
    const method = await makeContactMethod(db, { userId: ben.id, channel, address: MAYA });
    await makeNotificationRule(db, { userId: ben.id, contactMethodId: method.id });
    const admin = await makeUser(db, { name: "Priya", role: "admin" });
    await requestResponders(actAs(db, admin), {
      incidentId,
      message: "Please look at the database",
      userIds: [ben.id],
    });
    await send();
    return { incidentId, request: twilio.requests.at(-1)! };
  }

  const answers = async () => (await db.select().from(incidentResponders)).map(({ state }) => state);

  test("by text is joined by 4, and takes nothing over", async () => {
    const { incidentId, request } = await asked("sms");
    expect(request.form.get("Body")).toMatch(/Please look.* Join=4 Decline=6 http/);
    const [provider] = await db.select().from(channelProviders);
    const inbox = `${site.url}/api/hooks/telephony/${provider?.id}/text`;
    expect((await twilio.text(inbox, MAYA, "8", "SM-in-0")).body).toContain("4 joins, 6 declines.");
    expect((await twilio.text(inbox, MAYA, "4", "SM-in-1")).body).toContain("Joined #");
    expect([await answers(), await statusOf(incidentId)]).toEqual([["joined"], "triggered"]);
  });

  test("by phone is declined by 6", async () => {
    const { incidentId, request } = await asked("phone");
    const { body } = await twilio.answer(request.sid, "human");
    expect(body).toContain("Please look at the database");
    expect(body).toContain("Press 4 to join.");
    expect((await twilio.press(request.sid, body, "6")).body).toContain("You declined incident");
    expect([await answers(), await statusOf(incidentId)]).toEqual([["declined"], "triggered"]);
  });
});
