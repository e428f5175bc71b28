import { eq } from "drizzle-orm";
import { escalationLevels, escalationTargets } from "#db/schema/escalation";
import type { Transaction } from "#lib/context";
import type { Level, Target } from "#lib/escalation/policy";
import { newId } from "#lib/ids";

type LevelInput = Omit<Level, "id" | "targets"> & {
  id?: string | null | undefined;
  targets: Pick<Target, "type" | "id">[];
};

/**
 * Replaces the levels of a policy. A level keeps the id it names, wherever it was moved, and without one the id that its position
 * had; so clients recognise it, open incidents find it again, and its turns go on.
 */
export async function writeLevels(
  tx: Transaction,
  policyId: string,
  levels: readonly LevelInput[],
): Promise<void> {
  const before = await tx.delete(escalationLevels).where(eq(escalationLevels.policyId, policyId)).returning();
  const known = new Set(before.map(({ id }) => id));
  const kept = levels.map(({ id }) => (id && known.delete(id) ? id : null));
  const idAt = new Map(before.map(({ position, id }) => [position, id]));
  const rows = levels.map((level, index) => {
    const inPlace = level.id ? undefined : idAt.get(index + 1);
    const id = kept[index] ?? (inPlace !== undefined && known.delete(inPlace) ? inPlace : newId());
    return { id, position: index + 1, level };
  });
  if (rows.length === 0) return;
  await tx.insert(escalationLevels).values(
    rows.map(({ id, position, level: { targets: _targets, ...level } }) => ({
      ...level,
      id,
      policyId,
      position,
    })),
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
