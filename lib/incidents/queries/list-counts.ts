import type { Context } from "#lib/context";
import { parseIncidentFilter } from "#lib/incidents/filter";
import { countIncidents } from "#lib/incidents/queries/count-incidents";
import { INCIDENT_VIEWS } from "#lib/incidents/views";

/** How many incidents each counted view of the list holds now, by the same filters that the views' links carry. */
export async function countViews(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const counts = await Promise.all(
    INCIDENT_VIEWS.filter((view) => view.counted).map(async (view): Promise<[string, number]> => {
      const { filter } = parseIncidentFilter(new URLSearchParams(view.query));
      return [view.id, await countIncidents(ctx, filter)];
    }),
  );
  return new Map(counts);
}
