import { cn } from "#components/ui/class-name";
import { NearLink } from "#components/ui/near-link";

/** Slots of the people palette, 1 to 10. */
export const personSlots = 10;

/** The palette slot of a person: the same everywhere, from the id alone. */
export function personSlot(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash % personSlots) + 1;
}

function firstCharacter(word = ""): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 32).trim();
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstCharacter(words[0]) || "?";
  const last = words.length > 1 ? firstCharacter(words.at(-1)) : "";
  return (first + last).toUpperCase();
}

interface AvatarProps {
  id: string;
  name: string;
  size?: "small" | "medium" | "large";
}

const avatarSizes = {
  small: "size-5 text-[9px]",
  medium: "size-7 text-meta",
  large: "size-10 text-body",
};

/** Initials on the person's tint. Decorative: the name stands beside it. */
export function Avatar({ id, name, size = "small" }: AvatarProps) {
  const slot = personSlot(id);
  return (
    <span
      aria-hidden
      data-mark
      style={{ background: `var(--person-${slot}-bg)`, color: `var(--person-${slot}-text)` }}
      className={cn(
        "inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none",
        avatarSizes[size],
      )}
    >
      {initials(name)}
    </span>
  );
}

interface PersonChipProps {
  person: { id: string; name: string };
  href?: string;
  /** A quiet word after the name: role, state, local time. */
  note?: string;
  className?: string;
}

export function PersonChip({ person, href, note, className }: PersonChipProps) {
  const content = (
    <>
      <Avatar id={person.id} name={person.name} />
      <span className="truncate">{person.name}</span>
      {note === undefined ? null : <span className="whitespace-nowrap text-text-3">{note}</span>}
    </>
  );
  const shape = cn("inline-flex min-h-6 max-w-full items-center gap-1.5 align-middle", className);
  if (href === undefined) return <span className={shape}>{content}</span>;
  return (
    <NearLink href={href} className={cn(shape, "rounded-mark hover:underline")}>
      {content}
    </NearLink>
  );
}

/** Overlapping initials with all names for screen readers; shows at most `max`. */
export function PeopleStack({
  people,
  max = 3,
}: {
  people: readonly { id: string; name: string }[];
  max?: number;
}) {
  const rest = people.length - max;
  return (
    <span className="inline-flex items-center">
      <span className="sr-only">{people.map((person) => person.name).join(", ")}</span>
      {people.slice(0, max).map((person) => (
        <span key={person.id} className="-ml-0.5 rounded-full ring-2 ring-surface first:ml-0">
          <Avatar id={person.id} name={person.name} />
        </span>
      ))}
      {rest > 0 ? (
        <span aria-hidden className="tabular ml-1 text-meta text-text-3">
          +{rest}
        </span>
      ) : null}
    </span>
  );
}
