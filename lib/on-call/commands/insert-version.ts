import { scheduleLayerMembers, scheduleLayers, scheduleVersions } from "#db/schema/schedules";
import type { Database } from "#db/connect";
import type { Transaction } from "#lib/context";
import { newId } from "#lib/ids";
import type { ScheduleDefinition } from "#lib/on-call/schedule";

export type VersionInput = {
  scheduleId: string;
  version: number;
  definition: ScheduleDefinition;
  effectiveFrom: Date;
  publishedBy: string | null;
};

/** Writes one version of a schedule with its layers and their people. The caller has closed the version before it. */
export async function insertVersion(tx: Transaction | Database, input: VersionInput): Promise<void> {
  const versionId = newId(input.effectiveFrom.getTime());
  await tx.insert(scheduleVersions).values({
    id: versionId,
    scheduleId: input.scheduleId,
    version: input.version,
    timeZone: input.definition.timeZone,
    offDuty: input.definition.offDuty ?? [],
    effectiveFrom: input.effectiveFrom,
    effectiveTo: null,
    publishedBy: input.publishedBy,
    createdAt: input.effectiveFrom,
  });
  const layers = input.definition.layers.map((layer, index) => ({
    rowId: newId(),
    position: index + 1,
    layer,
  }));
  if (layers.length === 0) return;
  await tx.insert(scheduleLayers).values(
    layers.map(({ rowId, position, layer }) => ({
      id: rowId,
      versionId,
      layerId: layer.id,
      position,
      name: layer.name,
      startsAt: layer.startsAt,
      endsAt: layer.endsAt,
      rotation: layer.rotation,
      restrictions: layer.restrictions,
      together: layer.together,
      turnCount: layer.turns.length,
    })),
  );
  const members = layers.flatMap(({ rowId, layer }) =>
    layer.turns.flatMap((group, turn) =>
      group.map((userId, index) => ({
        layerRowId: rowId,
        turn,
        turnCount: layer.turns.length,
        position: index + 1,
        userId,
      })),
    ),
  );
  if (members.length > 0) await tx.insert(scheduleLayerMembers).values(members);
}
