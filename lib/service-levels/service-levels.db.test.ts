import { beforeEach, describe, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { incidentServiceLevels } from "#db/schema/service-levels";
import { SYSTEM } from "#lib/context";
import { runServiceLevels } from "#lib/engine/modules/service-levels";
import { countIncidents } from "#lib/incidents/queries/count-incidents";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { snoozeIncidents } from "#lib/incidents/commands/snooze";
import { log } from "#lib/log";
import {
  createServiceLevel,
  removeServiceLevel,
  updateServiceLevel,
} from "#lib/service-levels/commands/save-policy";
import { readServiceLevelReport } from "#lib/service-levels/queries/compliance";
import { loadIncidentLevels } from "#lib/service-levels/queries/incident-levels";
import { stateOf } from "#lib/service-levels/state";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { accept, makeScene, story, tick } from "#lib/testing/scenario";

const { db, moveTime, now, sql } = await useDatabase();
const owner = actAs(db, { role: "owner" });
const ACKNOWLEDGE = {
  name: "Acknowledged",
  metric: "acknowledge" as const,
  calendar: "always" as const,
  pausesWhileSnoozed: false,
  goalPercent: 90,
  targets: [{ priority: null, tier: null, minutes: 10 }],
};
const RESOLVE = { ...ACKNOWLEDGE, name: "Resolved", metric: "resolve" as const, pausesWhileSnoozed: true };

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, outbox,
    service_level_policies cascade`;
});

async function begin() {
  const scene = await makeScene(db);
  await accept(db, scene.integration.id, { dedupKey: "disk" });
  await tick(db);
  const { incident } = await story(db);
  return { incidentId: incident.id, asAnn: actAs(db, scene.ann) };
}

const run = () => runServiceLevels.run({ db, engineId: "test", log: log() });
const levelsOf = async (id: string) => (await loadIncidentLevels(db, [id])).get(id) ?? [];
const statesOf = async (id: string) =>
  (await levelsOf(id)).map(({ name, state }) => `${name}: ${state}`).toSorted();

async function notices(): Promise<string[]> {
  const rows = await sql<{ title: string }[]>`
    select notice->>'title' as title from pages where reason = 'service_level' order by created_at`;
  return rows.map(({ title }) => title);
}

describe("a service level", () => {
  test("runs, is at risk at 80 %, says so once, and is broken after its time", async () => {
    await createServiceLevel(owner, ACKNOWLEDGE);
    const { incidentId, asAnn } = await begin();
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: on_track"]);
    const { nextAt } = await run();
    expect(nextAt?.getTime()).toBeGreaterThan((await now()).getTime() + 7 * 60_000);
    await moveTime({ minutes: 8, seconds: 1 });
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: at_risk"]);
    await run();
    await run();
    expect(await notices()).toEqual([
      expect.stringMatching(/must be acknowledged by \w{3} \d+ \w+ \d\d:\d\d \(.+\)$/),
    ]);
    await moveTime({ minutes: 2 });
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: breached"]);
    await acknowledgeIncident(asAnn, { incidentId });
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: breached"]);
    const report = await readServiceLevelReport(owner, { team: [], service: [] });
    expect(report.levels[0]?.rolling).toMatchObject({
      judged: 1,
      share: 0,
      budget: { allowed: 0, left: -1 },
    });
    expect(report.levels[0]?.misses).toHaveLength(1);
  });

  test("stands still while it is snoozed and goes on afterwards", async () => {
    await createServiceLevel(owner, RESOLVE);
    const { incidentId, asAnn } = await begin();
    await moveTime({ minutes: 4 });
    await snoozeIncidents(asAnn, { incidentIds: [incidentId], seconds: 3600 });
    expect(await statesOf(incidentId)).toEqual(["Resolved: paused"]);
    await moveTime({ minutes: 50 });
    expect(await statesOf(incidentId)).toEqual(["Resolved: paused"]);
    await acknowledgeIncident(asAnn, { incidentId });
    expect(await statesOf(incidentId)).toEqual(["Resolved: on_track"]);
    await moveTime({ minutes: 5 });
    await resolveIncidents(asAnn, { incidentIds: [incidentId] });
    expect(await statesOf(incidentId)).toEqual(["Resolved: met"]);
  });

  test("is measured anew for incidents that were there, when it is made, changed or removed", async () => {
    const { incidentId } = await begin();
    const { id: policyId } = await createServiceLevel(owner, ACKNOWLEDGE);
    expect(await statesOf(incidentId)).toEqual([]);
    await run();
    await moveTime({ minutes: 5 });
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: on_track"]);
    await updateServiceLevel(owner, {
      policyId,
      ...ACKNOWLEDGE,
      targets: [{ priority: null, tier: null, minutes: 3 }],
    });
    await run();
    expect(await statesOf(incidentId)).toEqual(["Acknowledged: breached"]);
    await updateServiceLevel(owner, {
      policyId,
      ...ACKNOWLEDGE,
      targets: [{ priority: 1, tier: null, minutes: 3 }],
    });
    await run();
    expect(await statesOf(incidentId)).toEqual([]);
    await removeServiceLevel(owner, { policyId });
    await run();
    expect(await db.select().from(incidentServiceLevels)).toEqual([]);
  });

  test("counts as many as the list it opens has, and the database judges as the core does", async () => {
    await createServiceLevel(owner, ACKNOWLEDGE);
    await createServiceLevel(owner, RESOLVE);
    const { incidentId, asAnn } = await begin();
    await moveTime({ minutes: 9 });
    await acknowledgeIncident(asAnn, { incidentId });
    const viewer = { ...owner, actor: { ...SYSTEM } };
    for (const minutes of [0, 2, 60]) {
      await moveTime({ minutes });
      const report = await readServiceLevelReport(viewer, { team: [], service: [] });
      for (const { rolling, month } of report.levels) {
        for (const { count, href } of [...Object.values(rolling.states), ...Object.values(month.states)]) {
          const { filter, ignored } = parseIncidentFilter(new URL(href, "http://localhost").searchParams);
          expect(ignored).toEqual([]);
          expect(await countIncidents(viewer, filter)).toBe(count);
        }
      }
      const at = (await now()).getTime();
      const rows = await db
        .select()
        .from(incidentServiceLevels)
        .where(eq(incidentServiceLevels.incidentId, incidentId));
      const states = rows.map((row) =>
        stateOf(
          {
            endedAt: row.endedAt?.getTime() ?? null,
            reached: row.reached,
            dueAt: row.dueAt?.getTime() ?? null,
            atRiskAt: row.atRiskAt?.getTime() ?? null,
          },
          at,
        ),
      );
      const levels = await levelsOf(incidentId);
      expect(new Set(levels.map(({ state }) => state))).toEqual(new Set(states));
    }
  });

  test("refuses what makes no sense, and those who may not", async () => {
    await expect(createServiceLevel(owner, { ...ACKNOWLEDGE, targets: [] })).rejects.toMatchObject({
      fields: [{ field: "targets" }],
    });
    const twice = [...ACKNOWLEDGE.targets, ...ACKNOWLEDGE.targets];
    await expect(createServiceLevel(owner, { ...ACKNOWLEDGE, targets: twice })).rejects.toMatchObject({
      fields: [{ field: "targets" }],
    });
    await createServiceLevel(owner, ACKNOWLEDGE);
    await expect(createServiceLevel(owner, { ...ACKNOWLEDGE, name: "ACKNOWLEDGED" })).rejects.toMatchObject({
      fields: [{ field: "name" }],
    });
    await expect(createServiceLevel(actAs(db, { role: "responder" }), RESOLVE)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("availability", () => {
  test("counts the time customers noticed, once, and nothing that they did not", async () => {
    const { incidentId } = await begin();
    await sql`update services set customer_facing = true, availability_target = 99.9`;
    await moveTime({ minutes: 200 });
    await sql`update incidents set customer_impact = true, impact_started_at = now() - interval '90 minutes',
      impact_ended_at = now() - interval '30 minutes' where id = ${incidentId}`;
    await sql`update incident_facts f set customer_impact = true, impact_started_at = i.impact_started_at, impact_ended_at = i.impact_ended_at
      from incidents i where i.id = f.incident_id`;
    const read = async () => (await readServiceLevelReport(owner, { team: [], service: [] })).availability[0];
    expect(await read()).toMatchObject({
      rolling: { downMs: 60 * 60_000 },
      target: 99.9,
      outages: { count: 1 },
    });
    const days = (await read())?.days ?? [];
    expect(days).toHaveLength(90);
    expect(days.reduce((sum, { downMs }) => sum + downMs, 0)).toBe(60 * 60_000);
    await sql`update incident_facts set customer_impact = false, major = true`;
    expect(await read()).toMatchObject({ rolling: { downMs: 0, upPercent: 100 }, outages: { count: 0 } });
  });
});
