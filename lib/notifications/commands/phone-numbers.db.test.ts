import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { auditRecords } from "#db/schema/organisation";
import { contactMethods } from "#db/schema/people";
import { verificationCodes } from "#db/schema/telephony";
import { telephonySender } from "#lib/notifications/channels/telephony/sender";
import { addPhoneNumber } from "#lib/notifications/commands/add-phone-number";
import { confirmNumber } from "#lib/notifications/commands/confirm-number";
import { sendVerificationCode } from "#lib/notifications/commands/send-verification-code";
import { updateContactMethod } from "#lib/notifications/commands/update-contact-method";
import { deliveryProgress } from "#lib/notifications/queries/deliveries";
import { readPhoneBook } from "#lib/notifications/queries/phone-book";
import { readNotificationSettings } from "#lib/notifications/queries/settings";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";
import { makeTwilio } from "#lib/testing/make-provider";
import { delivering, runOnce } from "#lib/testing/paging";
import { startTwilio, TWILIO } from "#lib/testing/twilio-double";

const { db, moveTime, sql } = await useDatabase();
const twilio = await startTwilio();
const NUMBER = "+49 171 1234567";
const url = "https://ops.example.com";
const engine = delivering({
  sms: telephonySender("sms", { db, url, allowPrivate: true }),
  phone: telephonySender("phone", { db, url, allowPrivate: true }),
});

beforeEach(async () => {
  await sql`truncate pages, users, channel_providers cascade`;
  twilio.requests.length = 0;
});
afterAll(() => twilio.close());

async function withProviders() {
  await makeTwilio(db, { channel: "sms", baseUrl: twilio.url });
  await makeTwilio(db, { channel: "phone", baseUrl: twilio.url });
  const maya = await makeUser(db, { name: "Maya", role: "responder" });
  return { maya, ctx: actAs(db, maya) };
}

function methodsOf(userId: string) {
  return db.select().from(contactMethods).where(eq(contactMethods.userId, userId)).orderBy(contactMethods.id);
}

async function sentCode(): Promise<string> {
  await runOnce(db, engine);
  const text = twilio.requests.at(-1)?.form.get("Body") ?? "";
  return /code is (\d{6})/.exec(text)?.[1] ?? "";
}

async function addOwn(ctx: ReturnType<typeof actAs>, userId: string) {
  const { ids } = await addPhoneNumber(ctx, {
    userId,
    number: NUMBER,
    label: "Mobile",
    channels: ["sms", "phone"],
  });
  return ids[0]!;
}

describe("a number of one's own", () => {
  test("is kept as E.164 and not used before it is confirmed", async () => {
    const { maya, ctx } = await withProviders();
    await addOwn(ctx, maya.id);
    expect(await methodsOf(maya.id)).toMatchObject([
      { channel: "sms", address: "+491711234567", countryCode: 49, enabled: false, verifiedAt: null },
      {
        channel: "phone",
        address: "+491711234567",
        enabled: false,
        lastError: expect.stringContaining("code"),
      },
    ]);
    await expect(
      updateContactMethod(ctx, { contactMethodId: (await methodsOf(maya.id))[0]!.id, enabled: true }),
    ).rejects.toThrow("not confirmed yet");
  });

  test("is confirmed for texts and calls by the code that was texted to it", async () => {
    const { maya, ctx } = await withProviders();
    const contactMethodId = await addOwn(ctx, maya.id);
    const { pageId } = await sendVerificationCode(ctx, { contactMethodId });
    const code = await sentCode();
    expect(code).toMatch(/^\d{6}$/);
    const [progress] = await deliveryProgress(ctx, { pageId });
    expect(progress?.steps.map(({ state }) => state)).toEqual(["queued", "sending", "accepted"]);
    await confirmNumber(ctx, { contactMethodId, code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(await methodsOf(maya.id)).toMatchObject([
      { enabled: true, verifiedAt: expect.any(Date), lastError: null },
      { enabled: true, verifiedAt: expect.any(Date), lastError: null },
    ]);
    expect(await db.select().from(verificationCodes)).toEqual([]);
    const records = await db.select({ action: auditRecords.action }).from(auditRecords);
    expect(records.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["added", "verification sent", "verified"]),
    );
  });

  test("is not confirmed by a wrong code, an old one, or after five wrong ones", async () => {
    const { maya, ctx } = await withProviders();
    const contactMethodId = await addOwn(ctx, maya.id);
    await sendVerificationCode(ctx, { contactMethodId });
    const code = await sentCode();
    const wrong = code === "000000" ? "111111" : "000000";
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(confirmNumber(ctx, { contactMethodId, code: wrong })).rejects.toThrow(
        "not the one that was sent",
      );
    }
    await expect(confirmNumber(ctx, { contactMethodId, code })).rejects.toThrow("not valid any more");
    await moveTime({ minutes: 2 });
    await sendVerificationCode(ctx, { contactMethodId });
    const second = await sentCode();
    await moveTime({ minutes: 11 });
    await expect(confirmNumber(ctx, { contactMethodId, code: second })).rejects.toThrow("not valid any more");
    expect((await methodsOf(maya.id)).every(({ enabled }) => !enabled)).toBe(true);
  });

  test("gets one code a minute", async () => {
    const { maya, ctx } = await withProviders();
    const contactMethodId = await addOwn(ctx, maya.id);
    await sendVerificationCode(ctx, { contactMethodId });
    await expect(sendVerificationCode(ctx, { contactMethodId })).rejects.toThrow("another can be sent in");
  });

  test("is confirmed by nobody else", async () => {
    const { maya, ctx } = await withProviders();
    const contactMethodId = await addOwn(ctx, maya.id);
    const ben = actAs(db, await makeUser(db, { role: "responder" }));
    await expect(sendVerificationCode(ben, { contactMethodId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(confirmNumber(ben, { contactMethodId, code: "000000" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("a number", () => {
  test("that somebody who manages people enters is used at once, and shown as not confirmed", async () => {
    const { maya } = await withProviders();
    const admin = actAs(db, await makeUser(db, { role: "admin" }));
    await addPhoneNumber(admin, { userId: maya.id, number: NUMBER, label: "Mobile", channels: ["phone"] });
    expect(await methodsOf(maya.id)).toMatchObject([{ enabled: true, verifiedAt: null }]);
  });

  test.each([
    ["0171 1234567", "with its country"],
    ["+49 171 1", "not a number that exists"],
    ["+1 555 01", "not a number that exists"],
    ["nonsense", "with its country"],
    ["+49 30 2270", "landline"],
  ])("like %s is refused for texts", async (number, because) => {
    const { maya, ctx } = await withProviders();
    await expect(
      addPhoneNumber(ctx, { userId: maya.id, number, label: "Mobile", channels: ["sms"] }),
    ).rejects.toThrow(because);
  });

  test("can't be added while nothing carries it", async () => {
    const maya = await makeUser(db, { role: "responder" });
    const ctx = actAs(db, maya);
    const add = addPhoneNumber(ctx, { userId: maya.id, number: NUMBER, label: "Mobile", channels: ["sms"] });
    await expect(add).rejects.toThrow("needs a provider for SMS");
    const settings = await readNotificationSettings(ctx, { userId: maya.id });
    expect(settings.availableChannels).not.toContain("sms");
  });
});

test("the phone book has the numbers of the providers that are on, once each", async () => {
  const { ctx } = await withProviders();
  const card = await readPhoneBook(ctx);
  expect(card.match(/TEL[^\r]+/g)).toEqual([`TEL;TYPE=WORK,VOICE,MSG:${TWILIO.from}`]);
});
