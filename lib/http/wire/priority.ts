import { resourceHead } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";

/** A priority as the public API shows it. Its `order` is larger the graver it is, our rank smaller. */
export function wirePriority(
  wire: WireContext,
  priority: { id: string; name: string; description: string; color: string; rank: number },
) {
  return {
    ...resourceHead(wire, "priority", priority),
    name: priority.name,
    description: priority.description,
    color: priority.color.replace(/^#/, ""),
    order: 1000 - priority.rank,
  };
}
