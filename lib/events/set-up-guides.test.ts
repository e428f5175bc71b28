import { describe, expect, it } from "vitest";
import { parseEnqueueV2 } from "#lib/events/enqueue-v2";
import { setUpGuides } from "#lib/events/set-up-guides";

const KEY = "0123456789abcdef0123456789abcdef";
const guides = setUpGuides("https://ops.test/", KEY);

function codeOf(title: RegExp): string {
  return guides.find((guide) => title.test(guide.title))?.code ?? "";
}

describe("setUpGuides", () => {
  it("gives every guide the key and the address, without a double slash", () => {
    for (const { code } of guides) {
      expect(code).toContain(KEY);
      expect(code).toContain("https://ops.test/");
      expect(code).not.toContain("test//");
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
    const shell = hostile.filter(({ language }) => language === "shell").map(({ code }) => code);
    const yaml = hostile.filter(({ language }) => language === "yaml").map(({ code }) => code);
    expect(shell.every((code) => code.includes(String.raw`https://x.test/'\''"; rm -rf /; '\''`))).toBe(true);
    expect(yaml.every((code) => code.includes(String.raw`"https://x.test/'\"; rm -rf /; '`))).toBe(true);
  });

  it("has no tabs, which YAML refuses", () => {
    expect(guides.map(({ code }) => code).join("")).not.toContain("\t");
  });
});
