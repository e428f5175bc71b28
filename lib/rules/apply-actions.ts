import { MAX_DEDUP_KEY_LENGTH, MAX_LABEL_LENGTH, MAX_SUMMARY_LENGTH } from "#lib/events/event";
import type { NormalisedEvent } from "#lib/events/event";
import type { Reading, Subject, Surroundings } from "#lib/rules/evaluate";
import type { FieldWrite, RuleActions, RuleSetRef, WritableField } from "#lib/rules/rule";
import { fillTemplate, parseTemplate } from "#lib/rules/template";

type Doer = { set: RuleSetRef; ruleId: string; label: string };

const MAX_NOTE_LENGTH = 4000;
const MAX_TAGS = 20;

/** What a rule does to an event, with one trace step that says all of it. The same subject where it does nothing at all. */
export function applyActions(
  subject: Subject,
  actions: RuleActions,
  doer: Doer,
  around: Surroundings,
): Subject {
  const said: string[] = [];
  let next = withVariables(subject, actions, around);
  next = withRoute(next, actions, around, said);
  next = withFields(next, actions, around, said);
  next = withOutcome(next, actions, doer, said);
  next = withTerms(next, actions, around.reading(next), said);
  next = withCalls(next, actions, doer, said);
  if (said.length === 0 && doer.ruleId === "catch-all") return subject;
  const because = `${doer.label} of ${doer.set.name} (version ${doer.set.version})${said.length > 0 ? `: ${said.join(", ")}` : " matches and changes nothing"}`;
  const step = {
    step: "rules",
    outcome: actions.drop ? "dropped" : "matched",
    because,
    rule: { setId: doer.set.id, version: doer.set.version, ruleId: doer.ruleId },
  };
  return { ...next, trace: [...next.trace, step] };
}

function withVariables(subject: Subject, { variables }: RuleActions, around: Surroundings): Subject {
  let next = subject;
  for (const { name, path, pattern } of variables) {
    const value = around.reading(next).extract(path, pattern);
    if (value !== null) next = { ...next, variables: { ...next.variables, [name]: value } };
  }
  return next;
}

function withRoute(subject: Subject, actions: RuleActions, around: Surroundings, said: string[]): Subject {
  const { routeTo, dynamicRoute } = actions;
  if (routeTo !== null) {
    const serviceId = around.findService("id", routeTo);
    said.push(
      serviceId === null ? "its service is gone, so the event is not routed" : "routed to its service",
    );
    return serviceId === null ? subject : { ...subject, serviceId };
  }
  if (dynamicRoute === null) return subject;
  const { path, pattern, lookUpBy } = dynamicRoute;
  const found = around.reading(subject).extract(path, pattern);
  const serviceId = found === null ? null : around.findService(lookUpBy, found);
  said.push(
    serviceId === null
      ? `no service has the ${lookUpBy} ${found === null ? `that ${path} should hold` : `'${found}'`}`
      : `routed to the service with the ${lookUpBy} '${found}'`,
  );
  return serviceId === null ? subject : { ...subject, serviceId };
}

function withFields(subject: Subject, actions: RuleActions, around: Surroundings, said: string[]): Subject {
  let next = subject;
  for (const write of actions.writes) {
    const value = valueOf(write, around.reading(next));
    const name = write.field === "custom_details" ? `custom_details.${write.key ?? ""}` : write.field;
    if (value === null || value.trim() === "") {
      said.push(`${name} is left as it was, since there is nothing to write`);
      continue;
    }
    next = writeField(next, write, value);
    said.push(`${name} becomes '${value.length > 80 ? `${value.slice(0, 80)}…` : value}'`);
  }
  const { severity, action } = actions;
  if (severity !== null) said.push(`severity ${severity}`);
  if (action !== null) said.push(`taken as ${action}`);
  const event = withAction(next.event, next.dedupKey, severity, action);
  return event === next.event ? next : { ...next, event };
}

