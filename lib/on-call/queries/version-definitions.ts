import { inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type { LayerDefinition, LayerRestriction, ScheduleDefinition } from "#lib/on-call/schedule";

/** One version as it was published. */
export type VersionDefinition = {
  /** Of a layer that follows a calendar only which; what that says now is not part of it. */
  definition: ScheduleDefinition;
  calendarIds: readonly string[];
  /** Everybody whom its turns name, once. */
  memberIds: readonly string[];
  /** Those of them whose own clocks matter. */
  zonedIds: readonly string[];
};

/** A layer as the statement below prints it: instants are epoch milliseconds. */
type PrintedLayer = Omit<LayerDefinition, "startsAt" | "endsAt" | "turns" | "ownHours" | "calendarId"> & {
  calendarId: string | null;
  ownHours: LayerRestriction[];
  startsAt: number;
  endsAt: number | null;
  turnCount: number;
  members: [turn: number, userId: string][];
};

// A version never changes once it is published, so it is read once; the one asked for longest ago goes first.
const MOST_LAYERS = 10_000;
const kept = new Map<string, VersionDefinition>();
let keptLayers = 0;

/** These versions, in one statement for those that this process hasn't read yet. */
export async function loadVersionDefinitions(
  db: Database | Transaction,
  versionIds: readonly string[],
): Promise<Map<string, VersionDefinition>> {
  const found = new Map<string, VersionDefinition>();
  const missing: string[] = [];
  for (const id of versionIds) {
    const known = kept.get(id);
    if (known === undefined) missing.push(id);
    else {
      found.set(id, known);
      kept.delete(id);
      kept.set(id, known);
    }
  }
  if (missing.length === 0) return found;
  for (const row of await selectVersions(db, missing)) {
    const version = toVersion(row);
    found.set(row.id, version);
    // One without layers is as quickly read again, and may be one that is just being written.
    if (row.layers.length > 0) keep(row.id, version);
  }
  return found;
}

function keep(id: string, version: VersionDefinition): void {
  keptLayers += layerCount(version) - layerCount(kept.get(id));
  kept.set(id, version);
  for (const [oldest, of] of kept) {
    if (keptLayers <= MOST_LAYERS) return;
    kept.delete(oldest);
    keptLayers -= layerCount(of);
  }
}

function layerCount(version: VersionDefinition | undefined): number {
  return version?.definition.layers.length ?? 0;
}

type Row = Awaited<ReturnType<typeof selectVersions>>[number];

function toVersion({ timeZone, offDuty, layers: printed }: Row): VersionDefinition {
  const layers = printed.map(toLayer);
  const named = (of: readonly LayerDefinition[]) => [...new Set(of.flatMap((layer) => layer.turns.flat()))];
  return {
    definition: { timeZone, layers, ...(offDuty.length > 0 && { offDuty }) },
    calendarIds: layers.flatMap(({ calendarId }) => calendarId ?? []),
    memberIds: named(layers),
    zonedIds: named(layers.filter(({ ownHours }) => ownHours !== undefined)),
  };
}

function toLayer(printed: PrintedLayer): LayerDefinition {
  const { members, turnCount, startsAt, endsAt, ownHours, calendarId, ...layer } = printed;
  // A turn without a row is one that nobody has.
  const turns = Array.from({ length: turnCount }, (): string[] => []);
  for (const [turn, userId] of members) turns[turn]?.push(userId);
  return {
    ...layer,
    ...(ownHours.length > 0 && { ownHours }),
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    turns,
    ...(calendarId !== null && { calendarId }),
  };
}

function selectVersions(db: Database | Transaction, versionIds: readonly string[]) {
  return db
    .select({
      id: scheduleVersions.id,
      timeZone: scheduleVersions.timeZone,
      offDuty: scheduleVersions.offDuty,
      // One document a version: ten thousand rows would cost more than the resolving.
      layers: sql<PrintedLayer[]>`(
        select coalesce(json_agg(json_build_object(
          'id', l.layer_id, 'name', l.name, 'rotation', l.rotation, 'restrictions', l.restrictions, 'together', l.together,
          'turnCount', l.turn_count, 'calendarId', l.calendar_id, 'ownHours', l.own_hours,
          'startsAt', (extract(epoch from l.starts_at) * 1000)::bigint,
          'endsAt', (extract(epoch from l.ends_at) * 1000)::bigint,
          'members', (
            select coalesce(json_agg(json_build_array(m.turn, m.user_id) order by m.turn, m.position), '[]')
            from schedule_layer_members m where m.layer_row_id = l.id
          )
        ) order by l.position), '[]')
        from schedule_layers l where l.version_id = schedule_versions.id
      )`,
    })
    .from(scheduleVersions)
    .where(inArray(scheduleVersions.id, [...versionIds]));
}
