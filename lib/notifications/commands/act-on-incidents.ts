import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { acknowledgeIncidents } from "#lib/incidents/commands/acknowledge";
import { answerResponderRequest } from "#lib/incidents/commands/answer-responder-request";
import type { ChangeResult } from "#lib/incidents/commands/change-incidents";
import { escalateIncidents } from "#lib/incidents/commands/escalate";
import { resolveIncidents } from "#lib/incidents/commands/resolve";
import type { ReplyAction } from "#lib/notifications/sms-reply";

export type ActedOn = { number: number; refused: string | null };

/**
 * Carries out what a key or reply asks for on each of these incidents, in the name of the context's person; expected refusals are answers.
 * Of a request to join, acknowledging joins and resolving declines.
 */
export async function actOnIncidents(
  ctx: Context,
  action: ReplyAction,
  incidents: readonly { id: string; number: number }[],
  isRequest: boolean,
): Promise<ActedOn[]> {
  const incidentIds = incidents.map(({ id }) => id);
  try {
    if (isRequest) return await answerRequest(ctx, action, incidents);
    const results = await COMMANDS[action](ctx, { incidentIds });
    return results.map(({ number, refused }) => ({ number, refused: refused?.sentence ?? null }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return incidents.map(({ number }) => ({ number, refused: error.message }));
  }
}

const COMMANDS: Record<
  ReplyAction,
  (ctx: Context, input: { incidentIds: string[] }) => Promise<ChangeResult[]>
> = {
  acknowledge: acknowledgeIncidents,
  resolve: resolveIncidents,
  escalate: escalateIncidents,
};

async function answerRequest(
  ctx: Context,
  action: ReplyAction,
  incidents: readonly { id: string; number: number }[],
): Promise<ActedOn[]> {
  const refused = action === "escalate" ? "4 joins, 6 declines." : null;
  const answer = action === "acknowledge" ? "joined" : "declined";
  for (const { id: incidentId } of refused === null ? incidents : []) {
    await answerResponderRequest(ctx, { incidentId, answer });
  }
  return incidents.map(({ number }) => ({ number, refused }));
}
