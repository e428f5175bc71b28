import { expect, test } from "vitest";
import { contactMethods } from "#db/schema/people";
import { deliveries } from "#db/schema/notifications";
import { runDeliver } from "#lib/engine/modules/deliver";
import { makeContactMethod, makeNotificationRule } from "#lib/testing/factories";
import { useDatabase } from "#lib/testing/database";
import { accept, makeScene, tick } from "#lib/testing/scenario";
import { eq } from "drizzle-orm";

const { db } = await useDatabase();

test("a contact method whose secret can't be read fails for good and says what to do", async () => {
  const { ann, integration } = await makeScene(db);
  await db.delete(contactMethods).where(eq(contactMethods.userId, ann.id));
  const method = await makeContactMethod(db, {
    userId: ann.id,
    channel: "webhook",
    address: "https://hooks.example.com/1",
    secret: "v1.AAAA.AAAA.AAAA",
  });
  await makeNotificationRule(db, { userId: ann.id, urgency: "high", contactMethodId: method.id });
  await accept(db, integration.id, { dedupKey: "disk" });
  await tick(db);
  await tick(db, "test", [runDeliver]);
  const sent = await db.select().from(deliveries).where(eq(deliveries.contactMethodId, method.id));
  expect(sent).toMatchObject([{ state: "failed", attempts: 1 }]);
  expect(sent[0]?.lastError).toContain("Add this contact method again.");
});
