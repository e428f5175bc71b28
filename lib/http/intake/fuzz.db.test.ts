import { afterAll, expect, test } from "vitest";
import { processInbox } from "#lib/engine/modules/process-inbox";
import { stopIntake } from "#lib/events/commands/intake";
import { createHeartbeat } from "#lib/heartbeats/commands/create-heartbeat";
import { handleIntake } from "#lib/http/intake/route";
import { useDatabase } from "#lib/testing/database";
import { actAs, makeIntegration } from "#lib/testing/factories";
import { createMailbox } from "#lib/mail-in/commands/mailboxes";
import { hostileRequest, seededRandom } from "#lib/testing/hostile-requests";
import { tick } from "#lib/testing/scenario";

const { db } = await useDatabase();
afterAll(stopIntake);

const REQUESTS = 1_500;
const AT_ONCE = 25;

/** The short form of `npm run fuzz -- intake`. */
test("no request makes the intake fail, and what it accepts can be processed", async () => {
  const { key, serviceId } = await makeIntegration(db);
  const plan = { serviceId, name: "Fuzz", everySeconds: 60 };
  const { key: beat } = await createHeartbeat(actAs(db, { role: "manager" }), plan);
  const box = { serviceId, name: "Fuzz", localPart: "fuzz" };
  const { key: mailbox } = await createMailbox(actAs(db, { role: "manager" }), box);
  const random = seededRandom(20_261_130);
  const failed: string[] = [];
  for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
    const requests = Array.from({ length: AT_ONCE }, () => hostileRequest(random, { key, beat, mailbox }));
    await Promise.all(
      requests.map(async ({ method, path, headers, body }) => {
        const url = new URL(path, "http://touchline.test");
        const response = await handleIntake(
          new Request(url, { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) }),
        );
        if (response.status >= 500) failed.push(`${response.status} ${method} ${path}`);
      }),
    );
  }
  expect(failed).toEqual([]);
  await tick(db, "fuzz", [processInbox]);
  const aside = await db.$client<
    { reason: string }[]
  >`select reason from intake_errors where source = 'inbox'`;
  expect(aside.map(({ reason }) => reason)).toEqual([]);
}, 60_000);
