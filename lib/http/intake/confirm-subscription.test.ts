import { createSign, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { confirmSubscription } from "#lib/http/intake/confirm-subscription";
import { OutgoingError } from "#lib/http/outgoing";
import type { OutgoingRequest, OutgoingResponse } from "#lib/http/outgoing";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const CERTIFICATE = publicKey.export({ type: "spki", format: "pem" }).toString();
const HOST = "https://sns.eu-central-1.amazonaws.com";
const FIELDS = {
  Message: "You have chosen to subscribe",
  MessageId: "m-1",
  SubscribeURL: `${HOST}/?Action=ConfirmSubscription&Token=t-1`,
  Timestamp: "2026-01-11T18:00:00.000Z",
  Token: "t-1",
  TopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
  Type: "SubscriptionConfirmation",
};

function message(version: "1" | "2" = "2") {
  const text = Object.entries(FIELDS)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join("");
  const Signature = createSign(version === "1" ? "RSA-SHA1" : "RSA-SHA256")
    .update(text)
    .sign(privateKey, "base64");
  return { ...FIELDS, SignatureVersion: version, Signature, SigningCertURL: `${HOST}/cert.pem` };
}

function amazon(answers: Record<string, { status: number; body: string }>) {
  const called: string[] = [];
  const request = async ({ url, allowPrivate }: OutgoingRequest): Promise<OutgoingResponse> => {
    called.push(url);
    const answer = answers[new URL(url).pathname];
    if (allowPrivate || !answer) throw new OutgoingError("network", "can't be reached");
    return { ...answer, headers: {} };
  };
  return { called, request };
}

const WORKING = { "/cert.pem": { status: 200, body: CERTIFICATE }, "/": { status: 200, body: "<ok/>" } };

it.each(["1", "2"] as const)("confirms what SNS signed, version %s", async (version) => {
  const { called, request } = amazon(WORKING);
  expect(await confirmSubscription(message(version), request)).toEqual({ kind: "confirmed" });
  expect(called).toEqual([`${HOST}/cert.pem`, FIELDS.SubscribeURL]);
});

it("does not call the address when the signature is another's", async () => {
  const { called, request } = amazon(WORKING);
  const forged = { ...message(), Token: "t-2" };
  expect(await confirmSubscription(forged, request)).toMatchObject({ kind: "refused" });
  expect(called).toEqual([`${HOST}/cert.pem`]);
  const nonsense = amazon({ ...WORKING, "/cert.pem": { status: 200, body: "no certificate" } });
  expect(await confirmSubscription(message(), nonsense.request)).toMatchObject({ kind: "refused" });
});

it("calls nobody for an address that is not of SNS", async () => {
  const { called, request } = amazon(WORKING);
  const elsewhere = { ...message(), SubscribeURL: "https://evil.test/" };
  expect(await confirmSubscription(elsewhere, request)).toMatchObject({ kind: "refused" });
  expect(called).toEqual([]);
});

it.each([
  [{}, "can't be reached"],
  [{ "/cert.pem": { status: 500, body: "" } }, "Its certificate can't be read"],
  [{ ...WORKING, "/": { status: 403, body: "" } }, "Amazon SNS answered 403 to the confirmation"],
])("lets SNS ask again when it can't be done now", async (answers, reason) => {
  expect(await confirmSubscription(message(), amazon(answers).request)).toEqual({ kind: "failed", reason });
});
