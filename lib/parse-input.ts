import type { z } from "zod";
import { AppError } from "#lib/errors";

/** Checks what came in and fills in its defaults. Throws `invalid`, naming every wrong field by its path. */
export function parseInput<T extends z.ZodType>(schema: T, input: z.input<T>): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  const [first] = fields;
  const sentence = first ? `${first.field} ${first.message}`.trim() : "The input is not valid";
  throw new AppError("invalid", sentence, { fields, wireCode: 2001 });
}
