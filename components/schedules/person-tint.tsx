import { personSlot } from "#components/ui/person-chip";

/** The tint, text colour and bar that a person has everywhere. */
export function personTint(personId: string) {
  const slot = personSlot(personId);
  return {
    background: `var(--person-${slot}-bg)`,
    color: `var(--person-${slot}-text)`,
    boxShadow: `inset 3px 0 0 var(--person-${slot}-bar)`,
  };
}
