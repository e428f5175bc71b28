import { coverageRatio, findGaps } from "#lib/on-call/coverage";
import type { Gap } from "#lib/on-call/coverage";
import { resolveSchedule } from "#lib/on-call/resolve";
import type { ScheduleFacts, ScheduleWindow, Shift } from "#lib/on-call/schedule";
import { wholeShifts } from "#lib/on-call/shift-span";
import type { ShiftSpan } from "#lib/on-call/shift-span";

type RenderedLane<S> = { shifts: S[]; coverage: number };

export type RenderedSchedule<S = Shift | ShiftSpan> = {
  /** Who is on call in the end. */
  final: RenderedLane<S>;
  /** Each layer as if it were alone, from the lowest; those that only history knows first. */
  layers: (RenderedLane<S> & { id: string; name: string })[];
  /** What the overrides alone say. */
  overrides: S[];
  gaps: Gap[];
};

/**
 * A schedule as its editor draws it. Shifts are clipped to the window unless `overflow`: then they keep their own start and
 * end. Coverage is the share of the window in which somebody is on call, 0 to 1.
 */
export function renderSchedule(
  facts: ScheduleFacts,
  window: ScheduleWindow,
  options: { overflow?: boolean } = {},
): RenderedSchedule {
  const resolve = options.overflow ? wholeShifts : resolveSchedule;
  const final = resolve(facts, window);
  return {
    final: { shifts: final, coverage: coverageRatio(facts, window) },
    layers: layersOf(facts).map(({ id, name }) => {
      const alone = onlyLayer(facts, id);
      return { id, name, shifts: resolve(alone, window), coverage: coverageRatio(alone, window) };
    }),
    overrides: final.filter(({ source }) => source.kind === "override"),
    gaps: findGaps(facts, window),
  };
}

function layersOf(facts: ScheduleFacts): { id: string; name: string }[] {
  const layers = facts.versions.flatMap(({ definition }) => definition.layers);
  const current = facts.versions.at(-1)?.definition.layers ?? [];
  const inForce = new Set(current.map(({ id }) => id));
  const former = new Map(layers.filter(({ id }) => !inForce.has(id)).map((layer) => [layer.id, layer]));
  return [...former.values(), ...current];
}

function onlyLayer(facts: ScheduleFacts, layerId: string): ScheduleFacts {
  const versions = facts.versions.map((version) => ({
    ...version,
    definition: {
      ...version.definition,
      layers: version.definition.layers.filter(({ id }) => id === layerId),
    },
  }));
  return { ...facts, versions, overrides: [] };
}
