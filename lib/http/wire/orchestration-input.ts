import { z } from "zod";
import { SEVERITIES } from "#lib/alerts/vocabulary";
import { AppError } from "#lib/errors";
import { expressionsOf } from "#lib/http/wire/orchestration-path";
import { newId } from "#lib/ids";
import { URGENCIES } from "#lib/incidents/vocabulary";
import { pathFromPcl } from "#lib/rules/pcl";
import { NO_ACTIONS, WRITABLE_FIELDS } from "#lib/rules/rule";
import type { FieldWrite, Rule, RuleActions, RulePath, RuleSetKind } from "#lib/rules/rule";

/** Nothing, in the ways that clients write it. */
const nothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === undefined ? null : value), schema.nullable());
const text = nothing(z.string());
const listOf = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? [], z.array(schema));
/** What other rules do that ours can't; empty is as good as absent. */
const unsupported = z.preprocess((value) => value ?? [], z.array(z.unknown()));

const actionsSchema = z.object({
  route_to: text,
  dynamic_route_to: nothing(
    z.object({ lookup_by: z.enum(["service_id", "service_name"]), source: z.string(), regex: z.string() }),
  ),
  suppress: nothing(z.boolean()),
  suspend: nothing(z.number().int()),
  drop_event: nothing(z.boolean()),
  severity: nothing(z.enum(SEVERITIES)),
  event_action: nothing(z.enum(["trigger", "resolve"])),
  priority: text,
  escalation_policy: text,
  urgency: nothing(z.enum(URGENCIES)),
  annotate: text,
  tags: listOf(z.string()),
  variables: listOf(z.object({ name: z.string(), path: z.string(), value: z.string() })),
  extractions: listOf(z.object({ target: z.string(), template: text, source: text, regex: text })),
  webhook_ids: listOf(z.string()),
  automation_actions: unsupported,
  pagerduty_automation_actions: unsupported,
  incident_custom_field_updates: unsupported,
});
type WireActions = z.infer<typeof actionsSchema>;

const ruleSchema = z.object({
  id: text,
  label: text,
  conditions: listOf(z.object({ expression: z.string().trim().min(1) })),
  actions: actionsSchema.optional(),
  disabled: nothing(z.boolean()),
  shadow: nothing(z.boolean()),
  reason: text,
  threshold: nothing(z.object({ more_than: z.number().int(), within_seconds: z.number().int() })),
});

type WireRule = z.infer<typeof ruleSchema>;

/** Rules of a place as they are put. What is left out stays as it is. */
export const orchestrationPathSchema = z.object({
  sets: z.array(z.object({ id: z.string(), name: text, rules: listOf(ruleSchema) })).optional(),
  catch_all: z.object({ actions: actionsSchema.optional() }).optional(),
  /** Why; it is kept with the version. */
  reason: text,
  /** Of the version that was read: another one in force is a conflict. Absent: whatever it is. */
  version: nothing(z.union([z.string(), z.number()])),
});
export type OrchestrationPathInput = z.infer<typeof orchestrationPathSchema>;

/** The rules that are meant. A rule that keeps its id and its conditions keeps the form in which they were written. */
export function readOrchestrationPath(
  kind: RuleSetKind,
  input: OrchestrationPathInput,
  current: RulePath,
): RulePath {
  const known = new Map(current.sections.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])));
  const sections = input.sets?.map(({ id, name, rules }, place) => ({
    id,
    name: name ?? current.sections.find((section) => section.id === id)?.name ?? (place === 0 ? "Start" : id),
    rules: rules.map((rule, index) => readRule(kind, rule, index, known)),
  }));
  const catchAll = input.catch_all?.actions;
  return {
    sections: sections ?? current.sections,
    catchAll: catchAll === undefined ? current.catchAll : readActions(kind, "catch_all", catchAll),
  };
}

