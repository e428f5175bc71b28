import { beforeEach, describe, expect, test } from "vitest";
import { incidents, pendingActions } from "#db/schema/incidents";
import { pages } from "#db/schema/notifications";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { declareIncident } from "#lib/incidents/commands/declare";
import { reopenIncident } from "#lib/incidents/commands/reopen";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import { updateIncident } from "#lib/incidents/commands/update";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { accept, makeScene, pagesOf, story, tick } from "#lib/testing/scenario";

const { db, setTime, sql } = await useDatabase();

const EVENING = new Date("2026-06-03T20:00:00Z");
const MORNING = Date.parse("2026-06-04T09:00:00Z");

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules cascade`;
  await setTime(EVENING);
});

/** Low outside of 09:00 to 17:00 on working days, and high as soon as they begin. */
function makeNightScene() {
  return makeScene(db, {
    autoResolveTimeout: null,
    acknowledgementTimeout: null,
    raiseUrgencyAt: "support_hours_start",
    supportHours: { timeZone: "Etc/UTC", startTime: "09:00", endTime: "17:00", daysOfWeek: [1, 2, 3, 4, 5] },
    urgencyRule: {
      type: "use_support_hours",
      duringSupportHours: { type: "constant", urgency: "high" },
      outsideSupportHours: { type: "constant", urgency: "low" },
    },
  });
}

const at = async (minutes: number) => {
  await setTime(new Date(MORNING + minutes * 60_000));
  await tick(db);
};
const pagedUrgencies = async () => {
  const rows = await db.select({ urgency: pages.urgency }).from(pages).orderBy(pages.step);
  return rows.map(({ urgency }) => urgency);
};

describe("a low-urgency incident of a service that raises it when support hours begin", () => {
  test("becomes high then, pages by the high rules, and escalates", async () => {
    const { integration } = await makeNightScene();
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    expect((await story(db)).incident.urgency).toBe("low");
    expect(
      await db.select({ type: pendingActions.type, at: pendingActions.at }).from(pendingActions),
    ).toEqual([{ type: "urgency_change", at: new Date(MORNING) }]);
    await at(-1);
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    await at(0);
    expect((await story(db)).incident).toMatchObject({ urgency: "high", status: "triggered", level: 1 });
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann urgency_raised"]);
    expect(await pagedUrgencies()).toEqual(["low", "high"]);
    await at(31);
    expect(await pagesOf(db)).toEqual(["Ann assigned", "Ann urgency_raised", "Ben escalated"]);
  });

  test("becomes high without a page while somebody has it", async () => {
    const { ann, integration } = await makeNightScene();
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    await acknowledgeIncident(actAs(db, ann), { incidentId: (await story(db)).incident.id });
    await at(0);
    expect((await story(db)).incident).toMatchObject({ urgency: "high", status: "acknowledged" });
    expect(await pagesOf(db)).toEqual(["Ann assigned"]);
    expect(await db.select().from(pendingActions)).toEqual([]);
  });

  test("does so however it came to be low: declared, lowered by hand, opened again", async () => {
    const { service, ann } = await makeNightScene();
    const ctx = actAs(db, ann);
    const declare = async (urgency: "low" | "high") =>
      (await declareIncident(ctx, { title: "Odd", serviceId: service.id, urgency })).id;
    await declare("low");
    const incidentId = await declare("high");
    await updateIncident(ctx, { incidentId, urgency: "low" });
    const again = await declare("low");
    await resolveIncidents(ctx, { incidentIds: [again] });
    await reopenIncident(ctx, { incidentId: again });
    await at(0);
    expect(await db.select({ urgency: incidents.urgency }).from(incidents)).toEqual(
      Array.from({ length: 3 }, () => ({ urgency: "high" })),
    );
  });

  test("has no such timer when it is high already", async () => {
    const { integration } = await makeNightScene();
    await at(5);
    await accept(db, integration.id, { dedupKey: "disk" });
    await tick(db);
    expect(await db.select({ type: pendingActions.type }).from(pendingActions)).toEqual([
      { type: "escalate" },
    ]);
  });
});
