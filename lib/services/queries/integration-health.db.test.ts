import { expect, test } from "vitest";
import { readIntegrationHealth } from "#lib/services/queries/integration-health";
import { getIntegration } from "#lib/services/queries/integrations";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";
import { accept, makeScene, tick } from "#lib/testing/scenario";

const { db, moveTime } = await useDatabase();
const observer = actAs(db, { role: "observer" });

test("an integration that was heard hourly is quiet after a day of silence, and as usual before", async () => {
  const { integration } = await makeScene(db);
  const health = async () => readIntegrationHealth(observer, await getIntegration(observer, integration.id));
  expect(await health()).toEqual({
    kind: "unheard",
    sentence: "Nothing has arrived yet.",
    heardHours: 0,
    openErrors: 0,
  });
  for (let hour = 0; hour < 21; hour += 1) {
    await accept(db, integration.id, { dedupKey: "disk" }, { dedupKey: `disk-${hour}`, action: "resolve" });
    await tick(db);
    await moveTime({ hours: 1 });
  }
  expect(await health()).toMatchObject({ kind: "usual", heardHours: 21 });
  await moveTime({ hours: 25 });
  expect(await health()).toMatchObject({
    kind: "quiet",
    sentence: "Silent for 26 h, usually heard hourly; the longest of 20 gaps was 1 h.",
  });
});
