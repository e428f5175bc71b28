import { describe, expect, it } from "vitest";
import { listContacts } from "#lib/people/queries/contacts";
import { getPerson, listPeople } from "#lib/people/queries/people";
import { listUsers } from "#lib/people/queries/users";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeContactMethod,
  makeNotificationRule,
  makePolicy,
  makeSchedule,
  makeTeam,
  makeUser,
} from "#lib/testing/factories";

const { db } = await useDatabase();
const ctx = actAs(db, { role: "stakeholder" });
const ann = await makeUser(db, { name: "Ann Able", email: "ann@example.com" });
const ben = await makeUser(db, { name: "Ben", deactivatedAt: new Date("2025-06-01T00:00:00Z") });
const team = await makeTeam(db, { name: "Core", members: [{ userId: ann.id, role: "manager" }] });
await makeNotificationRule(db, { userId: ann.id });
const schedule = await makeSchedule(db, { userIds: [ann.id, ann.id] });
const policy = await makePolicy(db, {
  levels: [{ targets: [{ type: "user", id: ben.id }] }, { targets: [{ type: "schedule", id: schedule.id }] }],
});

describe("listUsers", () => {
  it("filters by text, team, role, address and state", async () => {
    const ids = async (filter: Parameters<typeof listUsers>[1]) =>
      (await listUsers(ctx, filter)).users.map(({ id }) => id);
    expect(await ids({})).toEqual([ann.id]);
    expect(await ids({ state: "all" })).toEqual([ann.id, ben.id]);
    expect(await ids({ state: "deactivated" })).toEqual([ben.id]);
    expect(await ids({ query: "ABLE" })).toEqual([ann.id]);
    expect(await ids({ email: "ANN@example.com" })).toEqual([ann.id]);
    expect(await ids({ teamIds: [team.id] })).toEqual([ann.id]);
    expect(await ids({ roles: ["owner"] })).toEqual([]);
    expect(await listUsers(ctx, { state: "all", limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      users: [{ id: ben.id }],
    });
  });
});

describe("listPeople", () => {
  it("says what everybody is on call for and how well they can be reached", async () => {
    const { people } = await listPeople(ctx, { state: "all" });
    expect(people).toMatchObject([
      {
        id: ann.id,
        teams: [{ id: team.id, role: "manager" }],
        readiness: { state: "partly" },
        duties: [{ policy: { id: policy.id }, level: 2, schedule: { id: schedule.id } }],
      },
      { id: ben.id, isDeactivated: true, readiness: { state: "unreachable" }, duties: [] },
    ]);
    expect((await getPerson(ctx, ann.id)).duties).toHaveLength(1);
    await expect(getPerson(ctx, "QNONE")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("listContacts", () => {
  it("shows addresses only to those who may use them", async () => {
    const carl = await makeUser(db);
    await makeContactMethod(db, { userId: carl.id, address: "carl@example.com" });
    await makeContactMethod(db, {
      userId: carl.id,
      channel: "slack",
      address: "https://hooks.slack.com/services/T0/B0/secret",
    });
    const seenBy = async (as: Parameters<typeof listContacts>[0]) =>
      (await listContacts(as, [carl.id]))
        .get(carl.id)
        ?.methods.map(({ address, isMasked }) => (isMasked ? "masked" : address));
    expect(await seenBy(ctx)).toEqual(["masked", "masked"]);
    expect(await seenBy(actAs(db, ann))).toEqual(["carl@example.com", "masked"]);
    expect(await seenBy(actAs(db, carl))).toEqual([
      "carl@example.com",
      "https://hooks.slack.com/services/T0/B0/secret",
    ]);
    expect(JSON.stringify([...(await listContacts(ctx, [carl.id]))])).not.toMatch(/secret|carl@/);
  });
});
