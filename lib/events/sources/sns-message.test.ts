import { expect, it } from "vitest";
import { readSnsConfirmation } from "#lib/events/sources/sns-message";

const HOST = "https://sns.eu-central-1.amazonaws.com";
const MESSAGE = {
  Type: "SubscriptionConfirmation",
  MessageId: "m-1",
  Token: "t-1",
  TopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
  Message: "You have chosen to subscribe",
  SubscribeURL: `${HOST}/?Action=ConfirmSubscription&Token=t-1`,
  Timestamp: "2026-01-11T18:00:00.000Z",
  SignatureVersion: "2",
  Signature: "c2lnbmVk",
  SigningCertURL: `${HOST}/SimpleNotificationService-1.pem`,
};

it("reads what is signed, in the order of SNS", () => {
  const read = readSnsConfirmation(MESSAGE);
  expect(read).toMatchObject({ algorithm: "RSA-SHA256", subscribeUrl: MESSAGE.SubscribeURL });
  expect("signedText" in read && read.signedText.split("\n").filter((_, index) => index % 2 === 0)).toEqual([
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
    "",
  ]);
});

it.each([
  "http://sns.eu-central-1.amazonaws.com/",
  "https://sns.eu-central-1.amazonaws.com.evil.test/",
  "https://sns.eu-central-1.amazonaws.com@evil.test/",
  "https://sns.eu-central-1.amazonaws.com:8443/",
  "https://user@sns.eu-central-1.amazonaws.com/",
  "https://sns.a.b.amazonaws.com/",
  "https://s3.eu-central-1.amazonaws.com/",
  "https://169.254.169.254/latest/meta-data",
  "not an address",
  "",
])("calls nobody but SNS: %s", (url) => {
  expect(readSnsConfirmation({ ...MESSAGE, SubscribeURL: url })).toHaveProperty("refused");
  expect(readSnsConfirmation({ ...MESSAGE, SigningCertURL: url })).toHaveProperty("refused");
});

it.each([{ Signature: "" }, { SignatureVersion: "3" }, { SignatureVersion: undefined }])(
  "takes no message that is not signed: %j",
  (changes) => {
    expect(readSnsConfirmation({ ...MESSAGE, ...changes })).toHaveProperty("refused");
  },
);
