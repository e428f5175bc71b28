import { and, inArray } from "drizzle-orm";
import { users } from "#db/schema/people";
import type { Transaction } from "#lib/context";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";
import type { LayerDefinition, ScheduleDefinition } from "#lib/on-call/schedule";
import { validateSchedule } from "#lib/on-call/validate";
import { isPageable } from "#lib/people/queries/pageable";

/**
 * Refuses a definition that can't be put in force: a value the resolver can't work with, a layer without people, or somebody who
 * may not be paged. `kept` are people that the schedule named before: who was deactivated since must not block an unrelated edit.
 */
export async function checkDefinition(
  tx: Transaction,
  definition: ScheduleDefinition,
  kept: ReadonlySet<string>,
): Promise<void> {
  // Whom a calendar names was looked up when it was read.
  const turnsOf = ({ calendarId, turns }: LayerDefinition) => (calendarId === undefined ? turns : []);
  const named = [...new Set(definition.layers.flatMap((layer) => turnsOf(layer).flat()))];
  const active = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, named), isPageable()));
  const known = new Set([...kept, ...active.map(({ id }) => id)]);
  const fields: FieldError[] = [
    ...validateSchedule(definition),
    ...definition.layers.flatMap((layer, index) =>
      layer.calendarId !== undefined || layer.turns.flat().length > 0
        ? []
        : [{ field: `layers.${index}.turns`, message: "needs at least one person" }],
    ),
    ...definition.layers.flatMap((layer, index) =>
      turnsOf(layer).flatMap((group, turn) =>
        group
          .filter((id) => !known.has(id))
          .map(() => ({
            field: `layers.${index}.turns.${turn}`,
            message: "names somebody who isn't active or may not be paged",
          })),
      ),
    ),
  ];
  const [first] = fields;
  if (first) throw new AppError("invalid", `${first.field}: ${first.message}`, { fields, wireCode: 3001 });
}

export const SCHEDULE_CONSTRAINTS = {
  schedules_team_id_teams_id_fk: { field: "teamId", message: "does not exist" },
};
