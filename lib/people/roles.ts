/** Organisation roles, most powerful first; what each may do is decided in permissions.ts. */
export const ROLES = ["owner", "admin", "manager", "responder", "observer", "stakeholder"] as const;
export type Role = (typeof ROLES)[number];

export const TEAM_ROLES = ["manager", "responder", "observer"] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];
