import { describe, expect, it } from "vitest";
import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import { adapterFor } from "#lib/events/sources/adapters";
import { parseSource } from "#lib/events/sources/parse-source";
import { SOURCE_PRODUCTS } from "#lib/events/sources/products";
import { setUpGuides } from "#lib/events/set-up-guides";

const KEY = "0123456789abcdef0123456789abcdef";
const guides = setUpGuides("https://ops.test/", KEY);

function codeOf(title: RegExp): string {
  return guides.find((guide) => title.test(guide.title))?.code ?? "";
}

describe("setUpGuides", () => {
  it("gives every guide the key and the address, without a double slash", () => {
    for (const { address, code } of guides) {
      const text = `${address ?? ""} ${code ?? ""}`;
      expect(text).toContain(KEY);
      expect(text).toContain("https://ops.test/");
      expect(text).not.toContain("test//");
    }
  });

  it("has test events that are valid as they stand", () => {
    const bodies = [...codeOf(/test event/).matchAll(/-d '([^']+)'/g)].map(([, body]) => body ?? "");
    const parsed = bodies.map((body) => parseEnqueueV2(JSON.parse(body)));
    expect(parsed).toMatchObject([
      { kind: "event", event: { action: "trigger", dedupKey: "test-1", warnings: [] } },
      { kind: "event", event: { action: "resolve", dedupKey: "test-1", warnings: [] } },
    ]);
  });

  it("points each sender at the endpoint that understands it", () => {
    expect(codeOf(/Alertmanager: webhook/)).toContain(
      `webhook_configs:\n      - url: "https://ops.test/integrations/alertmanager/${KEY}"`,
    );
    expect(codeOf(/Alertmanager: PagerDuty/)).toContain(
      `pagerduty_configs:\n      - routing_key: "${KEY}"\n        url: "https://ops.test/v2/enqueue"`,
    );
    expect(codeOf(/Grafana: webhook/)).toContain(`url: "https://ops.test/integrations/grafana/${KEY}"`);
    expect(codeOf(/Grafana: PagerDuty/)).toContain(`integrationKey: "${KEY}"`);
    expect(codeOf(/Shell/)).toContain("curl -sS --fail --retry 5 -X POST 'https://ops.test/v2/enqueue'");
  });

  it("lets no address break out of a shell word or a YAML text", () => {
    const hostile = setUpGuides(`https://x.test/'"; rm -rf /; '`, KEY);
    const codeFrom = (titles: RegExp) =>
      hostile.flatMap(({ title, code }) => (titles.test(title) ? [code ?? ""] : []));
    const shell = codeFrom(/test event|Shell|CloudWatch|Google|Nagios|Checkmk/);
    const yaml = codeFrom(/Alertmanager|Grafana|Zabbix|Icinga/);
    expect([shell.length, yaml.length]).toEqual([6, 6]);
    expect(shell.every((code) => code.includes(String.raw`https://x.test/'\''"; rm -rf /; '\''`))).toBe(true);
    expect(yaml.every((code) => code.includes(String.raw`"https://x.test/'\"; rm -rf /; '`))).toBe(true);
  });

  it("has a guide for every product whose format is understood, at its own address", () => {
    for (const { source, name } of SOURCE_PRODUCTS) {
      const found = guides.filter((guide) => guide.source === source);
      expect([name, found.length > 0]).toEqual([name, true]);
      const text = found.map(({ address, code }) => `${address ?? ""} ${code ?? ""}`).join();
      expect(text).toContain(`https://ops.test/integrations/${source}/${KEY}`);
    }
  });

  it.each([
    ["datadog", { alert_id: "1", alert_scope: "a", alert_transition: "Recovered" }],
    [
      "dynatrace",
      {
        PID: "1",
        State: "RESOLVED",
        ImpactedEntities: "[]",
        ProblemDetailsJSON: '{"endTime":1768154940000}',
      },
    ],
    ["elastic", { "rule.id": "1", "alert.id": "a", "alert.actionGroup": "recovered" }],
    ["uptimerobot", { monitorID: "1", alertType: "2" }],
    ["checkly", { CHECK_ID: "1", ALERT_TYPE: "ALERT_RECOVERY" }],
    ["librenms", { rule: "1", device_id: "a", state: "0" }],
  ])("has a template for %s that its own format takes once it is filled in", (source, values) => {
    const template = guides.find((guide) => guide.source === source)?.code ?? "";
    const filled = Object.entries(values).reduce(
      (text, [name, value]) =>
        [`$${name.toUpperCase()}"`, `{{${name}}}`, `{${name}}`, `*${name}*`, `{{ $${name} }}`].reduce(
          (so, variable) => so.replaceAll(variable, variable.endsWith('"') ? `${value}"` : value),
          text,
        ),
      template,
    );
    const adapter = adapterFor(source);
    const parsed =
      adapter && parseSource(adapter, { contentType: "application/json", headers: {}, text: filled });
    expect(parsed).toMatchObject({
      kind: "events",
      events: [{ event: { action: "resolve", warnings: [] } }],
    });
  });

  it("has no tabs, which YAML refuses", () => {
    expect(guides.map(({ code }) => code ?? "").join("")).not.toContain("\t");
  });
});
