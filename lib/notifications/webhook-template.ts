import { pageContent } from "#lib/notifications/page-content";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";

/** What a template can name, and what it stands for. */
export const TEMPLATE_FIELDS = {
  kind: "incident, notice or test",
  title: "one line that says everything",
  text: "the lines below it",
  details: "the incident's own words",
  urgency: "high or low",
  priority: "P1 to P5, or nothing",
  number: "the incident's number",
  status: "triggered, acknowledged or resolved",
  service: "name of the service",
  team: "name of its team",
  person: "who is paged",
  reason: "why they are",
  escalates_to: "who is next",
  escalates_at: "when, as an ISO instant",
  open_url: "where to read on",
  runbook_url: "the service's runbook, or nothing",
  acknowledge_url: "the person's own one-tap link",
  delivery_id: "the same in every attempt",
} as const;
type TemplateField = keyof typeof TEMPLATE_FIELDS;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A JSON text with `{{placeholders}}` filled in. Each value is escaped for the inside of a JSON string, so it can't get out of one. */
export function renderWebhookTemplate(template: string, facts: PageFacts): string {
  const values = valuesOf(facts);
  return template.replace(PLACEHOLDER, (_, name: string) =>
    isField(name) ? JSON.stringify(values[name]).slice(1, -1) : "",
  );
}

/**
 * What is wrong with a template, in a sentence; null when it is good. It is tried on facts whose every value would break JSON outside
 * of quotes, so that what passes here is JSON whatever a page says.
 */
export function webhookTemplateFault(template: string, sample: PageFacts): string | null {
  for (const [, name = ""] of template.matchAll(PLACEHOLDER)) {
    if (!isField(name))
      return `There is no {{${name}}}. Known are ${Object.keys(TEMPLATE_FIELDS).join(", ")}.`;
  }
  try {
    JSON.parse(renderWebhookTemplate(template, sample));
    JSON.parse(template.replace(PLACEHOLDER, "no value"));
    return null;
  } catch (error) {
    return `Filled in it is not JSON: ${error instanceof Error ? error.message : "it can't be read"}. Put every placeholder into quotes.`;
  }
}

function isField(name: string): name is TemplateField {
  return Object.hasOwn(TEMPLATE_FIELDS, name);
}

function valuesOf(facts: PageFacts): Record<TemplateField, string> {
  const { incident, nextConsequence: next, person, links } = facts;
  const { kind, title, lines, details } = pageContent(facts);
  return {
    ...(incident ? incidentValues(incident) : NO_INCIDENT),
    kind,
    title,
    text: lines.join("\n"),
    details: details ?? "",
    urgency: facts.urgency,
    person: person.name,
    reason: facts.reason,
    escalates_to: next?.to ?? "",
    escalates_at: next?.at.toISOString() ?? "",
    open_url: links.open,
    runbook_url: incident?.runbookUrl ?? "",
    acknowledge_url: links.oneTap,
    delivery_id: facts.deliveryId,
  };
}

type IncidentField = "priority" | "number" | "status" | "service" | "team";
const NO_INCIDENT: Record<IncidentField, string> = {
  priority: "",
  number: "",
  status: "",
  service: "",
  team: "",
};

function incidentValues(incident: PageIncident): Record<IncidentField, string> {
  return {
    priority: incident.priority ?? "",
    number: String(incident.number),
    status: incident.status,
    service: incident.serviceName,
    team: incident.teamName ?? "",
  };
}
