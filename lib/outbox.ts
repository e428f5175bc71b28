import { insertMany } from "#db/insert-many";
import { outbox } from "#db/schema/organisation";
import type { TransactionContext } from "#lib/context";

export type Change = {
  /** What happened, `<entity>.<verb>`: incident.acknowledged, schedule.published … */
  topic: string;
  entityType: string;
  entityId: string;
  data?: Record<string, unknown>;
};

/** Tells everybody who listens (browsers, later webhooks) what changed, once the surrounding transaction commits. */
export async function publish(scope: TransactionContext, ...changes: Change[]): Promise<void> {
  await insertMany(
    scope.tx,
    outbox,
    changes.map((change) => ({
      at: scope.now,
      topic: change.topic,
      entityType: change.entityType,
      entityId: change.entityId,
      data: change.data ?? {},
    })),
  );
}
