import { readNow } from "#lib/context";
import type { Context } from "#lib/context";
import { listTeams } from "#lib/people/queries/teams";
import { listUsers } from "#lib/people/queries/users";

/** What the editor of schedules offers to choose from. */
export async function readEditorChoices(ctx: Context) {
  const [{ users }, { teams }, now] = await Promise.all([
    listUsers(ctx, { state: "active" }),
    listTeams(ctx),
    readNow(ctx.db),
  ]);
  return {
    now: now.getTime(),
    people: users.map(({ id, name }) => ({ id, name })),
    teams: teams.map(({ id, name }) => ({ id, name })),
    timeZones: ["Etc/UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"))],
  };
}
