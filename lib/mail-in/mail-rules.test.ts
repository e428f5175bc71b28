import { describe, expect, it } from "vitest";
import { isAllowedSender, judgeMail } from "#lib/mail-in/mail-rules";
import type { Mail, MailSettings, Match } from "#lib/mail-in/mail-rules";

const match: Match = (pattern, text) => {
  const found = new RegExp(pattern).exec(text);
  return found ? [...found] : null;
};
const SETTINGS: MailSettings = {
  creation: "on_new_email",
  filterMode: "all-email",
  filters: [],
  parsers: [],
  fallback: "open_new_incident",
  allowedSenders: [],
  requireProof: false,
  autoAnswer: false,
  severity: "error",
};
const MAIL: Mail = {
  messageId: "<1@bets.test>",
  from: "monitor@bets.test",
  subject: "RE: Fwd: Job 42 FAILED",
  body: "Ticket: OPS-7 is stuck\nHost=db-1;",
};
const judge = (changes: Partial<MailSettings>, mail: Partial<Mail> = {}) =>
  judgeMail({ ...SETTINGS, ...changes }, { ...MAIL, ...mail }, match);

describe("a mail", () => {
  it("is a problem of its own, of its subject, or of all mail", () => {
    expect(judge({})).toMatchObject({ dedupKey: "mail:<1@bets.test>", action: "trigger" });
    expect(judge({ creation: "on_new_email_subject" })).toMatchObject({ dedupKey: "subject:job 42 failed" });
    expect(judge({ creation: "only_if_no_open_incidents" })).toMatchObject({ dedupKey: "mail" });
  });

  it("passes one filter of several, or all of them", () => {
    const filters: MailSettings["filters"] = [
      { field: "subject", mode: "match", pattern: "FAILED" },
      { field: "from", mode: "no-match", pattern: "@bets" },
    ];
    expect(judge({ filters, filterMode: "or-rules-email" }).kind).toBe("event");
    expect(judge({ filters, filterMode: "and-rules-email" }).kind).toBe("discard");
    expect(judge({ filters: [], filterMode: "and-rules-email" }).kind).toBe("event");
  });

  it("is read by the first rule that holds and finds its key", () => {
    const creation = "use_rules" as const;
    const parsers: MailSettings["parsers"] = [
      {
        action: "resolve",
        when: { kind: "regex", field: "subject", value: "recovered" },
        key: { kind: "regex", field: "subject", regex: "Job (\\d+)" },
        values: [],
      },
      {
        action: "trigger",
        when: {
          kind: "all",
          of: [
            { kind: "contains", field: "subject", value: "Job" },
            { kind: "not", of: { kind: "exactly", field: "from", value: "noise@bets.test" } },
          ],
        },
        key: { kind: "regex", field: "subject", regex: "Job (\\d+)" },
        values: [
          {
            name: "host",
            extract: { kind: "between", field: "body", startsAfter: "Host=", endsBefore: ";" },
          },
          {
            name: "gone",
            extract: { kind: "between", field: "body", startsAfter: "Zone=", endsBefore: ";" },
          },
        ],
      },
    ];
    expect(judge({ creation, parsers })).toEqual({
      kind: "event",
      action: "trigger",
      dedupKey: "mail:42",
      values: { host: "db-1" },
    });
    expect(judge({ creation, parsers }, { subject: "Job 42 recovered" })).toMatchObject({
      action: "resolve",
      dedupKey: "mail:42",
    });
    expect(judge({ creation, parsers }, { from: "noise@bets.test" })).toMatchObject({
      dedupKey: "mail:<1@bets.test>",
    });
    expect(judge({ creation, parsers, fallback: "discard" }, { subject: "News" }).kind).toBe("discard");
  });
});

it.each([
  [[], "x@evil.test", true],
  [["bets.test"], "cx@bets.test", true],
  [["bets.test"], "cx@mail.bets.test", true],
  [["bets.test"], "cx@notbets.test", false],
  [["Ann@bets.test"], "ann@bets.test", true],
  [["ann@bets.test"], "ben@bets.test", false],
])("of the senders %j lets %s in: %s", (allowed, from, isIn) => {
  expect(isAllowedSender(allowed, from)).toBe(isIn);
});
