import { z } from "zod";
import { idField, lineField } from "#lib/field-schemas";
import { SERVICE_LEVEL_CALENDARS, SERVICE_LEVEL_METRICS } from "#lib/service-levels/vocabulary";
import type { ServiceLevelMetric, ServiceLevelState } from "#lib/service-levels/vocabulary";
import type { ServiceLevelPolicy } from "#lib/service-levels/policy";

const YEAR_MINUTES = 366 * 24 * 60;

const targetSchema = z.object({
  priority: z.int().min(1).max(5).nullable(),
  tier: z.int().min(1).max(4).nullable(),
  minutes: z.int().min(1, "must be at least a minute").max(YEAR_MINUTES, "is longer than a year"),
});

export const serviceLevelInputSchema = z.object({
  name: lineField(100),
  metric: z.enum(SERVICE_LEVEL_METRICS),
  calendar: z.enum(SERVICE_LEVEL_CALENDARS),
  pausesWhileSnoozed: z.boolean(),
  goalPercent: z.number().gt(0, "must be above 0").max(100, "is at most 100"),
  targets: z
    .array(targetSchema)
    .min(1, "needs at least one target")
    .max(20, "takes at most 20 targets")
    .refine(
      (targets) =>
        new Set(targets.map(({ priority, tier }) => `${priority}/${tier}`)).size === targets.length,
      "names the same kind of incident twice",
    ),
});
export type ServiceLevelInput = z.input<typeof serviceLevelInputSchema>;

export const serviceLevelParams = z.object({ policyId: idField });

/** Instants are ISO 8601. */
export type ServiceLevelPolicyDto = ServiceLevelPolicy & {
  goalPercent: number;
  effectiveFrom: string;
  /** Past incidents are still being measured anew. */
  isRestating: boolean;
};

/** How a promise stands for one incident. */
export type IncidentLevelDto = {
  policyId: string;
  name: string;
  metric: ServiceLevelMetric;
  state: ServiceLevelState;
  targetMs: number;
  startedAt: string;
  atRiskAt: string | null;
  dueAt: string | null;
  endedAt: string | null;
};
