import { isBlank } from "#lib/events/storable-text";

export type ParsedTimestamp = { kind: "instant"; at: string } | { kind: "absent" } | { kind: "unparsable" };

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?\s?(?:[Zz]|UTC|GMT|([+-])(\d\d):?(\d\d)?(?: [A-Z]{3,4})?)?$/;
const EPOCH = /^\d{9,19}(?:\.\d+)?$/;
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);
const ABSENT: ParsedTimestamp = { kind: "absent" };
const UNPARSABLE: ParsedTimestamp = { kind: "unparsable" };

/**
 * Reads the instants that monitors send: ISO 8601 with or without colon in the offset, fraction or seconds (no offset: UTC),
 * and Unix epochs in seconds, milliseconds, microseconds or nanoseconds. Go's zero time (year 1, or year 0 in zones west of
 * Greenwich) and an epoch of 0 mean "not set".
 */
export function parseTimestamp(value: unknown): ParsedTimestamp {
  if (value === undefined || value === null || value === 0) return ABSENT;
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return UNPARSABLE;
  const text = value.trim();
  if (isBlank(text) || text === "0") return ABSENT;
  return EPOCH.test(text) ? fromEpoch(Number(text)) : fromIso(text);
}

/** The unit follows from the size: from 1973 to 5138 the four ranges don't overlap. */
function fromEpoch(epoch: number): ParsedTimestamp {
  if (epoch < 1e8) return UNPARSABLE;
  if (epoch >= 1e17) return fromMilliseconds(epoch / 1e6);
  if (epoch >= 1e14) return fromMilliseconds(epoch / 1e3);
  return fromMilliseconds(epoch >= 1e11 ? epoch : epoch * 1e3);
}

function fromIso(text: string): ParsedTimestamp {
  const match = ISO.exec(text);
  if (!match) return UNPARSABLE;
  const part = (group: number) => Number(match[group] ?? 0);
  const year = part(1);
  if (year <= 1) return ABSENT;
  if (!isDate(year, part(2), part(3)) || part(4) > 23 || part(5) > 59 || part(6) > 60) return UNPARSABLE;
  const local = Date.UTC(year, part(2) - 1, part(3), part(4), part(5), part(6));
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const offsetMinutes = (match[8] === "-" ? -1 : 1) * (part(9) * 60 + part(10));
  return fromMilliseconds(local + milliseconds - offsetMinutes * 60_000);
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function fromMilliseconds(milliseconds: number): ParsedTimestamp {
  if (!(milliseconds >= EARLIEST && milliseconds <= LATEST)) return UNPARSABLE;
  return { kind: "instant", at: new Date(milliseconds).toISOString() };
}
