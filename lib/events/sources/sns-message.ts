import { textAt } from "#lib/events/sources/fields";

const HOST = /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?$/;
/** The fields that SNS signs in a confirmation, in its order. */
const SIGNED = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

/** What a message of SNS asks to be called and how it is signed. */
export interface SnsConfirmation {
  subscribeUrl: string;
  certificateUrl: string;
  algorithm: "RSA-SHA1" | "RSA-SHA256";
  /** Base64. */
  signature: string;
  signedText: string;
}

/**
 * Reads a SubscriptionConfirmation of Amazon SNS. Both addresses have to be SNS's own over https, or anybody with the key could
 * make this server call any address. Source: Amazon SNS developer guide, "Verifying the signatures of messages".
 */
export function readSnsConfirmation(message: unknown): SnsConfirmation | { refused: string } {
  const subscribeUrl = snsUrl(textAt(message, "SubscribeURL"));
  const certificateUrl = snsUrl(textAt(message, "SigningCertURL", "SigningCertUrl"));
  if (subscribeUrl === null || certificateUrl === null) {
    return { refused: "Its addresses are not those of Amazon SNS, so they are not called" };
  }
  const signature = textAt(message, "Signature");
  const version = textAt(message, "SignatureVersion");
  if (signature === null || (version !== "1" && version !== "2")) {
    return { refused: "It is not signed as Amazon SNS signs" };
  }
  const signedText = SIGNED.map((name) => `${name}\n${textAt(message, name) ?? ""}\n`).join("");
  const algorithm = version === "1" ? "RSA-SHA1" : "RSA-SHA256";
  return { subscribeUrl, certificateUrl, algorithm, signature, signedText };
}

function snsUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isPlain && HOST.test(url.hostname) ? url.href : null;
}
