import type { Role } from "#lib/people/roles";

/** Every right that a command or query may demand. */
export const PERMISSIONS = [
  "read",
  "incident.respond",
  "incident.declare",
  "configure",
  "people.manage",
  "organisation.manage",
  "audit.read",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const RIGHTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  manager: ["read", "incident.respond", "incident.declare", "configure", "audit.read"],
  responder: ["read", "incident.respond", "incident.declare"],
  observer: ["read", "incident.declare"],
  stakeholder: ["read"],
};

/** Whether a role carries a right. */
export function hasPermission(role: Role, permission: Permission): boolean {
  return RIGHTS[role].includes(permission);
}

/** Whether somebody may be on call and hold incidents: active, and with the right to act on what they are woken for. */
export function mayBePaged(person: { role: Role; deactivatedAt: Date | null }): boolean {
  return person.deactivatedAt === null && hasPermission(person.role, "incident.respond");
}

/** The least powerful role that carries the right: what a refused person must ask for. */
export function leastRoleWith(permission: Permission): Role {
  const order: Role[] = ["stakeholder", "observer", "responder", "manager", "admin", "owner"];
  return order.find((role) => hasPermission(role, permission)) ?? "owner";
}

/** Whether somebody may be given the secret of a key: a person's own, or the organisation's (`userId` null) with the right to manage that. */
export function mayHoldKey(
  actor: { type: string; id: string | null; role: Role },
  userId: string | null,
): boolean {
  return userId === null ? hasPermission(actor.role, "organisation.manage") : isSelf(actor, userId);
}

/** Whether it is about the actor themselves; a key or the engine is nobody's self. */
export function isSelf(actor: { type: string; id: string | null }, userId: string): boolean {
  return actor.type === "user" && actor.id === userId;
}
