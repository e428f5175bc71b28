import { describe, expect, it } from "vitest";
import { repairJson } from "#lib/events/sources/elastic-body";
import { elastic } from "#lib/events/sources/elastic";
import { parseSource } from "#lib/events/sources/parse-source";
import { eventBy } from "#lib/testing/source-events";
import { kibanaAlert } from "#lib/testing/source-messages-platforms";

describe("Elastic", () => {
  const send = (text: string) => parseSource(elastic, { contentType: "application/json", headers: {}, text });
  const alertOf = (id: string) => JSON.stringify(kibanaAlert("threshold met", { alert_id: id }));

  it("goes by rule and alert, not by the uuid of an episode", () => {
    const keys = ["u-1", "u-2"].map(
      (uuid) => eventBy(elastic, kibanaAlert("fired", { alert_uuid: uuid })).dedupKey,
    );
    expect(keys).toEqual(["elastic:4f3c5e90:bet-1", "elastic:4f3c5e90:bet-1"]);
  });

  it("reads nested fields, fields in JSON texts and fields with dotted names alike", () => {
    const nested = {
      rule: { id: "4f3c5e90", name: "Latency" },
      alert: { id: "bet-1", actionGroup: "recovered" },
    };
    const quoted = { rule: JSON.stringify(nested.rule), alert: JSON.stringify(nested.alert) };
    for (const body of [nested, quoted, JSON.stringify(nested)]) {
      expect(eventBy(elastic, body)).toMatchObject({ action: "resolve", dedupKey: "elastic:4f3c5e90:bet-1" });
    }
  });

  it.each(["threshold met", "metrics.threshold.fired", "flapping", "default"])(
    "fires on the group %s",
    (group) => {
      expect(eventBy(elastic, kibanaAlert(group))).toMatchObject({ action: "trigger", warnings: [] });
    },
  );

  it("takes security alerts by their document", () => {
    const document = {
      "kibana.alert.rule.uuid": "r-1",
      "kibana.alert.uuid": "a-1",
      "kibana.alert.severity": "low",
      "kibana.alert.reason": "Login from far away",
    };
    expect(eventBy(elastic, { ...document, "kibana.alert.status": "active" })).toMatchObject({
      action: "trigger",
      dedupKey: "elastic:r-1:a-1",
      severity: "info",
      summary: "Login from far away",
    });
    expect(eventBy(elastic, { ...document, "kibana.alert.status": "recovered" }).action).toBe("resolve");
    expect(eventBy(elastic, { watch_id: "w-1", message: "x" }).dedupKey).toBe("elastic:w-1");
  });

  it("reads the severity from a tag of the rule", () => {
    expect(eventBy(elastic, kibanaAlert("fired")).severity).toBe("error");
    expect(eventBy(elastic, kibanaAlert("fired", { tags: "a,severity:low" })).severity).toBe("info");
  });

  it("takes back what Mustache escaped for HTML", () => {
    const event = eventBy(
      elastic,
      kibanaAlert("fired", { message: "a &lt; b &amp;amp; &quot;c&quot; &#x2F;" }),
    );
    expect(event.summary).toBe('a < b &amp; "c" /');
    const whole = alertOf("bet-9").replaceAll('"', "&quot;");
    expect(send(whole)).toMatchObject({ events: [{ event: { dedupKey: "elastic:4f3c5e90:bet-9" } }] });
  });

  it.each([
    ["objects without commas", `${alertOf("a")}\n${alertOf("b")}`],
    ["a list without commas", `[${alertOf("a")}${alertOf("b")}]`],
    ["a list with a comma too many", `{"alerts":[${alertOf("a")},${alertOf("b")},]}`],
  ])("reads %s, each alone", (_name, text) => {
    const parsed = send(text);
    expect(parsed.kind === "events" && parsed.events.map(({ event }) => event.dedupKey)).toEqual([
      "elastic:4f3c5e90:a",
      "elastic:4f3c5e90:b",
    ]);
  });

  it("repairs nothing inside of texts", () => {
    const message = 'a } { ,] "quoted" \\ end';
    const text = `${JSON.stringify(kibanaAlert("fired", { message }))}${alertOf("b")}`;
    expect(send(text)).toMatchObject({ events: [{ event: { summary: message } }, {}] });
    expect(send("not { json")).toMatchObject({ kind: "unrecognised", reason: "The body is not JSON" });
  });
});

it("repairs what a loop wrote in one pass over the text", () => {
  expect(repairJson('{"a": "},{ \\" ,]"} {"b": [1, 2,],}')).toBe('[{"a":"},{ \\" ,]"},{"b":[1,2]}]');
  // Each mark is taken back as soon as it is seen: nothing that was repaired is copied again.
  expect(repairJson(",]".repeat(500_000))).toBe("]".repeat(500_000));
});
