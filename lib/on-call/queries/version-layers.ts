import { inArray, sql } from "drizzle-orm";
import type { Database } from "#db/connect";
import { scheduleVersions } from "#db/schema/schedules";
import type { Transaction } from "#lib/context";
import type { LayerDefinition, LayerRestriction } from "#lib/on-call/schedule";

/** The layers of one version as they were published; what a calendar says of one is not part of it. */
export type VersionLayers = {
  layers: readonly (Omit<LayerDefinition, "calendarId" | "segments"> & { calendarId: string | null })[];
  /** Everybody whom they name, once. */
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
const kept = new Map<string, VersionLayers>();
let keptLayers = 0;

/** The layers of these versions, one statement for those that this process hasn't read yet. */
export async function loadVersionLayers(
  db: Database | Transaction,
  versionIds: readonly string[],
): Promise<Map<string, VersionLayers>> {
  const found = new Map<string, VersionLayers>();
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
  for (const { id, layers } of await selectLayers(db, missing)) {
    const read = toVersionLayers(layers);
    found.set(id, read);
    // One without layers is as quickly read again, and may be one that is just being written.
    if (layers.length > 0) keep(id, read);
  }
  return found;
}

function keep(id: string, read: VersionLayers): void {
  keptLayers += read.layers.length - (kept.get(id)?.layers.length ?? 0);
  kept.set(id, read);
  for (const [oldest, { layers }] of kept) {
    if (keptLayers <= MOST_LAYERS) return;
    kept.delete(oldest);
    keptLayers -= layers.length;
  }
}

function toVersionLayers(printed: readonly PrintedLayer[]): VersionLayers {
  const layers = printed.map(toLayer);
  const members = layers.flatMap((layer) => layer.turns.flat());
  const zoned = layers.filter((layer) => layer.ownHours !== undefined).flatMap((layer) => layer.turns.flat());
  return { layers, memberIds: [...new Set(members)], zonedIds: [...new Set(zoned)] };
}

function toLayer(printed: PrintedLayer): VersionLayers["layers"][number] {
  const { members, turnCount, startsAt, endsAt, ownHours, ...layer } = printed;
  // A turn without a row is one that nobody has.
  const turns = Array.from({ length: turnCount }, (): string[] => []);
  for (const [turn, userId] of members) turns[turn]?.push(userId);
  return {
    ...layer,
    ...(ownHours.length > 0 && { ownHours }),
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    turns,
  };
}

function selectLayers(db: Database | Transaction, versionIds: readonly string[]) {
  return db
    .select({
      id: scheduleVersions.id,
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
