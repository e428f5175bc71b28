/** The pause after which a started sequence such as "g h" is forgotten, in milliseconds. */
export const sequenceTimeout = 1200;

interface Press {
  key: string;
  mod: boolean;
}

/** One press as bindings write it: "mod+k", "g", "?", "X" (shift and x). */
export function pressName({ key, mod }: Press): string {
  return mod ? `mod+${key.toLowerCase()}` : key;
}

/**
 * Follows the presses so far: `match` is the binding they complete, `pending` what to keep for the next press.
 * A press that continues nothing starts afresh, so a mistyped "g" never swallows the key after it.
 */
export function followSequence(bindings: readonly string[], pending: string, press: string) {
  const typed = pending === "" ? press : `${pending} ${press}`;
  for (const candidate of typed === press ? [press] : [typed, press]) {
    if (bindings.includes(candidate)) return { match: candidate, pending: "" };
    if (bindings.some((binding) => binding.startsWith(`${candidate} `)))
      return { match: undefined, pending: candidate };
  }
  return { match: undefined, pending: "" };
}

/** How a binding is written on key caps. */
export function keyCaps(binding: string, apple: boolean): string {
  return binding
    .split(" ")
    .map((press) => {
      if (press.startsWith("mod+")) return `${apple ? "⌘" : "Ctrl "}${press.slice(4).toUpperCase()}`;
      return /^[A-Z]$/u.test(press) ? `⇧${press}` : press;
    })
    .join(" ");
}
