import { expect, test } from "vitest";
import { runPendingActions } from "#lib/engine/modules/pending-actions";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { acknowledgeIncident } from "#lib/incidents/commands/acknowledge";
import { readDecisionTrail } from "#lib/incidents/queries/decision-trail";
import { listPersonPages } from "#lib/incidents/queries/person-pages";
import { useDatabase } from "#lib/testing/database";
import {
  actAs,
  makeIntegration,
  makeNotificationRule,
  makeOverride,
  makePolicy,
  makeSchedule,
  makeService,
  makeUser,
} from "#lib/testing/factories";
import { accept, story, tick } from "#lib/testing/scenario";

const { db, now } = await useDatabase();

test("tells from the event to the last send why one was paged, and of the others why not", async () => {
  const [ann, ben, ines, omar] = await Promise.all(
    ["Ann", "Ben", "Ines", "Omar"].map((name) => makeUser(db, { name })),
  );
  await makeNotificationRule(db, { userId: ben!.id });
  const at = await now();
  const schedule = await makeSchedule(db, { name: "Payments primary", userIds: [ann!.id] });
  const covers = {
    scheduleId: schedule.id,
    userId: ben!.id,
    startsAt: new Date(at.getTime() - 3_600_000),
    endsAt: new Date(at.getTime() + 3_600_000),
  };
  await makeOverride(db, covers);
  const policy = await makePolicy(db, {
    name: "Payments",
    levels: [
      { targets: [{ type: "schedule", id: schedule.id }] },
      { targets: [{ type: "user", id: ines!.id }] },
    ],
  });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  const integration = await makeIntegration(db, { serviceId: service.id });
  await accept(db, integration.id, { dedupKey: "checkout" });
  await tick(db, "test", [processInbox, runPendingActions]);
  const { incident } = await story(db);
  await acknowledgeIncident(actAs(db, ben), { incidentId: incident.id });
  const trailOf = (userId: string) => readDecisionTrail(actAs(db), { incidentId: incident.id, userId });

  const paged = await trailOf(ben!.id);
  expect(paged.event.alert?.summary).toBe("Symptom checkout");
  expect(paged.event.trace.length).toBeGreaterThan(0);
  expect(paged.pages.flatMap(({ trace }) => trace.map(({ because }) => because))).toEqual(
    expect.arrayContaining([expect.stringContaining("On call in Payments primary")]),
  );
  expect(paged.pages[0]?.deliveries.length).toBeGreaterThan(0);
  expect(paged.whyNot).toEqual([]);

  const asked = async (userId: string) =>
    (await listPersonPages(actAs(db), { userId })).map(({ number, pagedAt }) => [number, pagedAt !== null]);
  expect(await asked(ben!.id)).toEqual([[incident.number, true]]);
  expect(await asked(ann!.id)).toEqual([[incident.number, false]]);
  expect(await asked(ines!.id)).toEqual([[incident.number, false]]);
  expect(await asked(omar!.id)).toEqual([]);

  expect((await trailOf(ann!.id)).whyNot).toMatchObject([
    {
      sentence: "Not on call then: level 1 asked Payments primary.",
      because: expect.stringMatching(/^It had Ben \(On call in Payments primary/),
    },
  ]);
  expect((await trailOf(ines!.id)).whyNot).toMatchObject([
    { sentence: "Level 2 was not reached.", because: "Ben acknowledged it before." },
  ]);
  expect((await trailOf(omar!.id)).whyNot).toMatchObject([{ sentence: "Omar was on no level of Payments." }]);
});
