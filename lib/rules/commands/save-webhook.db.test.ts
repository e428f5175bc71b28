import { expect, test } from "vitest";
import { createWebhook, updateWebhook } from "#lib/rules/commands/save-webhook";
import { listWebhooks } from "#lib/rules/queries/webhooks";
import { useDatabase } from "#lib/testing/database";
import { actAs } from "#lib/testing/factories";

const { db } = await useDatabase();
const manager = actAs(db, { role: "manager" });

test("a webhook's headers are told to no other server than they were entered for", async () => {
  const headers = { authorization: "Bearer t0p" };
  const url = "https://ours.example/restart";
  const { id: webhookId } = await createWebhook(manager, { name: "Restart", url, headers });
  await updateWebhook(manager, { webhookId, url: "https://ours.example/other" });
  const elsewhere = { webhookId, url: "https://elsewhere.example/x" };
  await expect(updateWebhook(manager, elsewhere)).rejects.toMatchObject({ fields: [{ field: "headers" }] });
  await updateWebhook(manager, { ...elsewhere, headers: { authorization: "Bearer other" } });
  expect(await listWebhooks(manager)).toMatchObject([{ url: elsewhere.url, headerNames: ["authorization"] }]);
});
