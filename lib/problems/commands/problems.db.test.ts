import { beforeEach, describe, expect, test } from "vitest";
import { incidents } from "#db/schema/incidents";
import { inTransaction, SYSTEM } from "#lib/context";
import { problemsModule } from "#lib/engine/modules/problems";
import { newId } from "#lib/ids";
import { refreshFacts } from "#lib/incidents/commands/refresh-facts";
import { addAction, updateAction } from "#lib/problems/commands/actions";
import { createProblem } from "#lib/problems/commands/create-problem";
import { acceptSuggestion, dismissSuggestion } from "#lib/problems/commands/decide-suggestion";
import { detectRecurrences } from "#lib/problems/commands/detect-recurrences";
import { fillTemplates } from "#lib/problems/commands/fill-templates";
import { linkIncident, unlinkIncident } from "#lib/problems/commands/link-incidents";
import { updateProblem } from "#lib/problems/commands/update-problem";
import { getProblem } from "#lib/problems/queries/get-problem";
import { listKnownProblems } from "#lib/problems/queries/known-problems";
import { remindOverdue } from "#lib/problems/commands/remind-overdue";
import { readProblemFlow } from "#lib/problems/queries/flow";
import { countProblems, listBoard, listProblems } from "#lib/problems/queries/problems";
import { listSuggestions } from "#lib/problems/queries/suggestions";
import { completePolicy } from "#lib/escalation/policy";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeService, makeUser } from "#lib/testing/factories";
import { silent } from "#lib/testing/paging";
import { DAY, HOUR, MINUTE } from "#lib/time/calendar";

const { db, setTime, moveTime } = await useDatabase();
const sql = db.$client;
const start = new Date("2026-06-01T12:00:00Z");
const system = { db, actor: SYSTEM };
const engine = { db, engineId: "test", log: silent };
const policySnapshot = completePolicy({
  policyId: "QNONE",
  name: "None",
  numLoops: 0,
  teamId: null,
  fallbackUserId: null,
  levels: [],
});

beforeEach(async () => {
  await setTime(start);
  await sql`delete from problem_suggestions`;
  await sql`delete from corrective_actions`;
  await sql`delete from problems`;
  await sql`delete from incidents`;
  await sql`delete from settings`;
});

const ann = actAs(db, await makeUser(db, { name: "Ann" }));
const service = await makeService(db, { name: "Cash-out" });

/** Incidents so many days before the start, with titles that differ in their numbers only. */
async function happened(
  daysAgo: readonly number[],
  title = "Cash-out: latency above 900 ms",
): Promise<string[]> {
  const rows = daysAgo.map((days, index) => {
    const at = new Date(start.getTime() - days * DAY);
    const end = new Date(at.getTime() + 2 * HOUR);
    return {
      id: newId(at.getTime()),
      title: title.replace("900", String(900 + index)),
      status: "resolved" as const,
      urgency: "high" as const,
      serviceId: service.id,
      policySnapshot,
      detectionSource: "monitoring" as const,
      origin: "event" as const,
      startedAt: at,
      detectedAt: at,
      createdAt: at,
      resolvedAt: end,
      lastStatusChangeAt: end,
      updatedAt: end,
    };
  });
  await db.insert(incidents).values(rows);
  await db.transaction((tx) =>
    refreshFacts(
      { tx },
      rows.map(({ id }) => id),
    ),
  );
  return rows.map(({ id }) => id);
}

/** A history long enough to compare with, one incident a month, and seven of them in the last ten days. */
const recurrence = () => happened([200, 150, 100, 60, 10, 9, 7, 5, 4, 2, 1]);

