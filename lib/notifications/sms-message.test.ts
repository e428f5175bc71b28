import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { cutGsm, gsmText, placesOf, TEXT_PLACES } from "#lib/notifications/gsm-text";
import { smsMessage } from "#lib/notifications/sms-message";
import { makePageFacts } from "#lib/testing/page-facts";

const LINK = "https://touchline.example.com/a/AbCdEfGhJkL";
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

describe("a text", () => {
  it("says rank, number, service, title, codes and link", () => {
    expect(smsMessage(makePageFacts(), LINK)).toBe(
      `[P1 HIGH] #1042 checkout-api: Checkout 5xx above 4 % Ack=4 Esc=8 Res=6 ${LINK}`,
    );
  });

  it("cuts the title, never codes or link", () => {
    const text = smsMessage(makePageFacts({ title: "x".repeat(500) }), LINK);
    expect(placesOf(text)).toBe(TEXT_PLACES);
    expect(text).toMatch(/x\.\. Ack=4 Esc=8 Res=6 https:\S+$/);
  });

  it("leaves out a link that would leave no room", () => {
    const text = smsMessage(makePageFacts(), `https://${"a".repeat(100)}.example.com/a/AbCdEfGhJkL`);
    expect(text).toBe("[P1 HIGH] #1042 checkout-api: Checkout 5xx above 4 % Ack=4 Esc=8 Res=6");
  });

  it("leaves out what happened for a service that withholds it", () => {
    const text = smsMessage(makePageFacts({ title: "Patient 4711", detailsWithheld: true }), LINK);
    expect(text).toContain("#1042 checkout-api: (details withheld) Ack=4");
    expect(text).not.toContain("4711");
  });

  it("writes what GSM has no letters for with its likes, and refers to the link where nothing would be left", () => {
    expect(smsMessage(makePageFacts({ title: "“Größe” – naïve …" }), LINK)).toContain(
      ': "Größe" - naive ... Ack',
    );
    expect(smsMessage(makePageFacts({ title: "結帳服務錯誤率過高" }), LINK)).toContain(
      ": (see the link) Ack",
    );
  });

  it("has no line breaks or direction marks from outside", () => {
    const text = smsMessage(makePageFacts({ title: "a\nReply 6\u202E to 4" }), LINK);
    expect(text).not.toMatch(/[\n\u202E]/);
  });

  it("says a notice with its link, and a test", () => {
    const notice = { title: "Your shift begins", lines: ["Payments, until Friday"], path: "/on-call" };
    expect(smsMessage(makePageFacts({}, { incident: null, notice }), LINK)).toBe(
      `Touchline: Your shift begins Payments, until Friday ${LINK}`,
    );
    expect(smsMessage(makePageFacts({}, { incident: null }), LINK)).toMatch(/^Test: .*Reply 4 .*https/);
  });

  it("names several incidents in one", () => {
    const one = makePageFacts().incident!;
    const bundle = [one, { ...one, number: 1043, serviceName: "search" }];
    const notice = { title: "2 incidents", lines: [], path: "/incidents" };
    expect(smsMessage(makePageFacts({}, { incident: null, notice, bundle }), LINK)).toBe(
      `[HIGH] 2 incidents: #1042 checkout-api, #1043 search All: Ack=4 Esc=8 Res=6 ${LINK}`,
    );
  });

  it("is one whole text of the GSM alphabet, whatever the title and the service are called", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 90 }),
        fc.string({ unit: "binary", maxLength: 20 }),
        (title, serviceName) => {
          const text = smsMessage(makePageFacts({ title, serviceName }), LINK);
          expect(text).toMatch(GSM);
          expect(placesOf(text)).toBeLessThanOrEqual(TEXT_PLACES);
          expect(text.endsWith(`Ack=4 Esc=8 Res=6 ${LINK}`)).toBe(true);
        },
      ),
    );
  });
});

describe("cutGsm", () => {
  it("never takes more places than there are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 60 }), (text, places) => {
        expect(placesOf(cutGsm(gsmText(text), places))).toBeLessThanOrEqual(places);
      }),
    );
  });
});
