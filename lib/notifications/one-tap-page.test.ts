import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneTapPage } from "#lib/notifications/one-tap-page";
import type { OneTapView } from "#lib/notifications/one-tap-page";

const AT = new Date("2026-11-22T12:14:07.000Z");

function view(values: Partial<OneTapView> = {}): OneTapView {
  return {
    number: 1042,
    title: "Checkout 5xx above 4 %",
    status: "triggered",
    urgency: "high",
    priority: "P1",
    serviceName: "checkout-api",
    teamName: "Payments",
    createdAt: new Date(AT.getTime() - 135_000),
    at: AT,
    person: { id: "QMAYA", name: "Maya Rao", timeZone: "Europe/Berlin" },
    assignees: ["Maya Rao"],
    acknowledgements: [],
    resolved: null,
    next: { at: new Date(AT.getTime() + 240_000), to: "Ben Ng" },
    incidentUrl: "https://ops.example.com/incidents/1042",
    runbookUrl: null,
    verdict: null,
    ...values,
  };
}

describe("oneTapPage", () => {
  it("shows what it is and the two ways on", () => {
    const html = oneTapPage(view(), null);
    expect(html).toContain("Acknowledge as Maya Rao");
    expect(html).toContain("Escalate to Ben Ng instead");
    expect(html).toContain("Escalates to Ben Ng at 13:18 (in 4 m 0 s).");
    expect(html).toContain("2 m 15 s ago");
    expect(html).not.toContain("<script");
    expect(Buffer.byteLength(html)).toBeLessThan(15_000);
  });

  it("leads to the runbook, where there is one", () => {
    expect(oneTapPage(view(), null)).not.toContain("Runbook");
    const html = oneTapPage(view({ runbookUrl: 'https://wiki.example.com/"x"' }), null);
    expect(html).toContain('<a href="https://wiki.example.com/&quot;x&quot;">Runbook</a>');
  });

  it("offers nothing where there is nothing left to do", () => {
    const acknowledgements = [{ userId: "QBEN", name: "Ben Ng", at: AT }];
    const taken = oneTapPage(view({ status: "acknowledged", acknowledgements, next: null }), null);
    expect(taken).toContain("Acknowledged by Ben Ng at 13:14:07.");
    expect(taken).not.toContain("<button");
    const over = oneTapPage(
      view({ status: "resolved", resolved: { at: AT, by: "Ben Ng" }, next: null }),
      null,
    );
    expect(over).toContain("Resolved by Ben Ng at 13:14:07.");
    expect(over).not.toContain("<button");
  });

  it("asks whoever was paged once it is over, and lets an answer be changed and taken back", () => {
    const over = { status: "resolved", resolved: { at: AT, by: "Ben Ng" }, next: null } as const;
    const asked = oneTapPage(view({ ...over, verdict: { useful: null } }), null);
    expect(asked).toContain("Was this page useful to you?");
    expect(asked.match(/value="[a-z-]+"/g)).toEqual(['value="useful"', 'value="not-useful"']);
    const answered = oneTapPage(view({ ...over, verdict: { useful: false } }), "judged");
    expect(answered).toContain("You said that the page was not useful.");
    expect(answered.match(/value="[a-z-]+"/g)).toEqual(['value="useful"', 'value="unsaid"']);
    expect(Buffer.byteLength(answered)).toBeLessThan(15_000);
  });

  it("confirms with the time, and admits a failure with what goes on", () => {
    const acknowledgements = [{ userId: "QMAYA", name: "Maya Rao", at: AT }];
    const done = oneTapPage(view({ status: "acknowledged", acknowledgements, next: null }), "acknowledged");
    expect(done).toContain("Acknowledged 13:14:07. Escalation stopped.");
    const failed = oneTapPage(view(), { failed: "This needs the role responder." });
    expect(failed).toContain("This needs the role responder. Escalates to Ben Ng at 13:18");
  });

  it("is dark at night by the person's clock", () => {
    expect(oneTapPage(view(), null)).not.toContain("data-night>");
    expect(oneTapPage(view({ at: new Date("2026-11-22T02:14:07Z") }), null)).toContain(
      '<html lang="en" data-night>',
    );
  });

  it("never breaks out of its markup, whatever the texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const tags = (html: string) => html.replace(/<title>.*?<\/title>/s, "").match(/<[^>]*>/g);
        const plain = oneTapPage(
          view({ title: "x", serviceName: "x", assignees: ["x"], next: { at: AT, to: "x" } }),
          null,
        );
        const html = oneTapPage(
          view({ title: text, serviceName: text, assignees: [text], next: { at: AT, to: text } }),
          null,
        );
        expect(tags(html)).toEqual(tags(plain));
      }),
    );
  });
});
