import { sql } from "drizzle-orm";

/** `stateOf` as an expression on `incident_service_levels l`, by the database's clock. */
export const LEVEL_STATE = sql.raw(`case
  when l.ended_at is not null then
    case when l.due_at is not null and l.ended_at > l.due_at then 'breached' when l.reached then 'met' else 'not_needed' end
  when l.due_at is null then 'paused'
  when now() > l.due_at then 'breached'
  when now() >= l.at_risk_at then 'at_risk'
  else 'on_track' end`);
