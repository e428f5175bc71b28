import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { incidentFacts } from "#db/schema/incident-facts";
import { logEntries } from "#db/schema/incidents";
import { auditRecords } from "#db/schema/organisation";
import { pageVerdicts } from "#db/schema/page-verdicts";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { judgePage } from "#lib/incidents/commands/judge-page";
import { rebuildFacts } from "#lib/incidents/commands/rebuild-facts";
import { reopenIncident } from "#lib/incidents/commands/reopen";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { logSentence } from "#lib/incidents/log-sentence";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { delivering, pageSomebody, recorder, runOnce } from "#lib/testing/paging";

const { db, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate incidents, pages, services, escalation_policies, users cascade`;
});

/** Maya was paged and has resolved it. */
async function resolved() {
  const scene = await pageSomebody(db, [{ channel: "email" }]);
  await runOnce(db, delivering({ email: recorder("email").sender }));
  const hers = actAs(db, scene.maya);
  await acknowledgeIncident(hers, { incidentId: scene.incidentId });
  await resolveIncidents(hers, { incidentIds: [scene.incidentId] });
  return { ...scene, hers };
}

async function told(incidentId: string) {
  const entries = await db
    .select()
    .from(logEntries)
    .where(eq(logEntries.incidentId, incidentId))
    .orderBy(asc(logEntries.at), asc(logEntries.id));
  return entries
    .filter(({ type }) => type === "page_verdict")
    .map(({ actorName, ...entry }) => logSentence({ ...entry, actor: { name: actorName }, user: null }));
}

describe("judgePage", () => {
  test("keeps one answer a person, tells it in the story and the audit log, and says nothing twice", async () => {
    const { hers, incidentId } = await resolved();
    expect((await getIncident(hers, incidentId)).ownVerdict).toEqual({ useful: null });
    for (const useful of [false, false, true, null, null]) await judgePage(hers, { incidentId, useful });
    expect(await told(incidentId)).toEqual([
      "Maya Rao said that the page was not useful",
      "Maya Rao said that the page was useful",
      "Maya Rao took back what they had said about the page",
    ]);
    const records = await db
      .select({ before: auditRecords.before, after: auditRecords.after })
      .from(auditRecords)
      .where(eq(auditRecords.action, "incident.page_judged"))
      .orderBy(asc(auditRecords.id));
    expect(records).toEqual([
      { before: { page: null }, after: { page: "not useful" } },
      { before: { page: "not useful" }, after: { page: "useful" } },
      { before: { page: "useful" }, after: { page: null } },
    ]);
    expect(await db.select().from(pageVerdicts)).toEqual([]);
  });

  test("two answers at the same moment are one answer", async () => {
    const { hers, incidentId } = await resolved();
    await Promise.all([true, false, true, false].map((useful) => judgePage(hers, { incidentId, useful })));
    expect(await db.select().from(pageVerdicts)).toHaveLength(1);
  });

  test("is no act on the incident: its facts stay, rebuilt or not", async () => {
    const { hers, incidentId } = await resolved();
    const facts = () => db.select().from(incidentFacts);
    const before = await facts();
    await judgePage(hers, { incidentId, useful: false });
    expect(await facts()).toEqual(before);
    await rebuildFacts(hers, { keep: true });
    expect(await facts()).toEqual(before);
  });

  test("is open to those alone to whom a page about it went, and once it is over", async () => {
    const { hers, ben, incidentId } = await resolved();
    const his = actAs(db, ben);
    expect((await getIncident(his, incidentId)).ownVerdict).toBeNull();
    await expect(judgePage(his, { incidentId, useful: true })).rejects.toMatchObject({ code: "forbidden" });
    const stakeholder = { ...hers, actor: { ...hers.actor, role: "stakeholder" as const } };
    await expect(judgePage(stakeholder, { incidentId, useful: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    const key = { ...hers, actor: { ...hers.actor, type: "api_key" as const } };
    await expect(judgePage(key, { incidentId, useful: true })).rejects.toMatchObject({ code: "forbidden" });
    await reopenIncident(hers, { incidentId });
    expect((await getIncident(hers, incidentId)).ownVerdict).toBeNull();
    await expect(judgePage(hers, { incidentId, useful: true })).rejects.toMatchObject({ code: "conflict" });
    expect(await db.select().from(pageVerdicts)).toEqual([]);
    expect(await told(incidentId)).toEqual([]);
  });

  test("does not ask whose page was ended before anything of it went out", async () => {
    const { maya, incidentId, ben } = await pageSomebody(db, [{ channel: "email" }]);
    await resolveIncidents(actAs(db, ben), { incidentIds: [incidentId] });
    expect((await getIncident(actAs(db, maya), incidentId)).ownVerdict).toBeNull();
  });
});
