import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SAMPLE_PAGE } from "#lib/notifications/sample-page";
import { renderWebhookTemplate, webhookTemplateFault } from "#lib/notifications/webhook-template";
import { makePageFacts } from "#lib/testing/page-facts";

const TEMPLATE = `{"text": "{{title}}", "more": ["{{ details }}", "{{escalates_to}}"], "at": {"url": "{{acknowledge_url}}"}}`;

describe("renderWebhookTemplate", () => {
  it("fills in what it names", () => {
    const facts = makePageFacts({ body: "p99\nis up" });
    expect(JSON.parse(renderWebhookTemplate(TEMPLATE, facts))).toEqual({
      text: "[P1] #1042 checkout-api: Checkout 5xx above 4 %",
      more: ["p99\nis up", "Ben Ng"],
      at: { url: "https://ops.example.com/a/token" },
    });
  });

  it("is JSON of the same shape whatever a page says", { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const facts = makePageFacts({ title: text, body: text, serviceName: text });
        const document = JSON.parse(renderWebhookTemplate(TEMPLATE, facts));
        expect(Object.keys(document)).toEqual(["text", "more", "at"]);
        expect(document.more).toHaveLength(2);
      }),
    );
  });

  it("doesn't fill in twice", () => {
    const facts = makePageFacts({ title: "{{acknowledge_url}}" });
    expect(renderWebhookTemplate(`"{{title}}"`, facts)).toContain("{{acknowledge_url}}");
  });
});

describe("webhookTemplateFault", () => {
  it("finds nothing wrong with what can be filled in", () => {
    expect(webhookTemplateFault(TEMPLATE, SAMPLE_PAGE)).toBeNull();
  });

  it.each([
    [`{"a": "{{nothing_like_it}}"}`, /There is no {{nothing_like_it}}/],
    [`{"a": {{title}}}`, /quotes/],
    [`{"a": {{number}}}`, /quotes/],
    [`{"a": "{{title}}"`, /not JSON/],
  ])("%s: %s", (template, fault) => {
    expect(webhookTemplateFault(template, SAMPLE_PAGE)).toMatch(fault);
  });
});
