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
    // Whom a calendar names is kept with the calendar.
    turns: layer.calendarId === undefined ? layer.turns : [],
  }));
  if (layers.length === 0) return;
  await tx.insert(scheduleLayers).values(
    layers.map(({ rowId, position, layer, turns }) => ({
      id: rowId,
      versionId,
      layerId: layer.id,
      position,
      name: layer.name,
      startsAt: layer.startsAt,
      endsAt: layer.endsAt,
      rotation: layer.rotation,
      restrictions: layer.restrictions,
      ownHours: layer.ownHours ?? [],
      together: layer.together,
      calendarId: layer.calendarId ?? null,
      turnCount: turns.length,
    })),
  );
  const members = layers.flatMap(({ rowId, turns }) =>
    turns.flatMap((group, turn) =>
      group.map((userId, index) => ({
        layerRowId: rowId,
        turn,
        turnCount: turns.length,
        position: index + 1,
        userId,
      })),
    ),
  );
  if (members.length > 0) await tx.insert(scheduleLayerMembers).values(members);
}
