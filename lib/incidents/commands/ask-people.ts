import { sql } from "drizzle-orm";
import type { TransactionContext } from "#lib/context";
import type { Told } from "#lib/escalation/choose-people";
import { newId } from "#lib/ids";
import type { IncidentState } from "#lib/incidents/incident";
import { createPages } from "#lib/notifications/commands/create-pages";

export type Ask = {
  targetId: string;
  /** Names the round, so that a person is paged once for it. */
  round: string;
  people: readonly Told[];
};

/**
 * Asks people to join in the caller's transaction, which holds the incident: notes who was asked and pages them by their rules for
 * requests. Whoever has answered is not asked again. Answers who was.
 */
export async function askPeople(
  scope: TransactionContext,
  incident: Pick<IncidentState, "id" | "number" | "step">,
  request: { requesterName: string; message: string },
  asks: readonly Ask[],
): Promise<string[]> {
  const rows = asks.flatMap(({ targetId, people }) =>
    people.map(({ userId }) => ({ id: newId(scope.now.getTime()), target_id: targetId, user_id: userId })),
  );
  if (rows.length === 0) return [];
  const at = scope.now.toISOString();
  await scope.tx.execute(sql`
    insert into incident_responders (id, target_id, incident_id, user_id, state, asked_at)
    select id, target_id, ${incident.id}, user_id, 'pending', ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, target_id text, user_id text)
    on conflict (target_id, user_id) do nothing`);
  const pending = await scope.tx.execute<{ targetId: string; userId: string }>(sql`
    select target_id as "targetId", user_id as "userId" from incident_responders
    where target_id = any(${sql.param(asks.map(({ targetId }) => targetId))}::text[]) and state = 'pending'`);
  const waiting = new Set(pending.map(({ targetId, userId }) => `${targetId} ${userId}`));
  const asked = asks.flatMap(({ targetId, round, people }) =>
    people.flatMap((person) =>
      waiting.has(`${targetId} ${person.userId}`) ? [{ ...person, key: `request ${targetId} ${round}` }] : [],
    ),
  );
  await createPages(
    scope,
    asked.map(({ userId, trace, key }) => ({
      incidentId: incident.id,
      userId,
      step: incident.step,
      reason: "requested" as const,
      urgency: "high" as const,
      level: null,
      trace: [
        ...trace,
        {
          step: "request",
          outcome: `${request.requesterName} asks to join`,
          because: request.message || "No message.",
        },
      ],
      notice: {
        key,
        says: {
          title: `${request.requesterName} asks you to join #${incident.number}`,
          lines: request.message === "" ? [] : [request.message],
          path: `/incidents/${incident.number}`,
        },
      },
    })),
  );
  return [...new Set(asked.map(({ userId }) => userId))];
}
