import type { Context } from "#lib/context";
import { listEvents } from "#lib/events/queries/events";
import type { EventDto } from "#lib/events/queries/events";
import { listIntakeErrors } from "#lib/events/queries/intake-errors";
import type { IntakeErrorDto } from "#lib/events/queries/intake-errors";

export type RecentEventDto = EventDto;
export type { IntakeErrorDto };

/** The last events of an integration, newest first, each with its decision trace; and the last that could not be read. */
export async function listRecentEvents(
  ctx: Context,
  input: { integrationId: string; limit?: number },
): Promise<{ events: RecentEventDto[]; errors: IntakeErrorDto[] }> {
  const [{ events }, { errors }] = await Promise.all([listEvents(ctx, input), listIntakeErrors(ctx, input)]);
  return { events, errors };
}
