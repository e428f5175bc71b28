import { isWithin } from "#lib/mail-in/mail-rules";

/** What SPF and DKIM found out about a mail: domains in lower case, results in their words ("pass", "fail", "none" …). */
export interface MailProof {
  spf: { result: string; domain: string | null };
  dkim: { result: string; domain: string }[];
}

export type ProofVerdict = { kind: "proven" | "unproven" | "forged"; because: string };

/**
 * Whether the domain of the From header is who sent it: a passing signature, or a passing envelope, of that domain or of one that it lies
 * within or above (relaxed alignment, RFC 7489 3.1). Forged: its own domain's SPF forbids the sender, and no signature passes.
 */
export function judgeProof(from: string, { spf, dkim }: MailProof): ProofVerdict {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const isAligned = (other: string) => isWithin(domain, other) || isWithin(other, domain);
  const signed = dkim.find(({ result, domain: signer }) => result === "pass" && isAligned(signer));
  if (signed) return { kind: "proven", because: `DKIM of ${signed.domain} passes` };
  const isOwnEnvelope = spf.domain !== null && isAligned(spf.domain);
  if (spf.result === "pass" && isOwnEnvelope)
    return { kind: "proven", because: `SPF of ${spf.domain} passes` };
  if (spf.result === "fail" && isOwnEnvelope) {
    return { kind: "forged", because: `SPF of ${spf.domain} forbids this sender, and no signature passes` };
  }
  return { kind: "unproven", because: `Neither SPF nor DKIM shows that it is from ${domain}` };
}
