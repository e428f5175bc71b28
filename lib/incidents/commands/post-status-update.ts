import { sql } from "drizzle-orm";
import { inTransaction, requirePermission } from "#lib/context";
import type { Context, TransactionContext } from "#lib/context";
import { newId } from "#lib/ids";
import { lockIncident } from "#lib/incidents/commands/lock-incidents";
import { saveChanges } from "#lib/incidents/commands/save-changes";
import { statusUpdateSchema } from "#lib/incidents/schemas";
import { createPages } from "#lib/notifications/commands/create-pages";
import { parseInput } from "#lib/parse-input";

type Posted = { id: string; told: number };

/**
 * Writes how an incident stands: on its timeline, and to everybody who takes part in it and has chosen ways for status updates, once each.
 * Who takes part: those who have it, were paged about it, joined it or did something on it. Answers the id of the log entry and how many
 * are told.
 */
export async function postStatusUpdate(
  ctx: Context,
  input: { incidentId: string; message: string },
): Promise<Posted> {
  requirePermission(ctx.actor, "incident.respond");
  const { incidentId, message } = parseInput(statusUpdateSchema, input);
  return inTransaction(ctx, async (scope) => {
    const id = newId(scope.now.getTime());
    const state = await lockIncident(scope.tx, incidentId);
    const log = [{ id, type: "status_update" as const, class: "people" as const, note: message }];
    await saveChanges(scope, [
      { state, change: { kind: "change", topic: "incident.status_update_published", patch: {}, log } },
    ]);
    const says = {
      title: `#${state.number}: status update by ${ctx.actor.name}`,
      lines: [message, state.title],
      path: `/incidents/${state.number}`,
    };
    const pages = await createPages(
      scope,
      (await readParticipants(scope, incidentId)).map((userId) => ({
        incidentId,
        userId,
        step: state.step,
        reason: "status_update" as const,
        urgency: "low" as const,
        level: null,
        trace: [],
        notice: { says, key: `status update ${id}` },
      })),
    );
    return { id, told: pages.length };
  });
}

async function readParticipants({ tx, actor }: TransactionContext, incidentId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select u.id from users u
    where u.deactivated_at is null and u.id is distinct from ${actor.id} and u.id in (
      select user_id from incident_assignments where incident_id = ${incidentId}
      union select user_id from pages where incident_id = ${incidentId}
      union select actor_id from log_entries where incident_id = ${incidentId} and actor_type = 'user'
    )
    order by u.id`);
  return rows.map(({ id }) => id);
}
