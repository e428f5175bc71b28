import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { incidents, logEntries } from "#db/schema/incidents";
import { auditRecords } from "#db/schema/organisation";
import { channelPosts } from "#db/schema/team-channels";
import { runChannelPosts } from "#lib/engine/modules/channel-posts";
import { declareIncident } from "#lib/incidents/commands/declare";
import { reopenIncident } from "#lib/incidents/commands/reopen";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { addTeamChannel } from "#lib/notifications/commands/add-team-channel";
import { claimChannelPosts } from "#lib/notifications/commands/claim-channel-posts";
import { removeTeamChannel } from "#lib/notifications/commands/remove-team-channel";
import { listTeamChannels } from "#lib/notifications/queries/team-channels";
import { makeChatApps } from "#lib/testing/chat-apps";
import { startChatDouble } from "#lib/testing/chat-double";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeContactMethod,
  makePolicy,
  makeService,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";
import { runOnce } from "#lib/testing/paging";
import { slackNote, slackPress, slackRequests } from "#lib/testing/slack-requests";

vi.stubEnv("ALLOW_PRIVATE_DESTINATIONS", "true");
const { db, moveTime, sql } = await useDatabase();
const double = await startChatDouble();
afterAll(double.stop);
const slack = slackRequests(db);
const manager = actAs(db, { role: "manager" });

beforeEach(async () => {
  await sql`truncate incidents, services, teams, escalation_policies, users, channel_providers, audit_records cascade`;
  double.conversation.length = 0;
  await makeChatApps(db, double.url);
});

async function makeScene({ highOnly = false } = {}) {
  const ann = await makeUser(db, { name: "Ann" });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: ann.id }] }] });
  const team = await makeTeam(db, { name: "Payments" });
  const service = await makeService(db, { teamId: team.id, escalationPolicyId: policy.id });
  const owner = { type: "team" as const, id: team.id };
  const { id } = await addTeamChannel(manager, { owner, address: "C0PAY", name: "#payments", highOnly });
  double.conversation.length = 0;
  const declare = (title: string, urgency: "high" | "low" = "high") =>
    declareIncident(actAs(db), { title, serviceId: service.id, urgency });
  return { ann, team, service, channelId: id, declare };
}

const postOf = async (incidentId: string) =>
  (await db.select().from(channelPosts).where(eq(channelPosts.incidentId, incidentId)))[0];
const statusOf = async (id: string) =>
  (await db.select({ status: incidents.status }).from(incidents).where(eq(incidents.id, id)))[0]?.status;

test("an incident is posted once in the channel of its team, and the post is changed in place with it", async () => {
  const { declare } = await makeScene();
  const { id } = await declare("Checkout down");
  await runOnce(db, runChannelPosts);
  await runOnce(db, runChannelPosts);
  const [post] = double.sent("chat.postMessage");
  expect(double.sent("chat.postMessage")).toHaveLength(1);
  expect(post).toMatchObject({ channel: "C0PAY" });
  expect(JSON.stringify(post)).toContain("Assigned to Ann");

  await resolveIncidents(actAs(db), { incidentIds: [id] });
  await runOnce(db, runChannelPosts);
  const [change] = double.sent("chat.update");
  expect(change).toMatchObject({ channel: "C0PAY", ts: (await postOf(id))?.ref });
  expect(JSON.stringify(change)).toContain("Resolved");

  await reopenIncident(actAs(db), { incidentId: id });
  await runOnce(db, runChannelPosts);
  expect(double.sent("chat.postMessage")).toHaveLength(1);
  expect(JSON.stringify(double.sent("chat.update")[1])).toContain("Triggered");
});

