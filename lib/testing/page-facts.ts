import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";

const AT = new Date("2026-11-22T03:14:07.000Z");

/** The facts of a page about checkout-api, two minutes and fifteen seconds old; four minutes are left. */
export function makePageFacts(
  incident: Partial<PageIncident> = {},
  values: Partial<PageFacts> = {},
): PageFacts {
  return {
    deliveryId: "QDELIVERY00001",
    pageId: "QPAGE000000001",
    channel: "email",
    incident: {
      id: "QINCIDENT00001",
      number: 1042,
      title: "Checkout 5xx above 4 %",
      body: null,
      status: "triggered",
      urgency: "high",
      priority: "P1",
      createdAt: new Date(AT.getTime() - 135_000),
      serviceName: "checkout-api",
      teamName: "Payments",
      detailsWithheld: false,
      runbookUrl: null,
      ...incident,
    },
    notice: null,
    bundle: [],
    asked: null,
    urgency: incident.urgency ?? "high",
    reason: "escalated",
    level: 2,
    person: { id: "QMAYA000000001", name: "Maya Rao", timeZone: "Europe/Berlin" },
    nextConsequence: { at: new Date(AT.getTime() + 240_000), to: "Ben Ng" },
    expiresAt: new Date(AT.getTime() + 3_600_000),
    at: AT,
    links: {
      open: "https://ops.example.com/incidents/1042",
      oneTap: "https://ops.example.com/a/token",
      settings: "https://ops.example.com/me/notifications",
    },
    ...values,
  };
}
