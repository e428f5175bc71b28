import { desc, eq, sql } from "drizzle-orm";
import { inbox, intakeErrors } from "#db/schema/events";
import { incidents } from "#db/schema/incidents";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { TraceStep } from "#lib/events/trace";

export type RecentEventDto = {
  id: string;
  receivedAt: string;
  /** The event format that it came in. */
  source: string;
  action: string;
  dedupKey: string;
  /** The normalised event. */
  event: unknown;
  /** Null until it was processed. */
  processedAt: string | null;
  outcome: string | null;
  /** What was decided about it and why. */
  trace: TraceStep[];
  alertId: string | null;
  incident: { id: string; number: number; title: string } | null;
};

/** What came in with a valid key but could not be understood. */
export type IntakeErrorDto = { id: string; receivedAt: string; source: string; reason: string; body: string };

/** The last events of an integration, newest first, each with its decision trace; and the last that could not be read. */
export async function listRecentEvents(
  ctx: Context,
  input: { integrationId: string; limit?: number },
): Promise<{ events: RecentEventDto[]; errors: IntakeErrorDto[] }> {
  requirePermission(ctx.actor, "read");
  const limit = Math.min(input.limit ?? 20, 100);
  const [rows, errors] = await Promise.all([
    ctx.db
      .select({
        event: inbox,
        json: sql<unknown>`${inbox.event}`,
        incident: { id: incidents.id, number: incidents.number, title: incidents.title },
      })
      .from(inbox)
      .leftJoin(incidents, eq(incidents.id, inbox.incidentId))
      .where(eq(inbox.integrationId, input.integrationId))
      .orderBy(desc(inbox.id))
      .limit(limit),
    ctx.db
      .select()
      .from(intakeErrors)
      .where(eq(intakeErrors.integrationId, input.integrationId))
      .orderBy(desc(intakeErrors.receivedAt))
      .limit(limit),
  ]);
  return {
    events: rows.map(({ event, json, incident }) => ({
      id: String(event.id),
      receivedAt: event.receivedAt.toISOString(),
      source: event.source,
      action: event.action,
      dedupKey: event.dedupKey,
      event: json,
      processedAt: event.processedAt?.toISOString() ?? null,
      outcome: event.outcome,
      trace: event.trace ?? [],
      alertId: event.alertId,
      incident,
    })),
    errors: errors.map(({ id, receivedAt, source, reason, body }) => ({
      id,
      receivedAt: receivedAt.toISOString(),
      source,
      reason,
      body,
    })),
  };
}
