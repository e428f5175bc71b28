import { describe, expect, it } from "vitest";
import { cloudwatch } from "#lib/events/sources/cloudwatch";
import { parseSource } from "#lib/events/sources/parse-source";
import { eventBy, ignoredBy } from "#lib/testing/source-events";
import { bridgedAlarm, snsAlarm } from "#lib/testing/source-messages-clouds";

describe("Amazon CloudWatch", () => {
  it("knows an alarm by its ARN, however it arrives", () => {
    const raw = JSON.parse(String(snsAlarm("ALARM").Message)) as unknown;
    const keys = [snsAlarm("ALARM"), raw, bridgedAlarm("ALARM")].map(
      (body) => eventBy(cloudwatch, body).dedupKey,
    );
    expect(new Set(keys)).toEqual(
      new Set(["cloudwatch:arn:aws:cloudwatch:eu-central-1:123456789012:alarm:odds-queue-depth"]),
    );
  });

  it("reads the envelope that SNS calls text/plain", () => {
    const text = JSON.stringify(snsAlarm("ALARM"));
    const parsed = parseSource(cloudwatch, { contentType: "text/plain; charset=UTF-8", headers: {}, text });
    expect(parsed).toMatchObject({ kind: "events", events: [{ event: { action: "trigger" } }] });
  });

  it("knows an alarm without an ARN by account, region and name", () => {
    expect(eventBy(cloudwatch, snsAlarm("ALARM", { AlarmArn: undefined })).dedupKey).toBe(
      "cloudwatch:123456789012:EU (Frankfurt):odds-queue-depth",
    );
  });

  it("reads the offset without a colon", () => {
    expect(eventBy(cloudwatch, snsAlarm("ALARM")).timestamp).toBe("2026-01-11T18:00:00.000Z");
  });

  it("takes an alarm that lost its data for firing, as a warning", () => {
    const event = eventBy(cloudwatch, snsAlarm("INSUFFICIENT_DATA"));
    expect(event).toMatchObject({ action: "trigger", severity: "warning", warnings: [] });
  });

  it("takes the severity from the alarm's name, else the default", () => {
    expect(eventBy(cloudwatch, snsAlarm("ALARM")).severity).toBe("error");
    expect(eventBy(cloudwatch, snsAlarm("ALARM", { AlarmName: "[critical] odds" })).severity).toBe(
      "critical",
    );
  });

  it("asks for a subscription to be confirmed, and pages nobody for its end", () => {
    const request = {
      ...snsAlarm("ALARM"),
      Type: "SubscriptionConfirmation",
      SubscribeURL: "https://sns.test",
    };
    expect(cloudwatch.parse(request, { headers: {}, defaultSeverity: "error" })).toMatchObject({
      kind: "confirmation",
      message: { SubscribeURL: "https://sns.test" },
    });
    expect(ignoredBy(cloudwatch, { ...request, Type: "UnsubscribeConfirmation" })).toMatch(/unsubscribed/);
  });

  it("tells of whatever else is published to the topic", () => {
    const event = eventBy(cloudwatch, { ...snsAlarm("ALARM"), Subject: "Budget", Message: "Over budget" });
    expect(event).toMatchObject({
      action: "trigger",
      summary: "Budget",
      customDetails: { message: "Over budget" },
    });
    expect(event.warnings).toEqual(["Not an alarm of CloudWatch, taken as firing: nothing will resolve it"]);
  });
});
