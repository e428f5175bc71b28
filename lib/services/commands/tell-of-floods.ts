import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import { intakeFloods } from "#db/schema/events";
import { integrations, services } from "#db/schema/services";
import type { TransactionContext } from "#lib/context";
import { sendNotices } from "#lib/notifications/commands/send-notices";
import { loadTeamOwners } from "#lib/people/queries/team-owners";

/** A key that kept within its limit for so long has calmed down. */
export const CALM_MS = 600_000;

/** Ends floods that are over and tells the owners of the services of those that are new, once each; answers how many notices went out. */
export async function tellOfFloods(scope: TransactionContext): Promise<number> {
  const { tx, now } = scope;
  await tx
    .update(intakeFloods)
    .set({ endedAt: now })
    .where(and(isNull(intakeFloods.endedAt), lt(intakeFloods.lastAt, new Date(now.getTime() - CALM_MS))));
  const untold = await tx
    .select({
      id: intakeFloods.id,
      integration: integrations.name,
      service: services.name,
      slug: services.slug,
      teamId: services.teamId,
    })
    .from(intakeFloods)
    .innerJoin(integrations, eq(integrations.id, intakeFloods.integrationId))
    .innerJoin(services, eq(services.id, integrations.serviceId))
    .where(isNull(intakeFloods.toldAt))
    .for("update", { of: intakeFloods, skipLocked: true });
  if (untold.length === 0) return 0;
  const ownersOf = await loadTeamOwners(
    tx,
    untold.map(({ teamId }) => teamId),
  );
  const ids = untold.map(({ id }) => id);
  await tx.update(intakeFloods).set({ toldAt: now }).where(inArray(intakeFloods.id, ids));
  return sendNotices(
    scope,
    untold.flatMap(({ id, integration, service, slug, teamId }) =>
      ownersOf(teamId).map(({ id: userId }) => ({
        userId,
        reason: "intake_flood" as const,
        key: `flood ${id}`,
        says: {
          title: `${service}: ${integration} sends more than its limit`,
          lines: [
            "Events that say the same are stored once for all of a second, so nothing is lost and nobody else is delayed.",
            "Look at what the monitor repeats, or raise its limit.",
          ],
          path: `/services/${slug}/integrations`,
        },
      })),
    ),
  );
}
