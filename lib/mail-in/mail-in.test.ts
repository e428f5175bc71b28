import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readReplyAddress, signReplyAddress } from "#lib/crypto/reply-address";
import { automaticBecause } from "#lib/mail-in/automatic-mail";
import { judgeMailReport, readDeliveryStatus } from "#lib/mail-in/delivery-status";
import { ownWords, readMailAnswer } from "#lib/mail-in/mail-answer";

const QUOTED = `> [P1] #1042 checkout-api: resolve this\n> Acknowledge: https://ops.example.com/a/token`;

describe("readMailAnswer", () => {
  it.each([
    ["ack", { kind: "acknowledge" }],
    ["  Ack.\n\nMaya", { kind: "acknowledge" }],
    ["ACKNOWLEDGED, looking", { kind: "acknowledge" }],
    [
      `ack\n\nOn Sun, 22 Nov 2026 at 04:14, Touchline <t@ops.example.com> wrote:\n${QUOTED}`,
      { kind: "acknowledge" },
    ],
    [`resolve\r\n\r\nAm 22.11.2026 um 04:14 schrieb Touchline:\r\n${QUOTED}`, { kind: "resolve" }],
    ["Resolved", { kind: "resolve" }],
    ["escalate please", { kind: "escalate" }],
    ["8", { kind: "escalate" }],
    ["note: rolled back\nto 4.2", { kind: "note", text: "rolled back\nto 4.2" }],
    ["note restarted the pods\n\n-- \nMaya", { kind: "note", text: "restarted the pods" }],
    ["note", { kind: "unclear" }],
    ["ok", { kind: "confirm" }],
    ["acknowledging is not what I do", { kind: "unclear" }],
    ["I am out of office", { kind: "unclear" }],
    ["", { kind: "unclear" }],
  ])("reads %j", (text, answer) => {
    expect(readMailAnswer(text)).toEqual(answer);
  });

  it.each([
    `\n${QUOTED}`,
    `\nOn Sun, 22 Nov 2026 at 04:14, Touchline wrote:\nack`,
    `\n-----Original Message-----\nack`,
    `\nFrom: Touchline <t@ops.example.com>\nSubject: resolve`,
    `________________________________\nack`,
    `Sent from my iPhone\nack`,
    `-- \nack`,
  ])("takes no word that is quoted: %j", (text) => {
    expect(readMailAnswer(text)).toEqual({ kind: "unclear" });
    expect(ownWords(text)).toBe("");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => readMailAnswer(text)).not.toThrow();
      }),
    );
  });
});

describe("automaticBecause", () => {
  const reader = (headers: Record<string, string>) => (name: string) => headers[name];

  it.each([
    [{}, "maya@example.com", null],
    [{ "auto-submitted": "no" }, "maya@example.com", null],
    [{}, "", "its return path is empty"],
    [{ "auto-submitted": "auto-replied" }, "maya@example.com", "Auto-Submitted is auto-replied"],
    [{ "auto-submitted": "auto-generated; x" }, "maya@example.com", "Auto-Submitted is auto-generated; x"],
    [{ precedence: "Bulk" }, "maya@example.com", "Precedence is bulk"],
    [{ "x-autoreply": "yes" }, "maya@example.com", "it has the header x-autoreply"],
    [{}, "MAILER-DAEMON@example.com", "it is from MAILER-DAEMON@example.com"],
  ])("%j from %j: %s", (headers, returnPath, because) => {
    expect(automaticBecause(reader(headers), returnPath)).toBe(because);
  });
});

describe("a delivery report", () => {
  const report = (action: string, status: string) =>
    `Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; maya@example.com\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n <maya@example.com>: no such user\r\n`;

  it("says what became of a mail, in the other server's words", () => {
    expect(readDeliveryStatus(report("failed", "5.1.1"))).toEqual({
      action: "failed",
      status: "5.1.1",
      because: "550 5.1.1 <maya@example.com>: no such user",
    });
  });

  it.each([
    ["failed", "5.1.1", true],
    ["failed", "5.2.2", false],
    ["failed", "5.7.1", false],
  ])("%s %s ends the send; the address is dead: %s", (action, status, invalidDestination) => {
    const parsed = readDeliveryStatus(report(action, status));
    expect(parsed && judgeMailReport(parsed)).toMatchObject({ invalidDestination });
  });

  it.each([
    ["delayed", "4.4.1"],
    ["delivered", "2.0.0"],
    ["relayed", "2.0.0"],
  ])("%s %s ends nothing", (action, status) => {
    const parsed = readDeliveryStatus(report(action, status));
    expect(parsed && judgeMailReport(parsed)).toBeNull();
  });
});

describe("a reply address", () => {
  beforeEach(() => {
    vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
    vi.stubEnv("TOUCHLINE_SECRET", "a secret of the tests, 32 or longer");
  });
  const address = { kind: "reply" as const, deliveryId: "QABCDEFGH12345" };

  it("means the same in any case of letters, and fits a local part", () => {
    const local = signReplyAddress(address);
    expect(local.length).toBeLessThanOrEqual(64);
    expect(readReplyAddress(local.toUpperCase())).toEqual(address);
  });

  it("can't be made by others, or turned into the other kind", () => {
    const local = signReplyAddress(address);
    expect(readReplyAddress(local.replace("reply", "bounce"))).toBeNull();
    expect(readReplyAddress(local.replace("h12345", "h12346"))).toBeNull();
    expect(readReplyAddress(`${local.slice(0, -1)}${local.endsWith("0") ? "1" : "0"}`)).toBeNull();
    expect(readReplyAddress("postmaster")).toBeNull();
  });
});
