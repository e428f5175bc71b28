/** Whether an incident needed a person; waiting: it is open, and nobody did or said anything yet. */
export const ACTED = ["yes", "no", "waiting"] as const;
export type Acted = (typeof ACTED)[number];

/** What the people who were paged said of it afterwards. */
export const SAID = ["useful", "not_useful"] as const;
export type Said = (typeof SAID)[number];

/** What several people's answers amount to: a page that was useful to one of them was useful. Null: nobody answered. */
export function saidOf(verdicts: readonly { useful: boolean }[]): Said | null {
  if (verdicts.length === 0) return null;
  return verdicts.some(({ useful }) => useful) ? "useful" : "not_useful";
}

/** What counts in every action rate: what people said of their page, and only where nobody did what they did about the incident. */
export function actedOn(incident: { said: Said | null; engaged: boolean; isOver: boolean }): Acted {
  if (incident.said !== null) return incident.said === "useful" ? "yes" : "no";
  if (incident.engaged) return "yes";
  return incident.isOver ? "no" : "waiting";
}
