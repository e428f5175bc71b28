import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { channelProviders } from "#db/schema/channel-providers";
import { auditRecords } from "#db/schema/organisation";
import { telephonySender } from "#lib/notifications/channels/telephony/sender";
import { addProvider } from "#lib/notifications/commands/add-provider";
import { preferProvider } from "#lib/notifications/commands/prefer-provider";
import { removeProvider } from "#lib/notifications/commands/remove-provider";
import { testProvider } from "#lib/notifications/commands/test-provider";
import { updateProvider } from "#lib/notifications/commands/update-provider";
import { readAvailableChannels } from "#lib/notifications/queries/available-channels";
import { deliveryProgress } from "#lib/notifications/queries/deliveries";
import { listProviders, loadProvider } from "#lib/notifications/queries/providers";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeUser } from "#lib/testing/factories";
import { delivering, runOnce } from "#lib/testing/paging";
import { startTwilio, TWILIO } from "#lib/testing/twilio-double";

const { db, sql } = await useDatabase();
const twilio = await startTwilio();
const admin = actAs(db, await makeUser(db, { role: "admin" }));
const { accountSid, authToken, from } = TWILIO;

beforeEach(async () => {
  await sql`truncate channel_providers, pages cascade`;
  twilio.requests.length = 0;
});
afterAll(() => twilio.close());

function add(
  name = "Twilio",
  channels: ("sms" | "phone")[] = ["sms"],
  settings: Record<string, unknown> = {},
) {
  return addProvider(admin, {
    kind: "twilio",
    channels,
    name,
    settings: { accountSid, from, baseUrl: twilio.url, ...settings },
    secret: { authToken },
  });
}

describe("a provider", () => {
  test("makes its channels available, and its secrets are nowhere to be read", async () => {
    expect((await readAvailableChannels(db)).has("sms")).toBe(false);
    await add("Twilio", ["sms", "phone"]);
    const available = await readAvailableChannels(db);
    expect([available.has("sms"), available.has("phone")]).toEqual([true, true]);
    const everything = JSON.stringify([
      await listProviders(admin),
      await db.select().from(channelProviders),
      await db.select().from(auditRecords),
    ]);
    expect(everything).not.toContain(authToken);
    expect(await listProviders(admin)).toMatchObject([
      { channel: "phone", secretFields: ["authToken"], isUnreadable: false },
      { channel: "sms", settings: { accountSid, from } },
    ]);
  });

  test("keeps the secrets that are not changed, and takes those that are", async () => {
    const { ids } = await add();
    const [providerId = ""] = ids;
    await updateProvider(admin, {
      providerId,
      settings: { accountSid, from, baseUrl: twilio.url, machineDetection: false },
      secret: { authToken: "" },
    });
    expect((await loadProvider(db, providerId))?.readSecret()).toEqual({ authToken });
    await updateProvider(admin, { providerId, secret: { authToken: "another" } });
    expect((await loadProvider(db, providerId))?.readSecret()).toEqual({ authToken: "another" });
  });

  test("does not tell its secrets to another server than they were entered for", async () => {
    const { ids } = await add();
    const [providerId = ""] = ids;
    const settings = { accountSid, from, baseUrl: "https://elsewhere.example" };
    await expect(updateProvider(admin, { providerId, settings })).rejects.toMatchObject({
      fields: [{ field: "secret.authToken" }],
    });
    expect((await loadProvider(db, providerId))?.settings).toMatchObject({ baseUrl: twilio.url });
    await updateProvider(admin, { providerId, settings, secret: { authToken: "another" } });
    expect((await loadProvider(db, providerId))?.settings).toMatchObject({ baseUrl: settings.baseUrl });
  });

  test("that is switched off or removed is not available", async () => {
    const { ids } = await add();
    const [providerId = ""] = ids;
    await updateProvider(admin, { providerId, enabled: false });
    expect((await readAvailableChannels(db)).has("sms")).toBe(false);
    await removeProvider(admin, { providerId });
    expect(await listProviders(admin)).toEqual([]);
  });

  test("can be asked before another", async () => {
    await add("First");
    const { ids } = await add("Second");
    await preferProvider(admin, { providerId: ids[0] ?? "" });
    expect((await listProviders(admin)).map(({ name }) => name)).toEqual(["Second", "First"]);
    await preferProvider(admin, { providerId: ids[0] ?? "" });
    expect((await listProviders(admin)).map(({ name }) => name)).toEqual(["Second", "First"]);
  });

  test.each([
    [{ from: "0171 1" }, "settings.from"],
    [{ accountSid: "" }, "settings.accountSid"],
    [{ baseUrl: "ftp://x" }, "settings.baseUrl"],
    [{ from: "" }, "settings.from"],
  ])("with %j is refused, naming the field", async (settings, field) => {
    await expect(add("Twilio", ["phone"], settings)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field, message: expect.any(String) }],
    });
  });

  test("has a name of its own, and is an admin's to set up", async () => {
    await add();
    await expect(add()).rejects.toThrow("has already been taken");
    const manager = actAs(db, await makeUser(db, { role: "manager" }));
    await expect(listProviders(manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      removeProvider(manager, { providerId: (await listProviders(admin))[0]!.id }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("is tested by itself, even while it is switched off, and shows each station", async () => {
    await add("First");
    const { ids } = await add("Second");
    const [providerId = ""] = ids;
    await updateProvider(admin, { providerId, enabled: false });
    const { pageId } = await testProvider(admin, { providerId, to: "+49 171 1234567" });
    await runOnce(
      db,
      delivering({ sms: telephonySender("sms", { db, url: "https://ops.example.com", allowPrivate: true }) }),
    );
    const [progress] = await deliveryProgress(admin, { pageId });
    expect(progress?.steps.map(({ state, detail }) => [state, detail])).toEqual([
      ["queued", null],
      ["sending", "Attempt 1"],
      ["accepted", expect.stringMatching(/^Second: HTTP 201, SM/)],
    ]);
  });
});
