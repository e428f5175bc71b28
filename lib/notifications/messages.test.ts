import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailMessage } from "#lib/notifications/email-message";
import { pushMessage } from "#lib/notifications/push-message";
import { slackMessage } from "#lib/notifications/slack-message";
import { webhookMessage } from "#lib/notifications/webhook-message";
import { makePageFacts } from "#lib/testing/page-facts";

const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `<!channel> <@U123> <https://evil.example|click>`,
  "title\r\nBcc: everybody@example.com",
  "\u202Egpj.exe & co",
  "\u0000nul \uD800 lone",
];

describe("emailMessage", () => {
  it("has a subject to act on", () => {
    expect(emailMessage(makePageFacts()).subject).toBe("[P1] #1042 checkout-api: Checkout 5xx above 4 %");
    expect(emailMessage(makePageFacts({ priority: null })).subject).toBe(
      "[HIGH] #1042 checkout-api: Checkout 5xx above 4 %",
    );
  });

  it("says what, since when, why this person, and what happens next, in their time", () => {
    expect(emailMessage(makePageFacts({ body: "p99 is up" })).text).toBe(
      [
        "[P1] #1042 checkout-api: Checkout 5xx above 4 %",
        "checkout-api · Payments · high urgency",
        "",
        "Triggered 04:11:52 (Europe/Berlin), 2 m 15 s ago.",
        "Why you: It was escalated to you (level 2).",
        "Next: Escalates to Ben Ng at 04:18 (in 4 m 0 s) unless someone acknowledges.",
        "",
        "p99 is up",
        "",
        "Acknowledge: https://ops.example.com/a/token",
        "(opens a page with one button; the link is yours, don't forward it)",
        "Open the incident: https://ops.example.com/incidents/1042",
        "",
        "Your notification rules: https://ops.example.com/me/notifications",
        "",
      ].join("\n"),
    );
  });

  it("leads to the service's runbook, where it has one", () => {
    const { text, html } = emailMessage(makePageFacts({ runbookUrl: 'https://wiki.example.com/?a="x"&b' }));
    expect(text).toContain('\nRunbook: https://wiki.example.com/?a="x"&b\n');
    expect(html).toContain('<a href="https://wiki.example.com/?a=&quot;x&quot;&amp;b">Runbook</a>');
    expect(emailMessage(makePageFacts()).html).not.toContain("Runbook");
    const slack = slackMessage(makePageFacts({ runbookUrl: "https://wiki.example.com/?a|b" }));
    expect(JSON.stringify(slack)).toContain("*<https://wiki.example.com/?a%7Cb|Runbook>*");
  });

  it("doesn't promise an escalation that won't come", () => {
    expect(emailMessage(makePageFacts({}, { nextConsequence: null })).text).not.toContain("Escalates");
  });

  it("works in a time zone that nobody knows", () => {
    const person = { id: "Q1", name: "Maya", timeZone: "Nowhere/Else" };
    expect(emailMessage(makePageFacts({}, { person })).text).toContain("Triggered 03:11:52");
  });

  it.each(HOSTILE)("is inert whatever the title: %j", (title) => {
    const { subject, html } = emailMessage(makePageFacts({ title, body: title, serviceName: title }));
    expect(subject).not.toMatch(/[\r\n\u202E\0]/);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<!channel");
  });

  it("never breaks out of the markup or the header", { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const plain = emailMessage(makePageFacts({ title: "x", body: "x", serviceName: "x" })).html;
        const { subject, html } = emailMessage(
          makePageFacts({ title, body: `x${title}`, serviceName: title }),
        );
        const tags = (text: string) => text.match(/<[^>]*>/g);
        expect(tags(html)).toEqual(tags(plain));
        expect(subject).not.toMatch(/\p{Cc}/u);
        expect(subject.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("pushMessage", () => {
  it("says everything in the title alone, and the consequence below it", () => {
    expect(pushMessage(makePageFacts())).toMatchObject({
      title: "P1 · checkout-api · #1042",
      body: "Checkout 5xx above 4 %\nEscalates to Ben Ng in 4:00",
      tag: "incident-1042",
      requireInteraction: true,
      openPath: "/i/1042?from=push",
      oneTapPath: "/a/token",
    });
  });

  it("lets low urgency go away by itself", () => {
    expect(pushMessage(makePageFacts({ urgency: "low" })).requireInteraction).toBe(false);
  });

  it("fits into a push message (RFC 8291: 3993 bytes)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (title) => {
        const message = pushMessage(makePageFacts({ title: title.repeat(3), serviceName: title }));
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(3993);
      }),
    );
  });
});

describe("slackMessage", () => {
  it.each(HOSTILE)("can't mention or link from outside: %j", (title) => {
    const facts = makePageFacts(
      { title, body: title, serviceName: title },
      { nextConsequence: { at: new Date(0), to: title } },
    );
    const message = slackMessage(facts);
    const mrkdwn = [
      message.text,
      ...JSON.stringify(message).matchAll(/"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g),
    ].join("\n");
    const links = mrkdwn.match(/<[^>]*>/g) ?? [];
    expect(links.every((link) => link.startsWith("<https://ops.example.com/"))).toBe(true);
  });

  it("keeps within Slack's limits", () => {
    const message = slackMessage(makePageFacts({ title: "x".repeat(1000), body: "y".repeat(5000) }));
    const [header] = message.blocks;
    expect(header?.type === "header" && header.text.text.length).toBe(150);
    expect(JSON.stringify(message).length).toBeLessThan(3000);
  });
});

describe("webhookMessage", () => {
  it("carries texts as they came, since a program reads them", () => {
    expect(webhookMessage(makePageFacts({ title: "<b>" }))).toMatchObject({
      type: "page",
      version: 1,
      delivery_id: "QDELIVERY00001",
      incident: { number: 1042, title: "<b>", urgency: "high", priority: "P1", service: "checkout-api" },
      escalates: { at: "2026-11-22T03:18:07.000Z", to: "Ben Ng" },
    });
  });
});

describe("a test page", () => {
  const facts = makePageFacts({}, { incident: null, reason: "test", nextConsequence: null });

  it("says that it is one, on every channel", () => {
    expect(emailMessage({ ...facts, incident: null }).subject).toContain("[TEST]");
    expect(pushMessage({ ...facts, incident: null }).title).toContain("Test");
    expect(slackMessage({ ...facts, incident: null }).text).toContain("Test");
    expect(webhookMessage({ ...facts, incident: null }).type).toBe("test");
  });
});
