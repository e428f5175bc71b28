import { authenticate } from "mailauth";
import type { DNSResolver } from "mailauth";
import type { MailProof } from "#lib/mail-in/mail-proof";

/** How a mail came: over SMTP from an address, or handed on by somebody else's receiver, who knows that. */
export type MailEnvelope = { returnPath: string; remoteAddress: string | null; helo: string | null };

const TIMEOUT_MS = 10_000;
/** Each signature has the body hashed in its own way, on the process's own time: a thousand in one mail would take minutes of it. */
const MOST_SIGNATURES = 10;
const MOST_HASHED_BYTES = 4_000_000;
const NOTHING: MailProof = { spf: { result: "none", domain: null }, dkim: [] };

/**
 * What SPF (of the envelope) and DKIM (of the message) say. A name server that does not answer proves nothing, and forbids nothing.
 * More signatures than a mail can need prove nothing either. `resolver` stands in for the name servers in tests.
 */
export async function authenticateMail(
  message: Buffer,
  { returnPath, remoteAddress, helo }: MailEnvelope,
  resolver?: DNSResolver,
): Promise<MailProof> {
  const asked = authenticate(isLaborious(message) ? Buffer.alloc(0) : message, {
    sender: returnPath,
    ...(remoteAddress === null ? {} : { ip: remoteAddress }),
    ...(helo === null ? {} : { helo }),
    mta: "touchline",
    disableArc: true,
    disableBimi: true,
    ...(resolver ? { resolver } : {}),
  }).then(({ spf, dkim }): MailProof => {
    const envelope = spf ? { result: spf.status.result, domain: spf.domain.toLowerCase() } : NOTHING.spf;
    return {
      spf: remoteAddress === null ? NOTHING.spf : envelope,
      dkim: (dkim?.results ?? []).map(({ status, signingDomain }) => ({
        result: status.result,
        domain: (signingDomain ?? "").toLowerCase(),
      })),
    };
  });
  const late = new Promise<MailProof>((resolve) => {
    setTimeout(() => resolve(NOTHING), TIMEOUT_MS).unref();
  });
  return Promise.race([asked, late]).catch(() => NOTHING);
}

function isLaborious(message: Buffer): boolean {
  const [head = ""] = message.toString("latin1").split(/\r?\n\r?\n/, 1);
  const signatures = head.match(/^dkim-signature\s*:/gim)?.length ?? 0;
  return signatures > MOST_SIGNATURES || signatures * message.byteLength > MOST_HASHED_BYTES;
}
