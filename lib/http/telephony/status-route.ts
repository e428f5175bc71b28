import { database } from "#db/client";
import type { Database } from "#db/connect";
import { done, plain, withHook } from "#lib/http/telephony/hook";
import { readStatusToken } from "#lib/notifications/channels/telephony/hook-urls";
import { reportDelivery } from "#lib/notifications/commands/report-delivery";
import { readCallFacts } from "#lib/notifications/queries/call-facts";
import { voicemailOf } from "#lib/notifications/voice-script";

/** What became of a text or call, told by its provider. */
export async function statusRoute(
  request: Request,
  { providerId, token }: { providerId: string; token: string },
  db: Database = database(),
): Promise<Response> {
  return withHook(db, request, providerId, async ({ hooks, request: hook }) => {
    const deliveryId = readStatusToken(token);
    const event = hooks.readStatus(hook);
    if (deliveryId === null || !event) return plain(400, "The report can't be read.");
    const { externalId, report } = event;
    if (report.kind !== "under_way") await reportDelivery(db, { deliveryId, externalId, ...report });
    if (!event.machineListens) return done();
    const facts = await readCallFacts(db, { deliveryId, named: [] });
    return hooks.speak(voicemailOf(facts?.waiting ?? []), null);
  });
}