function valueOf({ from }: FieldWrite, reading: Reading): string | null {
  if (from.kind === "pattern") return reading.extract(from.path, from.pattern);
  return fillTemplate(parseTemplate(from.template), (path) => reading.text(path));
}

const LIMITS: Record<Exclude<WritableField, "custom_details">, number> = {
  dedup_key: MAX_DEDUP_KEY_LENGTH,
  summary: MAX_SUMMARY_LENGTH,
  source: MAX_LABEL_LENGTH,
  component: MAX_LABEL_LENGTH,
  group: MAX_LABEL_LENGTH,
  class: MAX_LABEL_LENGTH,
};

function writeField(subject: Subject, { field, key }: FieldWrite, value: string): Subject {
  if (field === "custom_details") {
    const customDetails = { ...subject.event.customDetails, [key ?? "value"]: value };
    return { ...subject, event: { ...subject.event, customDetails } };
  }
  const text = value.slice(0, LIMITS[field]);
  if (field === "dedup_key") return { ...subject, dedupKey: text };
  return { ...subject, event: { ...subject.event, [field]: text } };
}

function withAction(
  event: NormalisedEvent,
  dedupKey: string,
  severity: RuleActions["severity"],
  action: RuleActions["action"],
): NormalisedEvent {
  if (severity === null && (action === null || action === event.action)) return event;
  const changed = { ...event, severity: severity ?? event.severity };
  if ((action ?? event.action) !== "trigger")
    return {
      ...changed,
      action: action === "resolve" ? action : changed.action,
      dedupKey,
    } as NormalisedEvent;
  const summary = changed.summary.trim() === "" ? dedupKey : changed.summary;
  const source = changed.source.trim() === "" ? "unknown" : changed.source;
  return { ...changed, action: "trigger", summary, source, severity: changed.severity ?? "error" };
}

function withOutcome(subject: Subject, actions: RuleActions, doer: Doer, said: string[]): Subject {
  const who = `${doer.label} of ${doer.set.name}`;
  let next = subject;
  if (actions.drop) {
    said.push("dropped");
    next = { ...next, drop: `${who} drops it` };
  }
  if (actions.suppress) {
    said.push("suppressed");
    next = { ...next, suppress: `${who} suppresses it` };
  }
  if (actions.pauseSeconds !== null) {
    said.push(`paused for ${actions.pauseSeconds} s`);
    next = { ...next, pause: { seconds: actions.pauseSeconds, because: `${who} pauses it` } };
  }
  return next;
}

function withCalls(subject: Subject, { webhooks }: RuleActions, doer: Doer, said: string[]): Subject {
  if (webhooks.length === 0) return subject;
  said.push(webhooks.length === 1 ? "a webhook called" : `${webhooks.length} webhooks called`);
  const rule = { setId: doer.set.id, version: doer.set.version, ruleId: doer.ruleId, label: doer.label };
  const calls = webhooks.map((webhookId) => ({ webhookId, rule, subject }));
  return { ...subject, calls: [...subject.calls, ...calls] };
}

function withTerms(subject: Subject, actions: RuleActions, reading: Reading, said: string[]): Subject {
  const { urgency, priorityId, policyId } = actions;
  const note =
    actions.note === null ? null : fillTemplate(parseTemplate(actions.note), (path) => reading.text(path));
  if (urgency !== null) said.push(`${urgency} urgency`);
  if (priorityId !== null) said.push("priority set");
  if (policyId !== null) said.push("another escalation policy");
  if (note !== null) said.push("a note added");
  if (actions.tags.length > 0) said.push(`tagged ${actions.tags.join(", ")}`);
  const before = subject.terms;
  const terms = {
    urgency: urgency ?? before.urgency,
    priorityId: priorityId ?? before.priorityId,
    policyId: policyId ?? before.policyId,
    notes: note === null ? before.notes : [...before.notes, note.slice(0, MAX_NOTE_LENGTH)],
  };
  const tags = [...new Set([...subject.tags, ...actions.tags])].slice(0, MAX_TAGS);
  return { ...subject, terms, tags };
}
