import type { Database } from "#db/connect";
import {
  makeIntegration,
  makeNotificationRule,
  makePolicy,
  makeService,
  makeUser,
} from "#lib/testing/factories";

/** A service whose incidents page one person by e-mail at once. */
export async function makePagedService(db: Database): Promise<{ key: string }> {
  const user = await makeUser(db, { name: "Ann" });
  await makeNotificationRule(db, { userId: user.id, urgency: "high" });
  const policy = await makePolicy(db, {
    levels: [{ delayMinutes: 30, targets: [{ type: "user", id: user.id }] }],
  });
  const service = await makeService(db, { escalationPolicyId: policy.id });
  return makeIntegration(db, { serviceId: service.id });
}
