import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";

/** One person's being asked and what came of it; instants ISO 8601. */
export type IncidentResponse = {
  responder_id: string;
  responder_name: string;
  response_status: "joined" | "pending" | "declined";
  responder_type: "assigned" | "reassigned" | "escalated" | "added_responder";
  requested_at: string;
  responded_at: string | null;
  time_to_respond_seconds: number | null;
};

/**
 * Everybody who was asked to act on an incident, each time: assigned, escalated or reassigned to them, or asked to join. They responded
 * with their first acknowledgement or answer after that and before they were asked again.
 */
export async function listIncidentResponses(ctx: Context, incidentId: string): Promise<IncidentResponse[]> {
  requirePermission(ctx.actor, "read");
  return ctx.db.execute<IncidentResponse>(sql`
    with given as (
      select l.at, who.id as user_id,
        case when l.type = 'escalate' then 'escalated'
          when l.type = 'delegate' or l.data->>'via' = 'direct_assignment' and l.at > i.created_at then 'reassigned'
          else 'assigned' end as kind
      from log_entries l join incidents i on i.id = l.incident_id
      cross join lateral (
        select l.user_id as id
        union select a->>'id' from jsonb_array_elements(
          case when jsonb_typeof(l.data->'assignees') = 'array' then l.data->'assignees' else '[]' end) a
      ) who
      where l.incident_id = ${incidentId} and l.type in ('assign', 'escalate', 'fallback', 'delegate') and who.id is not null
      union all
      select asked_at, user_id, 'added_responder' from incident_responders where incident_id = ${incidentId}
    ),
    asked as (
      select g.*, lead(at) over (partition by user_id order by at) as next_at from given g
    )
    select a.user_id as responder_id, u.name as responder_name, a.kind as responder_type,
      coalesce(r.status, 'pending') as response_status,
      to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as requested_at,
      to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as responded_at,
      extract(epoch from r.at - a.at)::int as time_to_respond_seconds
    from asked a join users u on u.id = a.user_id
    left join lateral (
      select l.at, case when l.data->>'state' = 'declined' then 'declined' else 'joined' end as status
      from log_entries l
      where l.incident_id = ${incidentId} and l.actor_type = 'user' and l.actor_id = a.user_id
        and l.type in ('acknowledge', 'snooze', 'resolve', 'responder_reply')
        and l.at >= a.at and (a.next_at is null or l.at < a.next_at or a.next_at = a.at)
      order by l.at limit 1
    ) r on true
    order by a.at, u.name`);
}
