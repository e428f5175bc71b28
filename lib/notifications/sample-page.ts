import type { PageFacts } from "#lib/notifications/page-facts";

const AT = new Date("2026-11-22T03:14:07.000Z");

/** A page to show what one looks like, and to try templates on: its texts have everything in them that needs care. */
export const SAMPLE_PAGE: PageFacts = {
  deliveryId: "QSAMPLE0000001",
  pageId: "QSAMPLE0000002",
  channel: "webhook",
  incident: {
    id: "QSAMPLE0000003",
    number: 1042,
    title: 'Checkout answers "502 Bad Gateway"',
    body: "4 % of requests\nin the last 5 minutes",
    status: "triggered",
    urgency: "high",
    priority: "P1",
    createdAt: new Date(AT.getTime() - 135_000),
    serviceName: "checkout-api",
    teamName: "Payments",
    detailsWithheld: false,
    runbookUrl: "https://wiki.example.com/checkout",
  },
  notice: null,
  bundle: [],
  asked: null,
  urgency: "high",
  reason: "assigned",
  level: 1,
  person: { id: "QSAMPLE0000004", name: "Maya Rao", timeZone: "Etc/UTC" },
  nextConsequence: { at: new Date(AT.getTime() + 240_000), to: "Ben Ng" },
  expiresAt: new Date(AT.getTime() + 3_600_000),
  at: AT,
  links: {
    open: "https://touchline.example.com/incidents/1042",
    oneTap: "https://touchline.example.com/a/sample",
    settings: "https://touchline.example.com/me/notifications",
  },
};
