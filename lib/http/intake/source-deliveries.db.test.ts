import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inbox, intakeErrors } from "#db/schema/events";
import { replayIntakeError } from "#lib/events/commands/replay-intake-error";
import { MAX_RAW_LENGTH } from "#lib/events/event";
import { stopIntake } from "#lib/events/commands/intake";
import { handleIntake } from "#lib/http/intake/route";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration } from "#lib/testing/factories";
import { kumaMessage, robotMessage } from "#lib/testing/source-messages-checks";
import { snsAlarm } from "#lib/testing/source-messages-clouds";
import { SOURCE_MESSAGES } from "#lib/testing/source-messages";

const { db } = await useDatabase();
let key = "";
let integrationId = "";

beforeAll(async () => {
  ({ key, id: integrationId } = await makeIntegration(db));
});
afterAll(stopIntake);

const FORM = "application/x-www-form-urlencoded";
const query = (fields: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString();

async function send(source: string, init: { query?: string; method?: string; type?: string; body?: string }) {
  const address = `http://touchline.test/integrations/${source}/${key}${init.query ? `?${init.query}` : ""}`;
  const response = await handleIntake(
    new Request(address, {
      method: init.method ?? "POST",
      ...(init.type ? { headers: { "content-type": init.type } } : {}),
      ...(init.body === undefined ? {} : { body: init.body }),
    }),
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function rowsOf(dedupKey: string) {
  return db
    .select({ action: inbox.action, source: inbox.source })
    .from(inbox)
    .where(and(eq(inbox.dedupKey, dedupKey), eq(inbox.integrationId, integrationId)))
    .orderBy(inbox.id);
}

describe("a source's message", () => {
  const json = JSON.stringify(kumaMessage(0));
  const multipart = `--b1\r\nContent-Disposition: form-data; name="data"\r\n\r\n${json}\r\n--b1--\r\n`;

  test.each([
    ["application/json", json],
    ["text/plain; charset=UTF-8", json],
    [FORM, `data=${encodeURIComponent(json)}`],
    ["multipart/form-data; boundary=b1", multipart],
  ])("is taken as %s", async (type, body) => {
    const before = await rowsOf("uptime-kuma:7");
    expect(await send("uptime-kuma", { type, body })).toEqual({
      status: 202,
      body: { status: "success", accepted: 1, rejected: [], ignored: 0 },
    });
    const rows = await rowsOf("uptime-kuma:7");
    expect(rows.slice(before.length)).toEqual([{ action: "trigger", source: "uptime-kuma" }]);
  });

  test("is kept beside each of its events, as far as it is about that one, unless it is too large", async () => {
    const alert = (name: string, text: string) => ({ fingerprint: name, labels: { text }, status: "firing" });
    const [small, large] = [alert("raw-1", "\0"), alert("raw-2", "x".repeat(MAX_RAW_LENGTH))];
    const body = JSON.stringify({ status: "firing", alerts: [small, large] });
    expect(await send("alertmanager", { body })).toMatchObject({ status: 202, body: { accepted: 2 } });
    const kept = await db
      .select({ raw: inbox.raw })
      .from(inbox)
      .where(inArray(inbox.dedupKey, ["raw-1", "raw-2"]))
      .orderBy(inbox.id);
    expect(kept).toEqual([{ raw: { status: "firing", alerts: [alert("raw-1", "\uFFFD")] } }, { raw: null }]);
  });

  test.each(["GET", "POST"])("is taken from the address, by %s", async (method) => {
    const monitorID = `by-${method}`;
    const answer = await send("uptimerobot", { method, query: query(robotMessage("1", { monitorID })) });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1 } });
    expect(await rowsOf(`uptimerobot:${monitorID}`)).toHaveLength(1);
  });

  test("is not taken by GET where the product has no such thing, nor without a query", async () => {
    expect((await send("datadog", { method: "GET", query: "alert_id=1" })).status).toBe(405);
    expect((await send("uptimerobot", { method: "GET" })).status).toBe(405);
  });

  test.each(SOURCE_MESSAGES)(
    "of $source is stored, and its end with the same key",
    async ({ source, fire, resolve }) => {
      const bodies = resolve === null ? [fire] : [fire, resolve];
      for (const body of bodies) {
        const answer = await send(source, { type: "application/json", body: JSON.stringify(body) });
        expect(answer).toMatchObject({ status: 202, body: { accepted: 1, rejected: [] } });
      }
    },
  );
});

describe("what a source's format does not cover", () => {
  const errorsOf = (source: string) =>
    db
      .select()
      .from(intakeErrors)
      .where(and(eq(intakeErrors.integrationId, integrationId), eq(intakeErrors.source, source)));

  test("is kept, also from an address, and can be replayed", async () => {
    const answer = await send("uptimerobot", { method: "GET", query: "foo=bar" });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 0, rejected: [{ index: 0 }] } });
    const [error] = await errorsOf("uptimerobot");
    expect(error).toMatchObject({ reason: expect.stringMatching(/^Nothing in it says/) });
    const replayed = await replayIntakeError(actAs(db, { role: "manager" }), { errorId: error?.id ?? "" });
    expect(replayed).toMatchObject({ accepted: 0, outcome: expect.stringContaining("1 rejected") });
  });

  test("a subscription to another address than Amazon's is not confirmed, but kept", async () => {
    const body = JSON.stringify({
      ...snsAlarm("ALARM"),
      Type: "SubscriptionConfirmation",
      SubscribeURL: "https://169.254.169.254/latest/meta-data",
    });
    const answer = await send("cloudwatch", { type: "text/plain", body });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 0, rejected: [{ index: 0 }] } });
    const [error] = await errorsOf("cloudwatch");
    expect(error).toMatchObject({ body, reason: expect.stringContaining("not those of Amazon SNS") });
    const replayed = await replayIntakeError(actAs(db, { role: "manager" }), { errorId: error?.id ?? "" });
    expect(replayed).toMatchObject({ accepted: 0, outcome: expect.stringContaining("confirmed when") });
  });
});
