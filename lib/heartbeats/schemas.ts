import { z } from "zod";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { LONGEST_PERIOD_SECONDS, SHORTEST_PERIOD_SECONDS } from "#lib/heartbeats/heartbeat";
import { idField, lineField } from "#lib/field-schemas";

const fields = {
  name: lineField(255),
  everySeconds: z
    .number()
    .int()
    .min(SHORTEST_PERIOD_SECONDS, `must be at least ${SHORTEST_PERIOD_SECONDS} seconds`)
    .max(LONGEST_PERIOD_SECONDS, "must be at most 31 days"),
  graceSeconds: z
    .number()
    .int()
    .min(0, "can't be negative")
    .max(LONGEST_PERIOD_SECONDS, "must be at most 31 days"),
  severity: z.enum(SEVERITIES),
};

export const heartbeatInputSchema = z.object({
  serviceId: idField,
  ...fields,
  graceSeconds: fields.graceSeconds.default(0),
  severity: fields.severity.default("critical"),
});
export type HeartbeatInput = z.input<typeof heartbeatInputSchema>;

/** What is left out stays as it is. */
export const heartbeatUpdateSchema = z.object({ heartbeatId: idField, ...z.object(fields).partial().shape });
export type HeartbeatUpdate = z.input<typeof heartbeatUpdateSchema>;