describe("recurrences", () => {
  test("are proposed with their evidence, once", async () => {
    await recurrence();
    await happened([180, 90, 3], "Something else altogether");
    await fillTemplates(system);
    expect(await detectRecurrences(system)).toBe(1);
    expect(await detectRecurrences(system)).toBe(1);
    const [found, ...others] = await listSuggestions(ann);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: "template",
      observed: 7,
      windowDays: 14,
      service: { name: "Cash-out" },
    });
    expect(found?.incidents).toHaveLength(7);
    expect(found?.p).toBeLessThan(0.001);
  });

  test("by feature they are found wherever they are", async () => {
    const ids = await happened([200, 100, 6, 5, 3, 2, 1], "x");
    await sql`update incidents set title = 'Trouble number ' || chr(65 + (random() * 25)::int) || id`;
    await sql`update incident_facts set feature = 'bet slip' where incident_id = any(${ids})`;
    await fillTemplates(system);
    await detectRecurrences(system);
    const suggestions = await listSuggestions(ann);
    expect(suggestions.map(({ kind, label }) => [kind, label])).toContainEqual(["feature", "bet slip"]);
  });

  test("dismissed with a reason they come back only when they have grown", async () => {
    await recurrence();
    await fillTemplates(system);
    await detectRecurrences(system);
    const [found] = await listSuggestions(ann);
    await expect(dismissSuggestion(ann, found?.id ?? "", { reason: " " })).rejects.toMatchObject({
      fields: [{ field: "reason" }],
    });
    await dismissSuggestion(ann, found?.id ?? "", { reason: "A load test" });
    await happened([0.5, 0.4]);
    await fillTemplates(system);
    expect(await detectRecurrences(system)).toBe(0);
    await happened([0.3, 0.2]);
    await fillTemplates(system);
    expect(await detectRecurrences(system)).toBe(1);
  });

  test("the engine looks once a day by the database's clock, however many engines there are", async () => {
    await recurrence();
    const looked = async () => {
      const looking = problemsModule();
      // The first run fills templates, the next one looks.
      await looking.run(engine);
      await looking.run(engine);
      const [row] =
        await sql`select updated_at::text as at from settings where key = 'recurrences_looked_at'`;
      return row?.["at"];
    };
    const first = await looked();
    expect(await listSuggestions(ann)).toHaveLength(1);
    await moveTime({ minutes: 120 });
    expect(await looked()).toBe(first);
    await moveTime({ minutes: 23 * 60 });
    expect(await looked()).not.toBe(first);
  });
});

