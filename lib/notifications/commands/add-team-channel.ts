import { eq } from "drizzle-orm";
import { services } from "#db/schema/services";
import { teamChannels } from "#db/schema/team-channels";
import { audit, inTransaction, requirePermission } from "#lib/context";
import type { Context, Transaction } from "#lib/context";
import { refuseViolations, TAKEN } from "#lib/database-errors";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { inertLine } from "#lib/notifications/inert";
import { sendToSlack } from "#lib/notifications/channels/slack-api";
import { loadSlackApp } from "#lib/notifications/queries/chat-apps";
import { teamChannelSchema } from "#lib/notifications/schemas";
import type { TeamChannelInput } from "#lib/notifications/schemas";
import { publish } from "#lib/outbox";
import { parseInput } from "#lib/parse-input";
import { lockTeam, requireMayArrange } from "#lib/people/commands/lock-team";

const KEYS = {
  team_channels_team_key: { field: "address", message: TAKEN },
  team_channels_service_key: { field: "address", message: TAKEN },
};
const PATIENCE_MS = 8_000;

type Owner = { teamId: string | null; serviceId: string | null };

/**
 * Has the incidents of a team or a service posted in a Slack channel from now on. The app says so there first: what Slack refuses then, it
 * would refuse at night. Throws `invalid` on the field `address`, with Slack's reason.
 */
export async function addTeamChannel(ctx: Context, input: TeamChannelInput): Promise<{ id: string }> {
  const { owner, ...given } = parseInput(teamChannelSchema, input);
  const of: Owner = {
    teamId: owner.type === "team" ? owner.id : null,
    serviceId: owner.type === "service" ? owner.id : null,
  };
  // Before anything leaves the house.
  const name = await inTransaction(ctx, ({ tx }) => requireMayPost(tx, ctx, of));
  await greet(ctx, given.address, name);
  return refuseViolations(KEYS, () =>
    inTransaction(ctx, async (scope) => {
      await requireMayPost(scope.tx, ctx, of);
      const id = newId(scope.now.getTime());
      await scope.tx.insert(teamChannels).values({ id, ...of, ...given, createdAt: scope.now });
      await audit(scope, {
        action: "add_channel",
        objectType: owner.type,
        objectId: owner.id,
        objectName: name,
        after: { channel: "slack", ...given },
      });
      await publish(scope, { topic: `${owner.type}.updated`, entityType: owner.type, entityId: owner.id });
      return { id };
    }),
  );
}

/** Locks whose channel it is and answers its name; refuses who may not arrange it. */
export async function requireMayPost(tx: Transaction, ctx: Context, owner: Owner): Promise<string> {
  if (owner.teamId !== null) {
    await requireMayArrange(tx, ctx.actor, owner.teamId);
    return (await lockTeam(tx, owner.teamId)).name;
  }
  requirePermission(ctx.actor, "configure");
  const [service] = await tx
    .select({ name: services.name })
    .from(services)
    .where(eq(services.id, owner.serviceId ?? ""))
    .for("update");
  if (!service) throw new AppError("not_found", "There is no such service.");
  return service.name;
}

async function greet({ db, actor }: Context, channel: string, name: string): Promise<void> {
  const app = await loadSlackApp(db);
  if (!app) throw fault("No Slack app is set up yet: ask an admin to connect one under Settings, Channels.");
  const text = inertLine(
    `Touchline posts the incidents of ${name} here from now on, as ${actor.name} asked for.`,
    300,
  );
  const result = await sendToSlack(app, {
    method: "chat.postMessage",
    body: { channel, text, blocks: [{ type: "section", text: { type: "plain_text", text } }] },
    signal: AbortSignal.timeout(PATIENCE_MS),
    allowPrivate: env().allowPrivateDestinations,
  });
  if (result.kind === "failed") throw fault(result.detail);
}

function fault(message: string): AppError {
  return new AppError("invalid", message, { fields: [{ field: "address", message }] });
}
