import { z } from "zod";
import { skip, withoutUnstorable } from "#lib/imports/imported-incident";
import type { Skipped, SkipReason } from "#lib/imports/imported-incident";

export const importedInstant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Reads the JSON of one record, without what PostgreSQL's text can't hold, or says what is wrong with it, with the record's id where it has one. */
export function readRecord<T>(
  schema: z.ZodType<T>,
  text: string,
  reason: SkipReason,
): { kind: "read"; data: T } | Skipped {
  let json: unknown;
  try {
    json = JSON.parse(text, (_key, value: unknown) =>
      typeof value === "string" ? withoutUnstorable(value) : value,
    );
  } catch {
    return skip("is not valid JSON", text.slice(0, 80));
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "read", data: parsed.data };
  const issue = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`)[0] ?? "";
  return skip(reason, `${idOf(json)}: ${issue}`);
}

function idOf(json: unknown): string {
  const parsed = z.object({ id: z.coerce.string() }).safeParse(json);
  return parsed.success ? parsed.data.id.slice(0, 80) : "a record without id";
}