describe("a problem", () => {
  async function accepted() {
    await recurrence();
    await fillTemplates(system);
    await detectRecurrences(system);
    const [found] = await listSuggestions(ann);
    return acceptSuggestion(ann, found?.id ?? "", {});
  }

  test("made of a suggestion gathers its kind, before and to come, and is proposed no more", async () => {
    const { id, number } = await accepted();
    expect((await getProblem(ann, String(number))).incidentCount).toBe(11);
    await happened([0.1]);
    await fillTemplates(system);
    expect(await detectRecurrences(system)).toBe(0);
    expect((await getProblem(ann, id)).incidentCount).toBe(12);
  });

  test("what a person took out is not gathered again; what one puts in is", async () => {
    const { id } = await accepted();
    const [first] = (await getProblem(ann, id)).incidents;
    await unlinkIncident(ann, id, first?.id ?? "");
    await detectRecurrences(system);
    expect((await getProblem(ann, id)).incidentCount).toBe(10);
    await linkIncident(ann, id, { incident: `#${first?.number}`, relation: "related" });
    expect((await getProblem(ann, id)).incidents[0]).toMatchObject({ relation: "related", via: "person" });
    await expect(linkIncident(ann, id, { incident: "999999" })).rejects.toMatchObject({ code: "invalid" });
  });

  test("its workaround stands on an open incident of its kind, from the first second", async () => {
    const { id } = await accepted();
    const [fresh] = await happened([0]);
    await sql`update incidents set status = 'triggered', resolved_at = null where id = ${fresh ?? ""}`;
    expect(await listKnownProblems(ann, fresh ?? "")).toEqual([]);
    await expect(updateProblem(ann, id, { state: "known_error" })).rejects.toMatchObject({
      code: "conflict",
    });
    await updateProblem(ann, id, { workaround: "Drain node 3", state: "known_error" });
    expect(await listKnownProblems(ann, fresh ?? "")).toMatchObject([
      { workaround: "Drain node 3", state: "known_error", isLinked: false },
    ]);
    const [other] = await happened([0], "Something else altogether");
    expect(await listKnownProblems(ann, other ?? "")).toEqual([]);
  });

  test("verification counts what came after the fix", async () => {
    const { id } = await accepted();
    await updateProblem(ann, id, { state: "verifying" });
    await moveTime({ days: 21 });
    const { verification, recurrencesSinceFix } = await getProblem(ann, id);
    expect(recurrencesSinceFix).toBe(0);
    expect(verification).toMatchObject({ count: 0, verdict: "no_verdict" });
    expect(verification?.expected).toBeGreaterThan(1);
    await expect(updateProblem(ann, id, { fixedAt: "2030-01-01T00:00:00Z" })).rejects.toMatchObject({
      fields: [{ field: "fixedAt" }],
    });
  });

  test("its cost is made of the facts and the rates of the settings", async () => {
    const { id } = await accepted();
    await sql`update incident_facts set engaged_ms = ${2 * HOUR}, customer_impact = true,
      impact_started_at = created_at, impact_ended_at = created_at + interval '30 minutes'`;
    await sql`insert into settings values ('cost_per_hour', '50', now()), ('cost_per_impact_minute', '10', now())`;
    const { problems, rates } = await listProblems(ann);
    expect(rates).toMatchObject({ cost_per_hour: 50, cost_per_impact_minute: 10 });
    expect(problems).toMatchObject([
      { id, engagedMs: 22 * HOUR, impactMs: 11 * 30 * MINUTE, cost: 22 * 50 + 330 * 10 },
    ]);
  });

  test("lists come page by page, the costliest first, or of one state", async () => {
    for (const title of ["One", "Two", "Three"]) await createProblem(ann, { title });
    const { id } = await accepted();
    await updateProblem(ann, id, { state: "investigating" });
    const pages = await Promise.all([0, 2].map((offset) => listProblems(ann, {}, { limit: 2, offset })));
    expect(pages.map(({ total, problems }) => [total, problems.length])).toEqual([
      [4, 2],
      [4, 2],
    ]);
    expect(pages[0]?.problems[0]?.id).toBe(id);
    expect(new Set(pages.flatMap(({ problems }) => problems.map((problem) => problem.id))).size).toBe(4);
    const suspected = await listProblems(ann, { state: "suspected" });
    expect([suspected.total, suspected.problems.length]).toEqual([3, 3]);
    expect((await countProblems(ann)).investigating).toBe(1);
    const board = await listBoard(ann);
    expect(board.problems).toHaveLength(4);
  });

  test("the flow shows where problems stood, week by week", async () => {
    await setTime(new Date(start.getTime() - 20 * DAY));
    const { id } = await createProblem(ann, { title: "Flows" });
    await setTime(new Date(start.getTime() - 10 * DAY));
    await updateProblem(ann, id, { state: "investigating" });
    await setTime(start);
    await createProblem(ann, { title: "New" });
    const flow = await readProblemFlow(ann);
    expect(flow).toHaveLength(27);
    const totals = flow.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
    expect([totals[0], totals.at(-1)]).toEqual([0, 2]);
    expect(flow.find(({ day }) => day === "2026-05-18")?.counts).toMatchObject({
      suspected: 1,
      investigating: 0,
    });
    expect(flow.at(-1)?.counts).toMatchObject({ suspected: 1, investigating: 1 });
  });

  test("whoever has something overdue is told when it becomes so, and weekly", async () => {
    const owner = await makeUser(db, { name: "Owner" });
    const told = async () => {
      await inTransaction(system, remindOverdue);
      const rows = await sql<{ title: string }[]>`
        select notice->>'title' as title from pages where user_id = ${owner.id} order by created_at, id`;
      return rows.map(({ title }) => title);
    };
    const { id } = await createProblem(ann, { title: "Nodes run full", ownerId: owner.id });
    const { id: actionId } = await addAction(ann, {
      title: "Alert earlier",
      problemId: id,
      dueOn: "2026-06-01",
    });
    expect(await told()).toEqual([]);
    await moveTime({ days: 1 });
    expect(await told()).toEqual(["1 corrective action of yours is overdue"]);
    await moveTime({ days: 3 });
    expect(await told()).toHaveLength(1);
    await moveTime({ days: 4 });
    expect(await told()).toHaveLength(2);
    await updateAction(ann, actionId, { state: "done" });
    await moveTime({ days: 7 });
    expect(await told()).toHaveLength(2);
  });

  test("actions have an owner, a day and an end", async () => {
    const { id } = await createProblem(ann, { title: "Nodes run full" });
    await expect(addAction(ann, { title: "Alert earlier" })).rejects.toMatchObject({ code: "invalid" });
    await expect(addAction(ann, { title: "x", problemId: id, dueOn: "soon" })).rejects.toMatchObject({
      fields: [{ field: "dueOn" }],
    });
    const { id: actionId } = await addAction(ann, {
      title: "Alert earlier",
      problemId: id,
      dueOn: "2026-05-30",
    });
    expect((await getProblem(ann, id)).actions).toMatchObject([{ isOverdue: true, endedAt: null }]);
    await updateAction(ann, actionId, { state: "done" });
    expect((await getProblem(ann, id)).actions).toMatchObject([
      { isOverdue: false, state: "done", endedAt: expect.any(String) },
    ]);
    await updateAction(ann, actionId, { state: "open" });
    expect((await getProblem(ann, id)).actions).toMatchObject([{ endedAt: null }]);
  });

  test("every change is in its history; stakeholders only read", async () => {
    const { id } = await createProblem(ann, { title: "Nodes run full" });
    await updateProblem(ann, id, { state: "investigating", ownerId: ann.actor.id });
    await updateProblem(ann, id, { state: "investigating" });
    const { history } = await getProblem(ann, id);
    expect(history.map(({ actorName, text }) => `${actorName} ${text}`)).toEqual([
      "Ann moved it to Investigating and changed the owner",
      "Ann opened the problem",
    ]);
    const cto = actAs(db, await makeUser(db, { role: "stakeholder" }));
    expect((await getProblem(cto, id)).title).toBe("Nodes run full");
    for (const write of [
      createProblem(cto, { title: "x" }),
      updateProblem(cto, id, { title: "x" }),
      addAction(cto, { title: "x", problemId: id }),
      linkIncident(cto, id, { incident: "1" }),
    ]) {
      await expect(write).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
