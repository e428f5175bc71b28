import type { Actor } from "#lib/context";

/** An integration acting on its own events. It holds no rights: what it may do, the event's meaning decides. */
export function integrationActor(integration: { id: string; name: string }): Actor {
  return {
    type: "integration",
    id: integration.id,
    name: integration.name,
    role: "stakeholder",
    channel: "integration",
    timeZone: "Etc/UTC",
  };
}
