import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { EVERY_INCIDENT } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { FilterViewer } from "#lib/incidents/queries/filter-conditions";
import { EVERY_INTERRUPTION } from "#lib/reports/interruption-filter";
import { interruptionsOf } from "#lib/reports/queries/interruption-scope";

const HALF_HOUR = 30 * 60 * 1000;

/**
 * `from (…) r`: the interruptions about these incidents in the filter's range, each at its own instant as loads of one (count), by service and by
 * the person's own clock (weekday, hour, class, night).
 */
export function loadsOf(incidents: IncidentFilter, viewer: FilterViewer): SQL {
  return sql`from (
    select r.at, r.user_id, r.service_id, r.weekday, r.hour, r.class,
      case when r.class = 'sleep' then ((r.at at time zone r.time_zone) - interval '8 hours')::date end as night, 1 as count
    ${interruptionsOf({ ...EVERY_INTERRUPTION, incidents }, viewer)}
  ) r`;
}

const COUNTED = ["service", "team", "from", "to"];

/** Whether loads as they are kept, by half hour and service, say it all. */
export function isCounted(incidents: IncidentFilter): boolean {
  const asked = Object.entries(EVERY_INCIDENT).filter(
    ([name, none]) => JSON.stringify(incidents[name as keyof IncidentFilter]) !== JSON.stringify(none),
  );
  return asked.every(([name]) => COUNTED.includes(name)) && isWhole(incidents.from) && isWhole(incidents.to);
}

/** A bound at which a half hour begins. Dates are the viewer's days, which begin at any minute. */
function isWhole(bound: string | null): boolean {
  return bound === null || (bound.includes("T") && Date.parse(bound) % HALF_HOUR === 0);
}
