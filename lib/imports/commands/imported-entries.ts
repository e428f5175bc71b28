import { createHash } from "node:crypto";
import type { logEntries } from "#db/schema/incidents";
import type { FoundAuthors } from "#lib/imports/commands/imported-authors";
import type { ImportedEntry } from "#lib/imports/imported-incident";

const KEY_TYPES = ["trigger", "acknowledge", "unacknowledge", "resolve", "reopen", "escalate", "snooze"];
const HASHES = 36n ** 10n;
const LAST = 36 ** 3 - 1;

/**
 * The log entry of an imported line. Its id follows from what it says, so that bringing it in again is noticed, and keeps lines of
 * one instant in the order of `place`.
 */
export function entryRow(
  authors: FoundAuthors,
  incidentId: string,
  externalId: string,
  place: number,
  entry: Omit<ImportedEntry, "type"> & { type: ImportedEntry["type"] | "trigger" },
): typeof logEntries.$inferInsert {
  const { at, key, type, by, note, data } = entry;
  const byPerson = by?.isPerson === true;
  return {
    id: importedEntryId(`${externalId}/${key}`, place),
    incidentId,
    at,
    type,
    class: KEY_TYPES.includes(type) ? "key" : "people",
    actorType: by === null ? "system" : byPerson ? "user" : "integration",
    actorId: by === null ? null : authors.idOf(by),
    actorName: by?.name ?? authors.actorName,
    channel: "import",
    note,
    data,
  };
}

/** A letter and 13 of [A-Z0-9]: an opaque id like any other, which is the same for the same line. */
function importedEntryId(name: string, place: number): string {
  const digest = BigInt(`0x${createHash("sha256").update(name).digest("hex")}`) % HASHES;
  return `I${base36(Math.min(place, LAST), 3)}${base36(digest, 10)}`;
}

function base36(value: number | bigint, width: number): string {
  return value.toString(36).toUpperCase().padStart(width, "0");
}
