import { expect, it } from "vitest";
import { pages } from "#db/schema/notifications";
import { inTransaction } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeContactMethod, makeUser } from "#lib/testing/factories";
import { delivering, recorder, runOnce } from "#lib/testing/paging";

const database = await useDatabase();

it("tells each person once under a key, and by their own contact methods", async () => {
  const { db } = database;
  const maya = await makeUser(db, { name: "Maya Rao" });
  const ben = await makeUser(db, { name: "Ben Ng" });
  await makeContactMethod(db, { userId: maya.id, channel: "webhook", address: "https://maya.example.com" });
  const says = { title: "Your shift begins", lines: ["Payments, until Monday 09:00."], path: "/on-call" };
  const tell = (userIds: string[]) =>
    inTransaction(actAs(db), (scope) =>
      sendNotices(
        scope,
        userIds.map((userId) => ({ userId, reason: "cover", key: "cover:1", says })),
      ),
    );

  expect(await tell([maya.id])).toBe(1);
  expect(await tell([maya.id, ben.id])).toBe(1);

  const webhook = recorder("webhook");
  const email = recorder("email");
  await runOnce(db, delivering({ webhook: webhook.sender, email: email.sender }));
  expect(webhook.sent).toHaveLength(1);
  expect(webhook.sent[0]?.facts).toMatchObject({ incident: null, notice: says, reason: "cover" });
  expect(webhook.sent[0]?.facts.links.open).toMatch(/\/on-call$/);
  expect(email.sent).toHaveLength(1);
  const rows = await db.select({ state: pages.state, urgency: pages.urgency }).from(pages);
  expect(rows.map(({ urgency }) => urgency)).toEqual(["low", "low"]);
});
