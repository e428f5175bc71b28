import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { EVERY_INCIDENT } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { EVERY_INTERRUPTION } from "#lib/reports/interruption-filter";
import { interruptionsOf, withinRange } from "#lib/reports/queries/interruption-scope";
import { whereOf } from "#lib/reports/queries/report-scope";

const HALF_HOUR = 30 * 60 * 1000;

/**
 * `from (…) r`: how many interruptions (count) each person had, by half hour (at) and service, and by their own clock (weekday, hour, class,
 * night): those about these incidents, in the filter's range. Where only services and teams are asked for, in whole half hours, it is what a
 * trigger has counted; whatever else is asked for comes from the interruptions, each at its own instant.
 */
export function loadsOf(incidents: IncidentFilter, viewer: FilterViewer): SQL {
  if (!isCounted(incidents)) {
    return sql`from (
      select r.at, r.user_id, r.service_id, r.weekday, r.hour, r.class,
        case when r.class = 'sleep' then ((r.at at time zone r.time_zone) - interval '8 hours')::date end as night, 1 as count
      ${interruptionsOf({ ...EVERY_INTERRUPTION, incidents }, viewer)}
    ) r`;
  }
  // Under the name of the facts, so that the filter's own conditions fit.
  const chosen = whereOf({ ...incidents, from: null, to: null }, viewer);
  return sql`from (
    select * from interruption_loads incident_facts where ${withinRange(sql`at`, incidents, viewer)} and ${chosen}
  ) r`;
}

const COUNTED = ["service", "team", "from", "to"];

/** Whether the counts by half hour and service say it all. */
function isCounted(incidents: IncidentFilter): boolean {
  const asked = Object.entries(EVERY_INCIDENT).filter(
    ([name, none]) => JSON.stringify(incidents[name as keyof IncidentFilter]) !== JSON.stringify(none),
  );
  return asked.every(([name]) => COUNTED.includes(name)) && isWhole(incidents.from) && isWhole(incidents.to);
}

/** A bound at which a half hour begins. Dates are the viewer's days, which begin at any minute. */
function isWhole(bound: string | null): boolean {
  return bound === null || (bound.includes("T") && Date.parse(bound) % HALF_HOUR === 0);
}
