import { wireInstantOrNull } from "#lib/http/wire/instant";
import type { WireContext } from "#lib/http/wire/wire-context";
import { celOf } from "#lib/rules/condition";
import { pathToPcl } from "#lib/rules/pcl";
import type { RuleSetDto } from "#lib/rules/queries/rule-sets";
import type { FieldWrite, Rule, RuleActions, RuleCondition, RulePath, RuleSetKind } from "#lib/rules/rule";

/** All rules that are no service's own are one orchestration. */
export const ORCHESTRATION_ID = "QORCHESTRATION";

/** Where a rule set is in the public API. */
export type OrchestrationPlace = { kind: RuleSetKind; serviceId: string | null };

export function orchestrationPathOf({ kind, serviceId }: OrchestrationPlace): string {
  return kind === "service"
    ? `event_orchestrations/services/${serviceId ?? ""}`
    : `event_orchestrations/${ORCHESTRATION_ID}/${kind}`;
}

/** The rules of a place as PagerDuty has them; what it has no word for is added. */
export function wireOrchestrationPath(
  wire: WireContext,
  place: OrchestrationPlace,
  set: Pick<RuleSetDto, "version" | "path" | "versions">,
) {
  const first = set.versions.at(-1);
  const last = set.versions.find(({ version }) => version === set.version);
  return {
    type: place.kind,
    parent: parentOf(wire, place),
    self: `${wire.api}/${orchestrationPathOf(place)}`,
    ...wireSets(set.path),
    created_at: wireInstantOrNull(wire, first?.at ?? null),
    created_by: null,
    updated_at: wireInstantOrNull(wire, last?.at ?? null),
    updated_by: null,
    version: String(set.version),
    published_by: last?.publishedBy ?? null,
    reason: last?.reason ?? null,
  };
}

function parentOf(wire: WireContext, { kind, serviceId }: OrchestrationPlace) {
  if (kind !== "service") {
    const self = `${wire.api}/event_orchestrations/${ORCHESTRATION_ID}`;
    return { id: ORCHESTRATION_ID, type: "event_orchestration_reference", self };
  }
  const id = serviceId ?? "";
  return { id, type: "service_reference", self: `${wire.api}/services/${id}` };
}

function wireSets({ sections, catchAll }: RulePath) {
  return {
    sets: sections.map(({ id, name, rules }) => ({ id, name, rules: rules.map(wireRule) })),
    catch_all: { actions: wireActions(catchAll, null) },
  };
}

function wireRule(rule: Rule) {
  return {
    id: rule.id,
    label: rule.label,
    conditions: expressionsOf(rule.when).map((expression) => ({ expression })),
    actions: wireActions(rule.actions, rule.goTo),
    disabled: rule.disabled,
    shadow: rule.shadow,
    reason: rule.reason,
    threshold:
      rule.threshold === null
        ? null
        : { more_than: rule.threshold.moreThan, within_seconds: rule.threshold.withinSeconds },
  };
}

/** The conditions as they are told: in PagerDuty's language or in CEL. */
export function expressionsOf(when: RuleCondition): readonly string[] {
  if (when.kind === "listed") return when.expressions;
  const cel = celOf(when);
  return cel === null ? [] : [cel];
}

/** Only what an action does is there: clients take what is missing and what is empty alike. */
function wireActions(actions: RuleActions, goTo: string | null): Record<string, unknown> {
  const { dynamicRoute: dynamic } = actions;
  const said: Record<string, unknown> = {
    route_to: actions.routeTo ?? goTo,
    dynamic_route_to: dynamic && {
      lookup_by: `service_${dynamic.lookUpBy}`,
      source: pathToPcl(dynamic.path),
      regex: dynamic.pattern,
    },
    suppress: actions.suppress || null,
    suspend: actions.pauseSeconds,
    drop_event: actions.drop || null,
    severity: actions.severity,
    event_action: actions.action,
    priority: actions.priorityId,
    escalation_policy: actions.policyId,
    urgency: actions.urgency,
    annotate: actions.note === null ? null : templateToPcl(actions.note),
    tags: orNull(actions.tags),
    variables: orNull(
      actions.variables.map(({ name, path, pattern }) => ({
        name,
        path: pathToPcl(path),
        type: "regex",
        value: pattern,
      })),
    ),
    extractions: orNull(actions.writes.map(wireExtraction)),
    webhook_ids: orNull(actions.webhooks),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

function wireExtraction({ field, key, from }: FieldWrite) {
  const target = key === null ? `event.${field}` : `event.${field}.${key}`;
  return from.kind === "template"
    ? { target, template: templateToPcl(from.template) }
    : { target, source: pathToPcl(from.path), regex: from.pattern };
}

function templateToPcl(template: string): string {
  return template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, path: string) => `{{${pathToPcl(path)}}}`);
}
