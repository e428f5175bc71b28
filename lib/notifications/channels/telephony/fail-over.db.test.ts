import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { channelProviders } from "#db/schema/channel-providers";
import { incidents } from "#db/schema/incidents";
import { deliveryStates } from "#db/schema/notifications";
import { telephonySender } from "#lib/notifications/channels/telephony/sender";
import { useDatabase } from "#lib/testing/database";
import { startHookSite } from "#lib/testing/hook-site";
import { makeProvider, makeTwilio, makeVonage } from "#lib/testing/make-provider";
import { deliveryStories, delivering, pageSomebody, runOnce } from "#lib/testing/paging";
import { startTwilio } from "#lib/testing/twilio-double";
import { startVonage } from "#lib/testing/vonage-double";

const { db, moveTime, sql } = await useDatabase();
const site = await startHookSite(db);
const twilio = await startTwilio();
const vonage = await startVonage();
const closing: (() => Promise<void>)[] = [];
const MAYA = "+4917112345678";

const engine = delivering({
  sms: telephonySender("sms", { db, url: site.url, allowPrivate: true }),
  phone: telephonySender("phone", { db, url: site.url, allowPrivate: true }),
});
const send = () => runOnce(db, engine);

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users, channel_providers, received_texts cascade`;
  twilio.requests.length = 0;
  vonage.requests.length = 0;
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await Promise.all([twilio.close(), vonage.close(), site.close()]);
});

function makeVonageFor(channel: "sms" | "phone", position = 1) {
  return makeVonage(db, { channel, baseUrl: vonage.url, name: "Vonage", position });
}

async function page(channel: "sms" | "phone") {
  const paged = await pageSomebody(db, [{ channel, address: MAYA }]);
  await send();
  return paged;
}

async function statusOf(incidentId: string) {
  const [row] = await db
    .select({ status: incidents.status })
    .from(incidents)
    .where(eq(incidents.id, incidentId));
  return row?.status;
}

async function details() {
  const rows = await db.select().from(deliveryStates).orderBy(deliveryStates.id);
  return rows.map(({ state, detail }) => `${state}: ${detail ?? ""}`);
}

async function healthOf(name: string) {
  const [row] = await db.select().from(channelProviders).where(eq(channelProviders.name, name));
  return row!;
}

describe("when a provider fails", () => {
  test("the next is asked within the same attempt, and the log says so", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio", position: 1 });
    await makeVonageFor("sms", 2);
    twilio.refuseNext({ status: 503, code: 20503 });
    await page("sms");
    expect(await details()).toEqual([
      "queued: ",
      "sending: Attempt 1",
      "sending: Twilio failed: error 20503: Twilio is not available. Vonage is asked next.",
      expect.stringMatching(
        /^accepted: Twilio failed: error 20503: Twilio is not available\. Vonage: HTTP 202, 00000000-/,
      ),
    ]);
    expect(vonage.requests[0]?.body).toMatchObject({
      channel: "sms",
      message_type: "text",
      to: "4917112345678",
      from: "447700900000",
      text: expect.stringContaining("Ack=4"),
      client_ref: expect.stringMatching(/^Q/),
      webhook_url: expect.stringContaining("/status/"),
    });
    expect(await healthOf("Twilio")).toMatchObject({
      failuresInRow: 1,
      lastError: expect.stringContaining("20503"),
    });
    expect(await healthOf("Vonage")).toMatchObject({ failuresInRow: 0, lastOkAt: expect.any(Date) });
  });

  test("wrong keys and a server that is gone are such failures too", async () => {
    await makeProvider(db, {
      channel: "sms",
      name: "Gone",
      position: 1,
      settings: { accountSid: "AC1", from: "+15005550006", baseUrl: "http://127.0.0.1:9" },
      secret: { authToken: "x" },
    });
    await makeProvider(db, {
      channel: "sms",
      name: "Wrong keys",
      position: 2,
      settings: { accountSid: "AC1", from: "+15005550006", baseUrl: twilio.url },
      secret: { authToken: "x" },
    });
    await makeVonageFor("sms", 3);
    await page("sms");
    const log = (await details()).join("\n");
    expect(log).toContain(
      "Gone failed: 127.0.0.1:9 can't be reached: ECONNREFUSED. Wrong keys is asked next.",
    );
    expect(log).toContain(
      "Wrong keys failed: error 20003: the account's credentials are wrong. Vonage is asked next.",
    );
    expect(vonage.requests).toHaveLength(1);
  });

  test("a number that is at fault is not tried elsewhere, nor held against the provider", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio", position: 1 });
    await makeVonageFor("sms", 2);
    twilio.refuseNext({ status: 400, code: 21610 });
    await page("sms");
    expect(vonage.requests).toEqual([]);
    expect(await healthOf("Twilio")).toMatchObject({ failuresInRow: 0 });
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("failed");
  });

  test("five times in a row, it is asked last for a minute", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio", position: 1 });
    await makeVonageFor("sms", 2);
    await sql`update channel_providers set failures_in_row = 5, last_failed_at = now() where name = 'Twilio'`;
    await page("sms");
    expect([twilio.requests.length, vonage.requests.length]).toEqual([0, 1]);
    await moveTime({ seconds: 61 });
    await page("sms");
    expect([twilio.requests.length, vonage.requests.length]).toEqual([1, 1]);
    expect(await healthOf("Twilio")).toMatchObject({ failuresInRow: 0, lastError: null });
  });

  test("and no other is left, the send is tried again", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio" });
    twilio.refuseNext({ status: 500 });
    await page("sms");
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "retrying"]);
    await moveTime({ seconds: 10 });
    await send();
    expect(twilio.requests).toHaveLength(1);
  });

  test("a provider whose secret can't be read is passed by", async () => {
    await makeTwilio(db, { channel: "sms", baseUrl: twilio.url, name: "Twilio", position: 1 });
    await sql`update channel_providers set secret = 'v1.a.b.c'`;
    await makeVonageFor("sms", 2);
    await page("sms");
    expect(vonage.requests).toHaveLength(1);
  });
});

describe("Vonage", () => {
  test("reports a text as delivered, or why not", async () => {
    await makeVonageFor("sms");
    await page("sms");
    const { body, id } = vonage.requests[0]!;
    const about = { message_uuid: id, to: "4917112345678", from: "447700900000", channel: "sms" };
    const url = String(body["webhook_url"]);
    expect((await vonage.post(url, { ...about, status: "submitted" })).status).toBe(204);
    expect(
      (await vonage.post(url, { ...about, status: "delivered" }, "another secret, long enough to sign"))
        .status,
    ).toBe(403);
    expect((await deliveryStories(db))[0]?.steps.at(-1)).toBe("accepted");
    await vonage.post(url, {
      ...about,
      status: "undeliverable",
      error: {
        type: "https://developer.vonage.com/api-errors/messages#1260",
        title: "1260",
        detail: "Unreachable",
      },
    });
    const [story] = await deliveryStories(db);
    expect(story?.steps.slice(0, 4)).toEqual(["queued", "sending", "accepted", "failed"]);
    expect(story?.last).toBe("Not delivered: error 1260: the number can't be reached by this route.");
  });

  test("brings a reply, and is asked to send the answer as a text of its own", async () => {
    const providerId = await makeVonageFor("sms");
    const { incidentId } = await page("sms");
    const inbox = `${site.url}/api/hooks/telephony/${providerId}/text`;
    const reply = {
      channel: "sms",
      message_uuid: "in-1",
      from: "4917112345678",
      to: "447700900000",
      text: "4",
    };
    expect((await vonage.post(inbox, reply)).status).toBe(204);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    expect(vonage.requests[1]?.body).toMatchObject({
      to: "4917112345678",
      text: expect.stringMatching(/^Acked #\d+\.$/),
    });
  });

  test("calls with a signed token, says the menu, and takes a key", async () => {
    await makeVonageFor("phone");
    const { incidentId } = await page("phone");
    const { body, id, path } = vonage.requests[0]!;
    expect(path).toBe("/v1/calls");
    expect(body).toMatchObject({
      to: [{ type: "phone", number: "4917112345678" }],
      answer_method: "POST",
      advanced_machine_detection: { behavior: "continue" },
    });
    const [answerUrl] = body["answer_url"] as string[];
    const answered = await vonage.post(answerUrl!, { uuid: id, from: "447700900000", to: "4917112345678" });
    const [talk, input] = JSON.parse(answered.body);
    expect(talk).toMatchObject({
      action: "talk",
      text: expect.stringContaining("Press 4 to acknowledge"),
      bargeIn: true,
    });
    expect(input).toMatchObject({ action: "input", type: ["dtmf"], dtmf: { maxDigits: 1 } });
    const pressed = await vonage.post(input.eventUrl[0], {
      uuid: id,
      dtmf: { digits: "4", timed_out: false },
    });
    expect(pressed.body).toContain("Acknowledged incident");
    expect(await statusOf(incidentId)).toBe("acknowledged");
  });

  test("that meets an answering machine leaves a message after the beep, and counts as not reached", async () => {
    await makeVonageFor("phone");
    const { incidentId } = await page("phone");
    const { body, id } = vonage.requests[0]!;
    const [eventUrl] = body["event_url"] as string[];
    await vonage.post(eventUrl!, { uuid: id, status: "answered" });
    await vonage.post(eventUrl!, { uuid: id, status: "machine" });
    const beep = await vonage.post(eventUrl!, { uuid: id, status: "machine", sub_state: "beep_start" });
    expect(beep.body).toContain("Touchline tried to page you");
    expect((await deliveryStories(db))[0]?.steps).toEqual(["queued", "sending", "accepted", "retrying"]);
    expect(await statusOf(incidentId)).toBe("triggered");
  });
});

describe("an HTTP gateway", () => {
  async function startGateway(status: number, answer: unknown) {
    const received: { request: IncomingMessage; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        received.push({ request, body: Buffer.concat(chunks).toString() });
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    });
    return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  test("gets its template filled in, and its headers", async () => {
    const gateway = await startGateway(200, { messages: [{ id: 4711 }] });
    await makeProvider(db, {
      channel: "sms",
      kind: "gateway",
      name: "Modem",
      settings: {
        url: `${gateway.url}/send?to={{to}}`,
        contentType: "application/json",
        body: '{"number":"{{to}}","message":"{{text}}","reference":"{{id}}"}',
        idPath: "messages.0.id",
      },
      secret: { headers: "Authorization: Bearer abc\nX-Team: ops" },
    });
    await pageSomebody(db, [{ channel: "sms", address: MAYA }], 'Said "no" \\ and left');
    await send();
    const [{ request, body } = { request: undefined, body: "" }] = gateway.received;
    expect(request?.url).toBe("/send?to=%2B4917112345678");
    expect(request?.headers).toMatchObject({ authorization: "Bearer abc", "x-team": "ops" });
    expect(JSON.parse(body)).toEqual({
      number: MAYA,
      message: expect.stringContaining('Said "no" \\ and left'),
      reference: expect.stringMatching(/^Q/),
    });
    expect((await deliveryStories(db))[0]?.last).toBe("Modem: HTTP 200, 4711");
  });

  test("that answers 500 is tried again; 400 is not", async () => {
    for (const [status, state] of [
      [500, "retrying"],
      [400, "failed"],
    ] as const) {
      await sql`truncate incidents, pages, users, channel_providers, services, escalation_policies cascade`;
      const gateway = await startGateway(status, {});
      await makeProvider(db, {
        channel: "sms",
        kind: "gateway",
        settings: { url: gateway.url, method: "GET", contentType: "text/plain" },
        secret: {},
      });
      await page("sms");
      expect((await deliveryStories(db))[0]?.steps.at(2)).toBe(state);
    }
  });
});
