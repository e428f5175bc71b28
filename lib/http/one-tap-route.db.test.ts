import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidents, logEntries } from "#db/schema/incidents";
import { deliveries } from "#db/schema/notifications";
import { pageVerdicts } from "#db/schema/page-verdicts";
import { contactMethods, users } from "#db/schema/people";
import { oneTapRoute } from "#lib/http/one-tap-route";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { requestResponders } from "#lib/incidents/commands/request-responders";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { sendTestPage } from "#lib/notifications/commands/send-test-page";
import { deliveryProgress } from "#lib/notifications/queries/deliveries";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users cascade`;
});

/** Maya is paged; answers the token of the link she got, and what can be done with it. */
async function pagedMaya() {
  const scene = await pageSomebody(db, [{ channel: "email" }], "<i>5xx</i>");
  const mail = recorder("email");
  await runOnce(db, delivering({ email: mail.sender }));
  return { ...scene, token: tokenOf(mail.sent[0]?.facts.links.oneTap) };
}

function tokenOf(link = ""): string {
  return link.slice(link.lastIndexOf("/") + 1);
}

function open(token: string, method = "GET") {
  return oneTapRoute(new Request(`http://localhost/a/${token}`, { method }), token, db);
}

function press(token: string, action: string, accept = "text/html") {
  const body = new URLSearchParams({ action });
  return oneTapRoute(
    new Request(`http://localhost/a/${token}`, { method: "POST", body, headers: { accept } }),
    token,
    db,
  );
}

async function statusOf(incidentId: string) {
  const [row] = await db.select().from(incidents).where(eq(incidents.id, incidentId));
  return row?.status;
}

async function deliveryState() {
  const [row] = await db.select({ state: deliveries.state }).from(deliveries);
  return row?.state;
}

describe("GET", () => {
  test("shows the incident and changes nothing, however often a scanner asks", async () => {
    const { incidentId, token } = await pagedMaya();
    for (const method of ["GET", "HEAD", "GET"]) await open(token, method);
    const response = await open(token);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("Acknowledge as Maya Rao");
    expect(html).toContain("Escalate to Ben Ng instead");
    expect(html).toContain("&lt;i&gt;5xx&lt;/i&gt;");
    expect(Buffer.byteLength(html)).toBeLessThan(15_000);
    expect(await statusOf(incidentId)).toBe("triggered");
    expect(await deliveryState()).toBe("accepted");
  });

  test("is closed up by its headers", async () => {
    const { token } = await pagedMaya();
    const response = await open(token);
    const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(await response.text()) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(response.headers.get("content-security-policy")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("x-robots-tag")).toContain("noindex");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });
});

describe("POST", () => {
  test("acknowledges in the person's name, over the channel the link came by", async () => {
    const { incidentId, maya, token } = await pagedMaya();
    const response = await press(token, "acknowledge");
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/Acknowledged \d\d:\d\d:\d\d\. Escalation stopped\./);
    expect(await statusOf(incidentId)).toBe("acknowledged");
    expect(await deliveryState()).toBe("acted");
    const [entry] = await db.select().from(logEntries).where(eq(logEntries.type, "acknowledge"));
    expect(entry).toMatchObject({ actorId: maya.id, actorName: "Maya Rao", channel: "email" });
  });

  test("says the same when it is pressed twice", async () => {
    const { token } = await pagedMaya();
    await press(token, "acknowledge");
    const again = await press(token, "acknowledge", "application/json");
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({
      status: "acknowledged",
      acknowledgedAt: expect.stringMatching(/Z$/),
      by: "Maya Rao",
      escalationStopped: true,
    });
    expect(await db.select().from(logEntries).where(eq(logEntries.type, "acknowledge"))).toHaveLength(1);
  });

  test("hands on to the next level", async () => {
    const { incidentId, token } = await pagedMaya();
    expect(await (await press(token, "escalate")).text()).toMatch(/Escalated to Ben Ng \d\d:\d\d:\d\d\./);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("tells who has it already, and what is over", async () => {
    const { incidentId, ben, token } = await pagedMaya();
    await acknowledgeIncident(actAs(db, ben), { incidentId });
    expect(await (await open(token)).text()).toMatch(/Acknowledged by Ben Ng at \d\d:\d\d:\d\d\./);
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    const html = await (await press(token, "acknowledge")).text();
    expect(html).toMatch(/Resolved by Ben Ng at \d\d:\d\d:\d\d\./);
    expect(html).not.toContain("Acknowledge as");
    expect(await statusOf(incidentId)).toBe("resolved");
  });

  test("asks once it is over whether the page was useful, keeps the answer and takes another", async () => {
    const { incidentId, maya, ben, token } = await pagedMaya();
    expect(await (await press(token, "not-useful")).text()).toContain("is asked later");
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    const asked = await (await open(token)).text();
    expect(asked).toContain("Was this page useful to you?");
    expect(Buffer.byteLength(asked)).toBeLessThan(15_000);
    for (const method of ["GET", "HEAD"]) await open(token, method);
    expect(await db.select().from(pageVerdicts)).toEqual([]);
    expect(await (await press(token, "not-useful")).text()).toContain(
      "You said that the page was not useful.",
    );
    expect(await db.select().from(pageVerdicts)).toMatchObject([{ userId: maya.id, useful: false }]);
    expect(await (await press(token, "useful")).text()).toContain("You said that the page was useful.");
    expect(await (await press(token, "unsaid")).text()).toContain("Was this page useful to you?");
    expect(await db.select().from(pageVerdicts)).toEqual([]);
  });

  test("acts only with the rights the person has now", async () => {
    const { incidentId, maya, token } = await pagedMaya();
    await db.update(users).set({ role: "stakeholder" }).where(eq(users.id, maya.id));
    const response = await press(token, "acknowledge", "application/json");
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: expect.stringContaining("responder") });
    await db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, maya.id));
    expect((await press(token, "acknowledge")).status).toBe(410);
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("does nothing for a link that is altered or a day old", async () => {
    const { incidentId, token } = await pagedMaya();
    expect((await press(`${token.slice(0, 20)}x${token.slice(21)}`, "acknowledge")).status).toBe(404);
    expect((await press("nonsense", "acknowledge")).status).toBe(404);
    await moveTime({ days: 1 });
    const late = await press(token, "acknowledge");
    expect(late.status).toBe(410);
    expect(await late.text()).toContain("Nothing was acknowledged");
    expect(await statusOf(incidentId)).toBe("triggered");
  });

  test("notes that a device showed it, without acknowledging", async () => {
    const { incidentId, token } = await pagedMaya();
    expect((await press(token, "shown", "application/json")).status).toBe(204);
    expect(await deliveryState()).toBe("delivered");
    expect(await statusOf(incidentId)).toBe("triggered");
  });
});

