import { eq } from "drizzle-orm";
import { escalationLevels, escalationTargets } from "#db/schema/escalation";
import type { Transaction } from "#lib/context";
import type { Target } from "#lib/escalation/policy";
import { newId } from "#lib/ids";

type LevelInput = { delayMinutes: number; targets: Pick<Target, "type" | "id">[] };

/** Replaces the levels of a policy. A level keeps the id that its position had, so that clients recognise it. */
export async function writeLevels(
  tx: Transaction,
  policyId: string,
  levels: readonly LevelInput[],
): Promise<void> {
  const before = await tx.delete(escalationLevels).where(eq(escalationLevels.policyId, policyId)).returning();
  const idAt = new Map(before.map(({ position, id }) => [position, id]));
  const rows = levels.map((level, index) => ({
    id: idAt.get(index + 1) ?? newId(),
    position: index + 1,
    level,
  }));
  if (rows.length === 0) return;
  await tx
    .insert(escalationLevels)
    .values(
      rows.map(({ id, position, level }) => ({ id, policyId, position, delayMinutes: level.delayMinutes })),
    );
  await tx.insert(escalationTargets).values(
    rows.flatMap(({ id: levelId, level }) =>
      level.targets.map(({ type, id }, index) => ({
        id: newId(),
        levelId,
        position: index + 1,
        type,
        userId: type === "user" ? id : null,
        scheduleId: type === "schedule" ? id : null,
      })),
    ),
  );
}
