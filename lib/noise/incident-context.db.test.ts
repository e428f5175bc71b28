import { beforeEach, expect, test } from "vitest";
import { incidents } from "#db/schema/incidents";
import { serviceDependencies } from "#db/schema/services";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { getIncident } from "#lib/incidents/queries/get-incident";
import { readIncidentContext } from "#lib/noise/queries/incident-context";
import { actAs, makeIntegration, makeService } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, tick } from "#lib/testing/scenario";

const { db, moveTime, sql } = await useDatabase();

beforeEach(async () => {
  await sql`truncate inbox, incidents, alerts, pages, pending_actions, integrations, services, escalation_policies, users, schedules, groupings, alert_templates cascade`;
});

test("an incident shows those like it, how each ended, what failed beside it, and how usual it is", async () => {
  const { integration, service, policy } = await makeScene(db);
  const store = await makeService(db, { name: "Store", escalationPolicyId: policy.id });
  await db.insert(serviceDependencies).values({ dependentId: service.id, supportingId: store.id });
  const storeKey = await makeIntegration(db, { serviceId: store.id });
  const send = async (integrationId: string, dedupKey: string, summary: string) => {
    await accept(db, integrationId, { dedupKey, summary });
    await tick(db, "test", [processInbox]);
  };
  for (const n of [1, 2, 3, 4]) {
    await send(integration.id, `d${n}`, `disk ${80 + n} % full`);
    await moveTime({ minutes: 3 });
    await accept(db, integration.id, { dedupKey: `d${n}`, action: "resolve" });
    await tick(db, "test", [processInbox]);
    await moveTime({ minutes: 60 * 24 });
  }
  await send(storeKey.id, "s", "replica lag above 30 s");
  await moveTime({ minutes: 5 });
  await send(integration.id, "now", "disk 99 % full");
  const reader = actAs(db, { role: "stakeholder" });
  const own = (await db.select().from(incidents)).find(({ title }) => title === "disk 99 % full");
  const { past, related } = await readIncidentContext(reader, await getIncident(reader, own?.id ?? ""));
  expect(
    past.incidents.map(({ title, lastedMs, why }) => [title, Math.round((lastedMs ?? 0) / 60_000), why]),
  ).toEqual([84, 83, 82, 81].map((percent) => [`disk ${percent} % full`, 3, "The same kind of incident"]));
  expect(past).toMatchObject({ sameKind: 4, outlier: { mark: "frequent" } });
  expect(related.map(({ title, why }) => [title, why])).toEqual([
    // The clock that was moved goes on while the test works.
    [
      "replica lag above 30 s",
      expect.stringMatching(`^${service.name} uses Store; opened [56] m before this one$`),
    ],
  ]);
});