function readRule(kind: RuleSetKind, wire: WireRule, index: number, known: ReadonlyMap<string, Rule>): Rule {
  const before = wire.id === null ? undefined : known.get(wire.id);
  const actions = wire.actions ?? actionsSchema.parse({});
  const label = wire.label ?? before?.label ?? `Rule ${index + 1}`;
  return {
    id: wire.id ?? newId().toLowerCase(),
    label,
    reason: wire.reason ?? before?.reason ?? "",
    disabled: wire.disabled === true,
    shadow: wire.shadow === true,
    when: conditionOf(wire, before),
    threshold: wire.threshold && {
      moreThan: wire.threshold.more_than,
      withinSeconds: wire.threshold.within_seconds,
    },
    actions: readActions(kind, label, actions),
    goTo: kind === "router" ? null : actions.route_to,
  };
}

function conditionOf(wire: WireRule, before: Rule | undefined): Rule["when"] {
  const expressions = wire.conditions.map(({ expression }) => expression);
  const isSame = before !== undefined && expressionsOf(before.when).join("\n") === expressions.join("\n");
  return isSame ? before.when : { kind: "listed", expressions };
}

function readActions(kind: RuleSetKind, where: string, wire: WireActions): RuleActions {
  refuseUnsupported(where, wire);
  const { dynamic_route_to: dynamic } = wire;
  const isRouted = kind === "router" && wire.route_to !== null && wire.route_to !== "unrouted";
  return {
    ...NO_ACTIONS,
    routeTo: isRouted ? wire.route_to : null,
    dynamicRoute: dynamic && {
      lookUpBy: dynamic.lookup_by === "service_id" ? "id" : "name",
      path: pathFromPcl(dynamic.source) ?? dynamic.source,
      pattern: dynamic.regex,
    },
    suppress: wire.suppress ?? false,
    pauseSeconds: wire.suspend,
    drop: wire.drop_event ?? false,
    severity: wire.severity,
    action: wire.event_action,
    urgency: wire.urgency,
    priorityId: wire.priority,
    policyId: wire.escalation_policy,
    note: wire.annotate === null ? null : templateFromPcl(wire.annotate),
    tags: wire.tags,
    variables: wire.variables.map(({ name, path, value }) => ({
      name,
      path: pathFromPcl(path) ?? path,
      pattern: value,
    })),
    writes: wire.extractions.map((extraction) => readExtraction(where, extraction)),
    webhooks: wire.webhook_ids,
  };
}

function refuseUnsupported(where: string, wire: WireActions): void {
  const words = {
    automation_actions: "are webhooks here: make one and name it in webhook_ids",
    pagerduty_automation_actions: "are not done here",
    incident_custom_field_updates: "are not done here",
  } as const;
  for (const [field, message] of Object.entries(words))
    if (wire[field as keyof typeof words].length > 0)
      throw new AppError("invalid", `${field} of ${where} ${message}`, { fields: [{ field, message }] });
}

function readExtraction(where: string, wire: WireActions["extractions"][number]): FieldWrite {
  const [, name = "", key] = /^event\.([a-z_]+)(?:\.(.+))?$/.exec(wire.target) ?? [];
  const field = WRITABLE_FIELDS.find((known) => known === name);
  const invalid = (message: string) =>
    new AppError("invalid", `An extraction of ${where}: ${message}`, {
      fields: [{ field: "extractions", message }],
    });
  if (field === undefined || (key !== undefined) !== (field === "custom_details"))
    throw invalid(`target must be one of ${WRITABLE_FIELDS.map((known) => `event.${known}`).join(", ")}`);
  if (wire.template !== null)
    return { field, key: key ?? null, from: { kind: "template", template: templateFromPcl(wire.template) } };
  if (wire.source === null || wire.regex === null) throw invalid("needs a template, or a source and a regex");
  const path = pathFromPcl(wire.source) ?? wire.source;
  return { field, key: key ?? null, from: { kind: "pattern", path, pattern: wire.regex } };
}

function templateFromPcl(template: string): string {
  return template.replace(
    /\{\{\s*([^{}]*?)\s*\}\}/g,
    (_, path: string) => `{{${pathFromPcl(path) ?? path}}}`,
  );
}
