import { MAX_DEDUP_KEY_LENGTH, MAX_LABEL_LENGTH, MAX_SUMMARY_LENGTH } from "#lib/events/event";
import type { JsonObject } from "#lib/events/json";
import { storableDetails } from "#lib/events/storable-json";
import { isBlank, isStorableText, singleLine, storableText, truncate } from "#lib/events/storable-text";
import { parseTimestamp } from "#lib/events/timestamp";

/** Warnings of one event, in the order they were met. */
export type Warnings = string[];

const REPLACED = "characters that can't be stored were replaced";

/** A field's text: numbers and booleans are taken as text; absent, blank and any other value are null. */
export function plainText(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && !isBlank(value) ? value : null;
}

/** One bounded line of text, or null when it is absent or blank. */
export function readLine(value: unknown, name: string, max: number, warnings: Warnings): string | null {
  const text = plainText(value);
  if (text === null) {
    if (value !== undefined && value !== null && typeof value !== "string") {
      warnings.push(`'${name}' is not a text, left out`);
    }
    return null;
  }
  if (!isStorableText(text)) warnings.push(`'${name}': ${REPLACED}`);
  const line = singleLine(storableText(text));
  const cut = truncate(line, max);
  if (cut.length < line.length) warnings.push(`'${name}' was cut to ${max} characters`);
  return cut === "" ? null : cut.trimEnd();
}

export function readLabel(
  object: Record<string, unknown>,
  key: string,
  name: string,
  warnings: Warnings,
): string | null {
  return readLine(object[key], name, MAX_LABEL_LENGTH, warnings);
}

export function readSummary(value: unknown, name: string, warnings: Warnings): string | null {
  return readLine(value, name, MAX_SUMMARY_LENGTH, warnings);
}

/** The key exactly as it was sent (white space counts), or null when it is absent or blank. */
export function readDedupKey(value: unknown, name: string, warnings: Warnings): string | null {
  const key = plainText(value);
  if (key === null || isStorableText(key)) return key;
  warnings.push(`'${name}': ${REPLACED}`);
  return storableText(key);
}

export function isTooLongDedupKey(key: string): boolean {
  return key.length > MAX_DEDUP_KEY_LENGTH && truncate(key, MAX_DEDUP_KEY_LENGTH).length < key.length;
}

/** The instant the sender states, or null with a warning when it can't be read: a bad clock never costs an event. */
export function readTimestamp(value: unknown, name: string, warnings: Warnings): string | null {
  const parsed = parseTimestamp(value);
  if (parsed.kind === "unparsable") {
    warnings.push(`'${name}' can't be read as a time, the time of receipt is used`);
  }
  return parsed.kind === "instant" ? parsed.at : null;
}

export function readDetails(value: unknown, name: string, warnings: Warnings): JsonObject {
  const details = storableDetails(value);
  for (const warning of details.warnings) warnings.push(`'${name}': ${warning}`);
  return details.value;
}
