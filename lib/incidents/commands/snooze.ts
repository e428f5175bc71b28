import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { snooze } from "#lib/incidents/acknowledge";
import { changeIncidents, whoOf } from "#lib/incidents/commands/change-incidents";
import type { ChangeOptions, ChangeResult } from "#lib/incidents/commands/change-incidents";
import { addSeconds } from "#lib/incidents/incident";

const LONGEST_SECONDS = 604_800;

/** Puts incidents to sleep for 1 second to 7 days; then they page again. */
export async function snoozeIncidents(
  ctx: Context,
  input: { incidentIds: readonly string[]; seconds: number },
  options: Pick<ChangeOptions, "allOrNothing"> = {},
): Promise<ChangeResult[]> {
  const { seconds } = input;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_SECONDS) {
    const message = "A snooze lasts from 1 second to 7 days.";
    throw new AppError("invalid", message, { wireCode: 1013, fields: [{ field: "seconds", message }] });
  }
  return changeIncidents(
    ctx,
    input.incidentIds,
    (state, _facts, scope) => snooze(state, whoOf(scope), scope.now, addSeconds(scope.now, seconds)),
    options,
  );
}
