import { expect, it } from "vitest";
import { judgeProof } from "#lib/mail-in/mail-proof";
import type { MailProof } from "#lib/mail-in/mail-proof";

const NONE: MailProof = { spf: { result: "none", domain: null }, dkim: [] };

it.each<[string, Partial<MailProof>, string]>([
  ["nothing is known", {}, "unproven"],
  ["its domain signed", { dkim: [{ result: "pass", domain: "bets.test" }] }, "proven"],
  ["a domain above signed", { dkim: [{ result: "pass", domain: "test" }] }, "proven"],
  ["a stranger signed", { dkim: [{ result: "pass", domain: "evil.example" }] }, "unproven"],
  ["its signature is broken", { dkim: [{ result: "fail", domain: "bets.test" }] }, "unproven"],
  ["its envelope passes", { spf: { result: "pass", domain: "mail.bets.test" } }, "proven"],
  ["another's envelope passes", { spf: { result: "pass", domain: "evil.example" } }, "unproven"],
  ["its SPF forbids it", { spf: { result: "fail", domain: "bets.test" } }, "forged"],
  ["another's SPF forbids it", { spf: { result: "fail", domain: "list.example" } }, "unproven"],
  [
    "it was forwarded, and its signature holds",
    { spf: { result: "fail", domain: "bets.test" }, dkim: [{ result: "pass", domain: "bets.test" }] },
    "proven",
  ],
])("a mail is judged when %s", (_case, proof, kind) => {
  expect(judgeProof("cx@bets.test", { ...NONE, ...proof }).kind).toBe(kind);
});
