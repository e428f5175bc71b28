import { z } from "zod";

const GO_FORMAT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) ([+-]\d{2})(\d{2})(?: \w+)?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * An instant in any of the forms that clients send: ISO 8601 with or without a colon in its offset, without an offset (UTC), a plain
 * date (its midnight in UTC), Go's default print, and a `+` that an unescaped query turned into a space. Null: it is none.
 */
export function readInstant(text: string): Date | null {
  const given = text.trim().replace(/(T[\d:.]+) (\d{2}:?\d{2})$/, "$1+$2");
  const go = GO_FORMAT.exec(given);
  const iso = go ? null : INSTANT.exec(given);
  if (!go && !iso) return null;
  const [, day, time = "00:00", offset = "Z"] = go ? [go[0], go[1], go[2], `${go[3]}:${go[4]}`] : (iso ?? []);
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const at = new Date(`${day}T${time}${zone}`);
  // JavaScript rolls 30 February over to March; it is no date.
  const real =
    !Number.isNaN(at.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day ?? "?");
  return real ? at : null;
}

/** A zod schema of the same. */
export const wireInstantSchema = z
  .string()
  .transform((text, context) => {
    const at = readInstant(text);
    if (at) return at;
    context.addIssue({ code: "custom", message: "is not a valid ISO 8601 time" });
    return z.NEVER;
  })
  .meta({ type: "string", format: "date-time" });
