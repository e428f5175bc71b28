import { z } from "zod";
import { idField } from "#lib/field-schemas";
import { MAPPED_FIELDS } from "#lib/events/json-mapping";
import type { JsonMapping, MappedField } from "#lib/events/json-mapping";

/** As long as the compiler takes. */
const expression = z.string().max(4000, "has at most 4000 characters");
const expressions = Object.fromEntries(MAPPED_FIELDS.map((field) => [field, expression]));

export const jsonMappingSchema: z.ZodType<JsonMapping> = z.strictObject(
  expressions as Record<MappedField, typeof expression>,
);

export const publishMappingSchema = z.object({
  integrationId: idField,
  mapping: jsonMappingSchema,
  /** The version that was edited; 0: the default. */
  expectedVersion: z.int().min(0),
});
export type PublishMappingInput = z.infer<typeof publishMappingSchema>;

export const tryMappingSchema = z.object({
  mapping: jsonMappingSchema,
  /** A message as it is sent: JSON, or a form that holds it. */
  payload: z.string().max(1_000_000, "has at most 1,000,000 characters"),
  contentType: z.string().max(200).nullable().default(null),
});
export type TryMappingInput = z.input<typeof tryMappingSchema>;
