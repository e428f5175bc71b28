import { expect, test } from "vitest";
import { changeEvents } from "#db/schema/events";
import { serviceDependencies } from "#db/schema/services";
import { listChangesBefore, listServiceChanges } from "#lib/events/queries/change-events";
import { newId } from "#lib/ids";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeService } from "#lib/testing/factories";
import { accept, makeScene, story, tick } from "#lib/testing/scenario";

const { db } = await useDatabase();
const observer = actAs(db, { role: "observer" });
const { service, integration } = await makeScene(db);
const [used, other] = await Promise.all([makeService(db), makeService(db)]);
await db.insert(serviceDependencies).values({ dependentId: service.id, supportingId: used.id });
await accept(db, integration.id, { dedupKey: "disk" });
await tick(db);
const { incident } = await story(db);

async function change(serviceId: string, minutesBefore: number, summary: string) {
  const at = new Date(incident.createdAt.getTime() - minutesBefore * 60_000);
  await db
    .insert(changeEvents)
    .values({ id: newId(), serviceId, summary, at, receivedAt: incident.createdAt });
}
await change(service.id, 5, "deploy 42");
await change(used.id, 60, "new index");
await change(other.id, 1, "of no matter");
await change(service.id, 25 * 60, "long ago");
await change(service.id, -1, "the fix");

test("changes of an incident's service, and of what it uses, are shown with how long before it they were made", async () => {
  const found = await listChangesBefore(observer, incident.id);
  const shown = found.map(({ summary, leadMilliseconds, isOwnService }) => ({
    summary,
    leadMinutes: leadMilliseconds / 60_000,
    isOwnService,
  }));
  expect(shown).toEqual([
    { summary: "deploy 42", leadMinutes: 5, isOwnService: true },
    { summary: "new index", leadMinutes: 60, isOwnService: false },
  ]);
  expect(await listChangesBefore(observer, newId())).toEqual([]);
});

test("changes of a service are listed, newest first, page by page", async () => {
  const first = await listServiceChanges(observer, { serviceId: service.id, limit: 2 });
  expect(first.changes.map(({ summary }) => summary)).toEqual(["the fix", "deploy 42"]);
  const next = await listServiceChanges(observer, {
    serviceId: service.id,
    limit: 2,
    cursor: first.nextCursor,
  });
  expect(next).toMatchObject({ changes: [{ summary: "long ago" }], nextCursor: null });
});
