import { expect, test } from "vitest";
import { authenticateMail } from "#lib/mail-in/commands/authenticate-mail";
import { parseMail } from "#lib/mail-in/commands/parse-mail";

const resolver = async () => [["v=spf1 ip4:192.0.2.7 -all"]];
const FROM = "From: a@bets.test\r\nTo: b@pages.test\r\nSubject: s\r\n";
const body = "a line\r\n".repeat(200_000);

function signed(count: number): Buffer {
  const signatures = Array.from(
    { length: count },
    (_, at) =>
      `DKIM-Signature: v=1;a=rsa-sha256;c=relaxed/relaxed;d=d${at}.test;s=s;l=${at};h=from;bh=aa;b=aa\r\n`,
  );
  return Buffer.from(`${signatures.join("")}${FROM}\r\n${body}`);
}

const envelope = { returnPath: "a@bets.test", remoteAddress: "192.0.2.7", helo: "mx.bets.test" };

test("a thousand signatures are not worth minutes of the process that pages", async () => {
  expect(await authenticateMail(signed(1000), envelope, resolver)).toEqual({
    spf: { result: "pass", domain: "bets.test" },
    dkim: [{ result: "none", domain: "" }],
  });
  expect((await authenticateMail(signed(1), envelope, resolver)).dkim).toHaveLength(1);
});

test("HTML that would take seconds to read is told of instead", async () => {
  const html = (cells: number) =>
    Buffer.from(`${FROM}Content-Type: text/html\r\n\r\n${'<a href="http://x">y</a>'.repeat(cells)}`);
  expect((await parseMail(html(80_000)))?.text).toMatch(/too large/);
  expect((await parseMail(html(10)))?.text).toContain("y [http://x]");
});

test("headers without end are no mail", async () => {
  expect(await parseMail(Buffer.from(`${FROM}${"X-A: b\r\n".repeat(100_000)}\r\n`))).toBeNull();
});
