import type { PageFacts } from "#lib/notifications/page-facts";

/**
 * The page as a JSON document for somebody's own program. `delivery_id` is the same in every attempt, also in the header
 * `X-Touchline-Delivery`: a receiver that has seen it ignores the repetition. Texts are as they came: escape what you show.
 */
export function webhookMessage(facts: PageFacts) {
  const { incident, person, nextConsequence, links } = facts;
  return {
    type: typeOf(facts),
    version: 1,
    delivery_id: facts.deliveryId,
    page_id: facts.pageId,
    sent_at: facts.at.toISOString(),
    expires_at: facts.expiresAt.toISOString(),
    reason: facts.reason,
    level: facts.level,
    person: { id: person.id, name: person.name },
    incident: incident && {
      id: incident.id,
      number: incident.number,
      title: incident.title,
      body: incident.body,
      status: incident.status,
      urgency: incident.urgency,
      priority: incident.priority,
      created_at: incident.createdAt.toISOString(),
      service: incident.serviceName,
      team: incident.teamName,
    },
    notice: facts.notice && { title: facts.notice.title, lines: facts.notice.lines },
    escalates: nextConsequence && { at: nextConsequence.at.toISOString(), to: nextConsequence.to },
    links: { open: links.open, acknowledge: links.oneTap, runbook: incident?.runbookUrl ?? null },
  };
}

function typeOf({ incident, notice }: PageFacts): "page" | "notice" | "test" {
  if (incident) return "page";
  return notice ? "notice" : "test";
}
