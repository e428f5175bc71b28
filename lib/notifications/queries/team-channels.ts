import { sql } from "drizzle-orm";
import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import { loadProviders } from "#lib/notifications/queries/providers";

export type TeamChannelDto = {
  id: string;
  /** Slack's id of the channel. */
  address: string;
  name: string;
  highOnly: boolean;
  /** What Slack said to the last post, if it refused it. */
  lastError: string | null;
};

export type TeamChannels = {
  channels: TeamChannelDto[];
  /** Whether a Slack app is there that could post. */
  isSlackSetUp: boolean;
};

/** The Slack channels in which the incidents of a team, or of a service, are posted, by name. */
export async function listTeamChannels(
  ctx: Context,
  owner: { teamId: string } | { serviceId: string },
): Promise<TeamChannels> {
  requirePermission(ctx.actor, "read");
  const mine = "teamId" in owner ? sql`c.team_id = ${owner.teamId}` : sql`c.service_id = ${owner.serviceId}`;
  const [channels, providers] = await Promise.all([
    ctx.db.execute<TeamChannelDto>(sql`
      select c.id, c.address, c.name, c.high_only as "highOnly", (
        select p.last_error from channel_posts p where p.team_channel_id = c.id order by p.created_at desc limit 1
      ) as "lastError"
      from team_channels c where ${mine} order by c.name, c.id`),
    loadProviders(ctx.db, "slack"),
  ]);
  return { channels, isSlackSetUp: providers.length > 0 };
}
