/** The standing views of the incident list; a view is nothing but a named query string. */
export const INCIDENT_VIEWS = [
  { id: "open", label: "All open", query: "status=open", counted: true },
  { id: "triggered", label: "Unacknowledged", query: "status=triggered", counted: true },
  { id: "mine", label: "Mine", query: "status=open&assignee=me", counted: true },
  { id: "major", label: "Major", query: "status=open&major=yes", counted: true },
  { id: "resolved", label: "Resolved", query: "status=resolved", counted: false },
  { id: "all", label: "All", query: "", counted: false },
] as const;
