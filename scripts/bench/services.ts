import type { Database } from "#db/connect";
import { makeIntegration, makePolicy, makeService, makeUser } from "#lib/testing/factories";

/** Services whose incidents are assigned to one person without any contact method; answers their keys. */
export async function makePagedServices(db: Database, count: number): Promise<string[]> {
  const user = await makeUser(db, { name: "Ann" });
  const policy = await makePolicy(db, { levels: [{ targets: [{ type: "user", id: user.id }] }] });
  const integrations = await Promise.all(
    Array.from({ length: count }, async () => {
      const service = await makeService(db, { escalationPolicyId: policy.id });
      return makeIntegration(db, { serviceId: service.id });
    }),
  );
  return integrations.map(({ key }) => key);
}
