import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { integrations } from "#db/schema/services";
import type { Context } from "#lib/context";
import { readFirstSteps } from "#lib/organisation/queries/first-steps";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeContactMethod,
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeSchedule,
  makeService,
  makeUser,
} from "#lib/testing/factories";

const { db, now, moveTime } = await useDatabase();
let owner: Context;
let ownerId: string;

beforeAll(async () => {
  const user = await makeUser(db, { role: "owner", createdAt: await now() });
  ownerId = user.id;
  owner = actAs(db, user);
});

test("the first steps are done one by one, and gone with the last that the organisation needs", async () => {
  expect(await readFirstSteps(owner)).toEqual({ done: [], serviceSlug: null, policySlug: null });

  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: ownerId }] }] });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  const integration = await makeIntegration(db, { serviceId: service.id });
  const at = { serviceSlug: service.slug, policySlug: policy.slug };
  expect(await readFirstSteps(owner)).toEqual({ done: [], ...at });

  await db
    .update(integrations)
    .set({ lastEventAt: await now() })
    .where(eq(integrations.id, integration.id));
  expect(await readFirstSteps(owner)).toEqual({ done: ["monitor"], ...at });

  await makeUser(db, { role: "stakeholder", createdAt: await now() });
  expect((await readFirstSteps(owner))?.done).toEqual(["monitor"]);
  const colleague = await makeUser(db, { createdAt: await now() });
  const schedule = await makeSchedule(db, { userIds: [colleague.id] });
  expect((await readFirstSteps(owner))?.done).toEqual(["monitor", "people", "schedule"]);

  const push = await makeContactMethod(db, { userId: ownerId, channel: "push", address: "device" });
  for (const urgency of ["high", "low"] as const) {
    await makeNotificationRule(db, { userId: ownerId, contactMethodId: push.id, urgency });
  }
  expect((await readFirstSteps(owner))?.done).toEqual(["reach", "monitor", "people", "schedule"]);

  expect(await readFirstSteps(actAs(db, colleague))).toBeNull();
  const paging = await makePolicy(db, { levels: [{ targets: [{ type: "schedule", id: schedule.id }] }] });
  expect(await readFirstSteps(owner)).not.toBeNull();
  await makeService(db, { escalationPolicyId: paging.id });
  expect(await readFirstSteps(owner)).toBeNull();
});

test("an organisation of a month is not told how to begin", async () => {
  await db.update(integrations).set({ lastEventAt: null });
  expect(await readFirstSteps(owner)).not.toBeNull();
  await moveTime({ days: 31 });
  expect(await readFirstSteps(owner)).toBeNull();
});
