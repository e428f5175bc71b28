import { comparedValues } from "#lib/noise/grouping-setting";
import { maskedTokens } from "#lib/noise/mask";
import type { PastAlert } from "#lib/noise/replay";
import { mine, NO_TEMPLATES, templateText } from "#lib/noise/templates";
import type { TemplateState } from "#lib/noise/templates";

/** What is read of an alert of the past. */
export type AlertRecord = {
  alertId: string;
  serviceId: string;
  at: Date;
  resolvedAt: Date | null;
  summary: string;
  source: string;
  severity: string;
  component: string | null;
  group: string | null;
  class: string | null;
  customDetails: unknown;
};

/**
 * Alerts as the grouping compares them, in their order, with templates mined per service on the way. The ids of templates are made
 * of service and order, so equal alerts give equal ids.
 */
export function pastAlerts(records: readonly AlertRecord[], fields: readonly string[]): PastAlert[] {
  const states = new Map<string, TemplateState>();
  return records.map((record) => {
    const tokens = maskedTokens(record.summary);
    const before = states.get(record.serviceId) ?? NO_TEMPLATES;
    const mined = mine(before, tokens, () => `${record.serviceId} ${before.seen}`);
    states.set(record.serviceId, mined.state);
    return {
      at: record.at,
      resolvedAt: record.resolvedAt,
      face: {
        alertId: record.alertId,
        serviceId: record.serviceId,
        summary: record.summary,
        templateId: mined.template.id,
        template: templateText(mined.template.tokens),
        tokens,
        values: comparedValues(record, fields),
      },
    };
  });
}
