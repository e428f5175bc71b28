import { expect, test } from "vitest";
import { incidents, logEntries } from "#db/schema/incidents";
import { completePolicy } from "#lib/escalation/policy";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { addAction } from "#lib/problems/commands/actions";
import { startReview } from "#lib/reviews/commands/start-review";
import { updateReview } from "#lib/reviews/commands/update-review";
import { findReview, getReview } from "#lib/reviews/queries/get-review";
import { listReviews } from "#lib/reviews/queries/reviews";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeService, makeUser } from "#lib/testing/factories";

const { db, setTime } = await useDatabase();
const { call, makeKey } = await publicApi(db);
await setTime(new Date("2026-06-02T12:00:00Z"));

const person = await makeUser(db, { name: "Ann" });
const ann = actAs(db, person);
const service = await makeService(db, { name: "Cash-out" });
const at = new Date("2026-06-01T12:00:00Z");
const end = new Date("2026-06-01T13:00:00Z");
const policySnapshot = completePolicy({
  policyId: "QNONE",
  name: "None",
  numLoops: 0,
  teamId: null,
  fallbackUserId: null,
  levels: [],
});

async function incident(status: "resolved" | "acknowledged" = "resolved") {
  const id = newId(at.getTime());
  const over = status === "resolved" ? end : null;
  await db.insert(incidents).values({
    id,
    title: "Deposits fail",
    status,
    urgency: "high",
    serviceId: service.id,
    policySnapshot,
    detectionSource: "monitoring",
    origin: "event",
    startedAt: at,
    detectedAt: at,
    createdAt: at,
    resolvedAt: over,
    lastStatusChangeAt: end,
    updatedAt: end,
  });
  const entry = (type: "trigger" | "acknowledge", minute: number) => ({
    id: newId(at.getTime() + minute),
    incidentId: id,
    type,
    class: "key" as const,
    at: new Date(at.getTime() + minute * 60_000),
    actorType: "user" as const,
    actorId: person.id,
    actorName: "Ann",
    channel: "website",
  });
  await db.insert(logEntries).values([entry("trigger", 0), entry("acknowledge", 5)]);
  await db.transaction((tx) => refreshFacts({ tx }, [id]));
  return id;
}

test("an incident has one review, begun after it is resolved, with most of it filled in", async () => {
  await expect(startReview(ann, { incident: await incident("acknowledged") })).rejects.toMatchObject({
    code: "conflict",
  });
  const incidentId = await incident();
  const both = await Promise.all([1, 2].map(() => startReview(ann, { incident: incidentId })));
  expect(both[0]).toEqual(both[1]);
  const review = await findReview(ann, incidentId);
  expect(review).toMatchObject({
    state: "draft",
    dueOn: "2026-06-15",
    owner: { name: "Ann" },
    facts: { detectionSource: "monitoring", firstAckAt: "2026-06-01T12:05:00.000Z" },
    actionsDueOn: "2026-07-31",
  });
  expect(review?.timeline.map(({ type, isHidden }) => [type, isHidden])).toEqual([
    ["trigger", false],
    ["acknowledge", false],
  ]);
});

test("it is published when it says something; actions are corrective actions; lines can be left out", async () => {
  const { id } = await startReview(ann, { incident: await incident() });
  await expect(updateReview(ann, id, { state: "published" })).rejects.toMatchObject({ code: "conflict" });
  const { timeline } = await getReview(ann, id);
  const written = { summary: "Deposits **failed**", contributingFactors: "A full disk" };
  await updateReview(ann, id, { ...written, hiddenEntryIds: [timeline[0]?.id ?? ""], state: "published" });
  await addAction(ann, { title: "Alert on disks", reviewId: id });
  const published = await getReview(ann, id);
  expect(published).toMatchObject({
    state: "published",
    version: 2,
    publishedAt: expect.any(String),
    actions: [{ title: "Alert on disks", review: { id } }],
  });
  expect(published.timeline.map(({ isHidden }) => isHidden)).toEqual([true, false]);
  await updateReview(ann, id, { state: "in_review" });
  expect((await getReview(ann, id)).publishedAt).toBeNull();
});

test("an editor who started from an older version is refused, and told who was faster", async () => {
  const { id } = await startReview(ann, { incident: await incident() });
  const ben = actAs(db, await makeUser(db, { name: "Ben" }));
  await updateReview(ben, id, { summary: "Mine", expectedVersion: 1 });
  await expect(updateReview(ann, id, { summary: "Theirs", expectedVersion: 1 })).rejects.toThrow("Ben");
  expect((await getReview(ann, id)).summary).toBe("Mine");
});

test("stakeholders read reviews and write none; the list names what is overdue", async () => {
  const { id } = await startReview(ann, { incident: await incident() });
  const cto = actAs(db, await makeUser(db, { role: "stakeholder" }));
  await expect(updateReview(cto, id, { summary: "x" })).rejects.toMatchObject({ code: "forbidden" });
  await updateReview(ann, id, { dueOn: "2026-06-01" });
  const { reviews } = await listReviews(cto);
  expect(reviews[0]).toMatchObject({ id, isOverdue: true });
});

test("the public API keeps problems, actions and reviews", async () => {
  const key = await makeKey({ userId: person.id });
  const opened = await call("POST", "/problems", { key, body: { problem: { title: "Disks run full" } } });
  expect(opened.status).toBe(201);
  const { id } = (opened.body as { problem: { id: string } }).problem;
  const incidentId = await incident();
  const linked = await call("POST", `/problems/${id}/incidents`, {
    key,
    body: { incident: { id: incidentId } },
  });
  expect(linked.body).toMatchObject({ problem: { incident_count: 1, incidents: [{ id: incidentId }] } });
  const refused = await call("PUT", `/problems/${id}`, { key, body: { problem: { state: "known_error" } } });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain("workaround");
  const action = await call("POST", "/corrective_actions", {
    key,
    body: { corrective_action: { title: "Add an alert", problem: { id } } },
  });
  expect(action.body).toMatchObject({ corrective_action: { state: "open", problem: { id } } });
  const review = await call("POST", "/reviews", { key, body: { review: { incident: { id: incidentId } } } });
  expect(review.body).toMatchObject({ review: { state: "draft", incident: { id: incidentId } } });
  for (const path of ["/problems", "/corrective_actions", "/reviews", "/problem_suggestions"]) {
    expect((await call("GET", path, { key })).status).toBe(200);
  }
});
