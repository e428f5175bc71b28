/** A service's state in the words of the public API, the gravest first. */
export const HEALTH_STATES = ["disabled", "critical", "warning", "active"] as const;
export type Health = (typeof HEALTH_STATES)[number];

/** Open incidents of a service. */
export type OpenIncidents = { triggered: number; acknowledged: number };

/** Disabled comes before everything; an incident that nobody has acknowledged before those somebody works on. */
export function healthOf(isDisabled: boolean, open: OpenIncidents): Health {
  if (isDisabled) return "disabled";
  if (open.triggered > 0) return "critical";
  return open.acknowledged > 0 ? "warning" : "active";
}