describe("a test page", () => {
  test("goes the way of a page, and its answer verifies the contact method", async () => {
    const { maya, methods } = await pagedMaya();
    await sql`update contact_methods set verified_at = null`;
    const ctx = actAs(db, maya);
    const { pageId } = await sendTestPage(ctx, { contactMethodId: methods[0]!.id });
    await expect(sendTestPage(ctx, { contactMethodId: methods[0]!.id })).rejects.toThrow("under way");
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const token = tokenOf(mail.sent[0]?.facts.links.oneTap);
    expect(mail.sent[0]?.facts.incident).toBeNull();
    expect(await (await open(token)).text()).toContain("This was a test");
    expect(await (await press(token, "arrived")).text()).toContain("It arrived");
    const [progress] = await deliveryProgress(ctx, { pageId });
    expect(progress?.steps.map(({ state }) => state)).toEqual(["queued", "sending", "accepted", "acted"]);
    const [method] = await db.select().from(contactMethods).where(eq(contactMethods.id, methods[0]!.id));
    expect(method?.verifiedAt).toEqual(expect.any(Date));
  });
});

describe("a message about several incidents", () => {
  test("has one link that shows all and acknowledges those that nobody has", async () => {
    const { incidentId, maya, service } = await pageSomebody(db, [{ channel: "email" }], "First");
    const second = await declareIncident(actAs(db), { title: "Second", serviceId: service.id });
    const third = await declareIncident(actAs(db), { title: "<i>Third</i>", serviceId: service.id });
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const token = tokenOf(mail.sent[0]?.facts.links.oneTap);
    const page = await (await open(token)).text();
    for (const title of ["First", "Second", "&lt;i&gt;Third&lt;/i&gt;"]) expect(page).toContain(title);
    expect(page).toContain("Acknowledge all 3 as Maya Rao");
    await resolveIncidents(actAs(db, maya), { incidentIds: [third.id] });
    const after = await (await press(token, "acknowledge")).text();
    expect(after).toMatch(/Acknowledged #\d+, #\d+\. Escalation stopped\./);
    expect(await Promise.all([incidentId, second.id, third.id].map(statusOf))).toEqual([
      "acknowledged",
      "acknowledged",
      "resolved",
    ]);
    expect(await (await press(token, "acknowledge")).text()).toContain("All of them were in hand already.");
  });
});

describe("a request to join", () => {
  test("shows who asks, and takes one of two answers", async () => {
    const { incidentId, maya, ben } = await pageSomebody(db, [{ channel: "email" }]);
    const asked = { incidentId, userIds: [ben.id], message: "Is it the <b>database</b>?" };
    await requestResponders(actAs(db, maya), asked);
    const mail = recorder("email");
    await runOnce(db, delivering({ email: mail.sender }));
    const token = tokenOf(mail.sent.find(({ facts }) => facts.reason === "requested")?.facts.links.oneTap);
    const page = await (await open(token)).text();
    expect(page).toContain("Is it the &lt;b&gt;database&lt;/b&gt;?");
    expect(await (await press(token, "decline")).text()).toContain("You have declined");
    expect(await (await press(token, "join")).text()).toContain("Nobody asks you to join");
    expect(await statusOf(incidentId)).toBe("triggered");
  });
});
