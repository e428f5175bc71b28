import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { services } from "#db/schema/services";
import { createTeam } from "#lib/people/commands/create-team";
import { deleteTeam } from "#lib/people/commands/delete-team";
import { removeTeamMember } from "#lib/people/commands/remove-team-member";
import { setTeamMember } from "#lib/people/commands/set-team-member";
import { updateTeam } from "#lib/people/commands/update-team";
import { getTeam, listTeamMembers, listTeams } from "#lib/people/queries/teams";
import { useDatabase } from "#lib/testing/database";
import { actAs, makePolicy, makeSchedule, makeService, makeTeam, makeUser } from "#lib/testing/factories";

const { db } = await useDatabase();
const ctx = actAs(db, { role: "manager" });
const responder = actAs(db, { role: "responder" });

async function rolesIn(teamId: string): Promise<[string, string][]> {
  return ((await listTeamMembers(ctx, [teamId])).get(teamId) ?? []).map(({ id, role }) => [id, role]);
}

describe("createTeam and updateTeam", () => {
  it("create and rename, the slug staying", async () => {
    const { id, slug } = await createTeam(ctx, { name: "Payments", description: " " });
    expect(slug).toBe("payments");
    await updateTeam(ctx, { teamId: id, name: "Money" });
    expect(await getTeam(ctx, "payments")).toMatchObject({
      id,
      name: "Money",
      description: null,
      memberCount: 0,
    });
  });

  it("refuse a name in use, a blank one, and too few rights", async () => {
    await createTeam(ctx, { name: "Odds" });
    await expect(createTeam(ctx, { name: "odds" })).rejects.toMatchObject({
      message: "Name has already been taken",
    });
    await expect(createTeam(ctx, { name: " " })).rejects.toMatchObject({ fields: [{ field: "name" }] });
    await expect(createTeam(responder, { name: "No" })).rejects.toMatchObject({ code: "forbidden" });
    const team = await makeTeam(db);
    await expect(updateTeam(responder, { teamId: team.id, name: "No" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateTeam(ctx, { teamId: team.id, name: "ODDS" })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(updateTeam(ctx, { teamId: "QNONE", name: "No" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("let a team's own manager change it", async () => {
    const user = await makeUser(db, { role: "responder" });
    const team = await makeTeam(db, { members: [{ userId: user.id, role: "manager" }] });
    await updateTeam(actAs(db, user), { teamId: team.id, description: "Ours" });
    expect((await getTeam(ctx, team.id)).description).toBe("Ours");
  });
});

describe("setTeamMember", () => {
  it("adds with the role that fits, changes it, and is idempotent", async () => {
    const team = await makeTeam(db);
    const [boss, ann] = [await makeUser(db, { role: "admin" }), await makeUser(db, { role: "stakeholder" })];
    await setTeamMember(ctx, { teamId: team.id, userId: boss.id });
    await setTeamMember(ctx, { teamId: team.id, userId: ann.id });
    await setTeamMember(ctx, { teamId: team.id, userId: ann.id });
    expect(new Map(await rolesIn(team.id))).toEqual(
      new Map([
        [boss.id, "manager"],
        [ann.id, "observer"],
      ]),
    );
    await setTeamMember(ctx, { teamId: team.id, userId: ann.id, role: "responder" });
    expect(new Map(await rolesIn(team.id)).get(ann.id)).toBe("responder");
  });

  it("refuses who or what is not there, and too few rights", async () => {
    const team = await makeTeam(db);
    const ann = await makeUser(db);
    await expect(setTeamMember(ctx, { teamId: team.id, userId: "QNONE" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(setTeamMember(ctx, { teamId: "QNONE", userId: ann.id })).rejects.toMatchObject({
      code: "not_found",
    });
    const self = actAs(db, ann);
    await expect(setTeamMember(self, { teamId: team.id, userId: ann.id })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("removeTeamMember", () => {
  it("removes, and does nothing the second time", async () => {
    const ann = await makeUser(db);
    const team = await makeTeam(db, { members: [{ userId: ann.id }] });
    await removeTeamMember(ctx, { teamId: team.id, userId: ann.id });
    await removeTeamMember(ctx, { teamId: team.id, userId: ann.id });
    expect(await rolesIn(team.id)).toEqual([]);
  });

  it("refuses whom a policy of the team names, with the sentence that clients wait for", async () => {
    const ann = await makeUser(db);
    const team = await makeTeam(db, { members: [{ userId: ann.id }] });
    await makePolicy(db, { teamId: team.id, levels: [{ targets: [{ type: "user", id: ann.id }] }] });
    await expect(removeTeamMember(ctx, { teamId: team.id, userId: ann.id })).rejects.toMatchObject({
      code: "invalid",
      message: "User cannot be removed as they belong to an escalation policy on this team",
    });
    await expect(removeTeamMember(responder, { teamId: team.id, userId: ann.id })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("deleteTeam", () => {
  it("leaves what it owned without an owner, or gives it to another team", async () => {
    const [first, second, heir] = [await makeTeam(db), await makeTeam(db), await makeTeam(db)];
    const orphan = await makeService(db, { teamId: first.id });
    await deleteTeam(ctx, { teamId: first.id });
    await makeService(db, {
      teamId: second.id,
      escalationPolicyId: (await makePolicy(db, { teamId: second.id })).id,
    });
    await makeSchedule(db, { teamId: second.id });
    await deleteTeam(ctx, { teamId: second.id, reassignToTeamId: heir.id });
    const [row] = await db.select().from(services).where(eq(services.id, orphan.id));
    expect(row?.teamId).toBeNull();
    expect(await getTeam(ctx, heir.id)).toMatchObject({ serviceCount: 1, policyCount: 1, scheduleCount: 1 });
    expect((await listTeams(ctx, { ids: [first.id, second.id] })).total).toBe(0);
  });

  it("refuses an heir that is not there or the team itself, and too few rights", async () => {
    const team = await makeTeam(db);
    for (const reassignToTeamId of ["QNONE", team.id]) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(deleteTeam(ctx, { teamId: team.id, reassignToTeamId })).rejects.toMatchObject({
        code: "invalid",
      });
    }
    await expect(deleteTeam(responder, { teamId: team.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteTeam(ctx, { teamId: "QNONE" })).rejects.toMatchObject({ code: "not_found" });
  });
});