test("whoever is linked acts on it from the post in their own name, and writes notes; others are told that they are not", async () => {
  const { declare } = await makeScene();
  const ben = await makeUser(db, { name: "Ben" });
  await makeContactMethod(db, { userId: ben.id, channel: "slack", address: "U0BEN" });
  const { id } = await declare("Checkout down");
  await runOnce(db, runChannelPosts);
  const value = (await postOf(id))?.id ?? "";
  const press = (action: string, user: string) =>
    slack(slackPress({ action, value, user, respondTo: `${double.url}/respond/1` }));

  await press("acknowledge", "U0STRANGER");
  expect(await statusOf(id)).toBe("triggered");
  expect(double.sent("/respond/")[0]?.text).toContain("not linked");

  expect((await press("acknowledge", "U0BEN")).status).toBe(200);
  expect(await statusOf(id)).toBe("acknowledged");
  await runOnce(db, runChannelPosts);
  expect(JSON.stringify(double.sent("chat.update").at(-1))).toContain("Acknowledged by Ben");

  await press("note", "U0BEN");
  expect(double.sent("views.open")[0]).toMatchObject({ view: { private_metadata: value } });
  await slack(slackNote(value, "Rolled back", "U0BEN"));
  await press("resolve", "U0BEN");
  expect(await statusOf(id)).toBe("resolved");
  const entries = await db.select().from(logEntries).where(eq(logEntries.incidentId, id));
  const byBen = entries.filter(({ actorId }) => actorId === ben.id);
  expect(byBen.map(({ type, channel }) => `${type} ${channel}`)).toEqual([
    "acknowledge slack",
    "annotate slack",
    "resolve slack",
  ]);
});

test("a channel for high urgency has no incidents of low urgency, and one that two name has one post", async () => {
  const { declare, service } = await makeScene({ highOnly: true });
  const owner = { type: "service" as const, id: service.id };
  await addTeamChannel(manager, { owner, address: "C0PAY", name: "#payments", highOnly: true });
  double.conversation.length = 0;
  await declare("Slow report", "low");
  await declare("Checkout down");
  await runOnce(db, runChannelPosts);
  expect(double.sent("chat.postMessage")).toHaveLength(1);
  expect(JSON.stringify(double.sent("chat.postMessage")[0])).toContain("Checkout down");
});

test("it is tried again after a failure, by another engine after a death, and given up with the reason", async () => {
  const { declare, team } = await makeScene();
  const { id } = await declare("Checkout down");
  expect(await claimChannelPosts(db, 10)).toHaveLength(1);
  expect((await runOnce(db, runChannelPosts)).worked).toBe(0);
  await moveTime({ seconds: 61 });
  double.answerNext({ status: 503, body: "" }, { status: 200, body: { ok: false, error: "is_archived" } });
  await runOnce(db, runChannelPosts);
  expect((await runOnce(db, runChannelPosts)).worked).toBe(0);
  await moveTime({ seconds: 13 });
  await runOnce(db, runChannelPosts);
  expect((await postOf(id))?.endedAt).not.toBeNull();
  const { channels } = await listTeamChannels(manager, { teamId: team.id });
  expect(channels[0]?.lastError).toContain("archived");
});

test("a channel is added only where the app may post, by who may arrange the team, and both ends are on record", async () => {
  const { team, channelId } = await makeScene();
  const owner = { type: "team" as const, id: team.id };
  double.answerNext({ status: 200, body: { ok: false, error: "not_in_channel" } });
  await expect(addTeamChannel(manager, { owner, address: "C0ADS", name: "#ads" })).rejects.toThrow(
    "invite it",
  );
  await expect(addTeamChannel(manager, { owner, address: "C0PAY", name: "#again" })).rejects.toThrow("taken");
  await expect(addTeamChannel(manager, { owner, address: "#pay", name: "#pay" })).rejects.toThrow(
    "ID of a channel",
  );
  const responder = actAs(db, { role: "responder" });
  await expect(addTeamChannel(responder, { owner, address: "C0ADS", name: "#ads" })).rejects.toThrow(
    "manager",
  );
  await expect(removeTeamChannel(responder, { id: channelId })).rejects.toThrow("manager");
  await removeTeamChannel(manager, { id: channelId });
  expect((await listTeamChannels(manager, { teamId: team.id })).channels).toEqual([]);
  const audited = await db.select({ action: auditRecords.action }).from(auditRecords);
  expect(audited.map(({ action }) => action)).toEqual(["add_channel", "remove_channel"]);
});
