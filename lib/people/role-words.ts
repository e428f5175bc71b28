import type { Role, TeamRole } from "#lib/people/roles";

/** What each role may do, where one is chosen. */
export const ROLE_WORDS: Record<Role, { label: string; hint: string }> = {
  owner: { label: "Owner", hint: "Everything, other owners included." },
  admin: { label: "Admin", hint: "Everything but changing owners." },
  manager: { label: "Manager", hint: "Services, schedules, policies and teams; reads the audit log." },
  responder: { label: "Responder", hint: "Takes and resolves incidents, declares them, is on call." },
  observer: { label: "Observer", hint: "Sees everything and can declare an incident." },
  stakeholder: { label: "Stakeholder", hint: "Sees everything, changes nothing." },
};

export const TEAM_ROLE_WORDS: Record<TeamRole, string> = {
  manager: "Manager",
  responder: "Responder",
  observer: "Observer",
};
