import { requirePermission } from "#lib/context";
import type { Context } from "#lib/context";
import type { NormalisedEvent } from "#lib/events/event";
import { compileMapping } from "#lib/events/queries/compile-mapping";
import type { MappingError } from "#lib/events/queries/compile-mapping";
import { parseSource } from "#lib/events/sources/parse-source";
import { tryMappingSchema } from "#lib/events/schemas";
import type { TryMappingInput } from "#lib/events/schemas";
import { parseInput } from "#lib/parse-input";

/** What would become of one item of a message. */
export type TriedItem =
  | { kind: "event"; index: number; event: NormalisedEvent }
  | { kind: "rejected" | "ignored"; index: number; reason: string };

export type MappingTrial = {
  /** What can't be understood, by field and place. */
  errors: MappingError[];
  /** Why nothing of the message is read; null: it is. */
  unread: string | null;
  /** The first of its items, in order. */
  items: TriedItem[];
  counts: { events: number; rejected: number; ignored: number };
};

const SHOWN = 50;

/** What a mapping that is not published would make of a message. Nothing is stored. */
export function tryMapping(ctx: Context, input: TryMappingInput): MappingTrial {
  requirePermission(ctx.actor, "read");
  const { mapping, payload, contentType } = parseInput(tryMappingSchema, input);
  const { adapter, errors } = compileMapping(mapping);
  const parsed = parseSource(adapter, { contentType, headers: {}, text: payload });
  if (parsed.kind !== "events") {
    const unread = parsed.kind === "unrecognised" ? parsed.reason : "It asks for a confirmation";
    return { errors, unread, items: [], counts: { events: 0, rejected: 0, ignored: 0 } };
  }
  const items: TriedItem[] = [
    ...parsed.events.map(({ event, index }) => ({
      kind: "event" as const,
      index,
      event: { ...event, warnings: [...event.warnings, ...parsed.warnings] },
    })),
    ...parsed.rejected.map(({ index, reason }) => ({ kind: "rejected" as const, index, reason })),
    ...parsed.ignored.map(({ index, reason }) => ({ kind: "ignored" as const, index, reason })),
  ];
  return {
    errors,
    unread: null,
    items: items.toSorted((one, other) => one.index - other.index).slice(0, SHOWN),
    counts: {
      events: parsed.events.length,
      rejected: parsed.rejected.length,
      ignored: parsed.ignored.length,
    },
  };
}
