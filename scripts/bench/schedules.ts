import type { Database } from "#db/connect";
import { scheduleOverrides, schedules } from "#db/schema/schedules";
import { newId } from "#lib/ids";
import { insertVersion } from "#lib/on-call/commands/insert-version";
import type { LayerDefinition, LayerRotation } from "#lib/on-call/schedule";
import { makeUser } from "#lib/testing/factories";
import { DAY, HOUR } from "#lib/time/calendar";

const PEOPLE = 60;
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Sydney",
  "America/Sao_Paulo",
  "Etc/UTC",
];
const ROTATIONS: readonly Pick<LayerRotation, "unit" | "length" | "advance">[] = [
  { unit: "week", length: 1, advance: "clock" },
  { unit: "day", length: 1, advance: "clock" },
  { unit: "day", length: 1, advance: "worked" },
  { unit: "hour", length: 8, advance: "clock" },
  { unit: "month", length: 1, advance: "clock" },
];

export type BenchShape = { schedules: number; layers: number; startedAt: Date; now: Date };

/**
 * Schedules as large teams have them: rotations of all kinds in six zones, two layers in three with hours, so that a question goes
 * through several layers before somebody is found; every fifth with an override in force. Answers their ids.
 */
export async function makeBenchSchedules(db: Database, shape: BenchShape): Promise<string[]> {
  const people: string[] = [];
  for (let index = 0; index < PEOPLE; index += 1) people.push((await makeUser(db)).id);
  const ids: string[] = [];
  for (let index = 0; index < shape.schedules; index += 1) {
    const id = newId();
    const timeZone = ZONES[index % ZONES.length] ?? "Etc/UTC";
    const at = { createdAt: shape.startedAt, updatedAt: shape.startedAt };
    await db
      .insert(schedules)
      .values({ id, slug: id.toLowerCase(), name: `Schedule ${id}`, timeZone, ...at });
    const layers = Array.from({ length: shape.layers }, (_, layer) =>
      layerOf(index * shape.layers + layer, people, shape),
    );
    const definition = { timeZone, layers };
    await insertVersion(db, {
      scheduleId: id,
      version: 1,
      definition,
      effectiveFrom: shape.startedAt,
      publishedBy: null,
    });
    ids.push(id);
  }
  const overridden = ids.filter((_, index) => index % 5 === 0);
  await db.insert(scheduleOverrides).values(
    overridden.map((scheduleId, index) => ({
      id: newId(),
      scheduleId,
      userId: people[index % PEOPLE] ?? "",
      startsAt: new Date(shape.now.getTime() - HOUR),
      endsAt: new Date(shape.now.getTime() + DAY),
      createdAt: shape.startedAt,
    })),
  );
  return ids;
}

/** One layer of six people without hours, ten years old. */
export function benchLayer(
  rotation: Pick<LayerRotation, "unit" | "length" | "advance">,
  now: Date,
): LayerDefinition {
  const startsAt = new Date(now.getTime() - 3652 * DAY);
  const people = ["A", "B", "C", "D", "E", "F"];
  const plain = layerOf(2, people, { startedAt: startsAt });
  return { ...plain, rotation: { virtualStart: plain.rotation.virtualStart, ...rotation } };
}

function layerOf(
  seed: number,
  people: readonly string[],
  { startedAt }: Pick<BenchShape, "startedAt">,
): LayerDefinition {
  const rotation = ROTATIONS[seed % ROTATIONS.length] ?? { unit: "week", length: 1, advance: "clock" };
  const hours = { startTime: `${String(seed % 24).padStart(2, "0")}:00`, durationSeconds: 8 * 3600 };
  return {
    id: newId(),
    name: `Layer ${seed}`,
    startsAt: startedAt,
    endsAt: null,
    rotation: { virtualStart: `${startedAt.toISOString().slice(0, 10)}T09:00`, ...rotation },
    turns: Array.from({ length: 6 }, (_, turn) => [people[(seed * 7 + turn) % people.length] ?? ""]),
    restrictions:
      seed % 3 === 0
        ? [{ type: "daily", ...hours }]
        : seed % 3 === 1
          ? [1, 2, 3, 4, 5].map((startDay) => ({ type: "weekly", startDay, ...hours }))
          : [],
    together: seed % 7 === 0,
  };
}
