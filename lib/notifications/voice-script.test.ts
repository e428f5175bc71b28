import { describe, expect, it } from "vitest";
import { actedTurn, menuOf, noticeTurn, plainSpeech, voicemailOf } from "#lib/notifications/voice-script";
import type { SpokenIncident } from "#lib/notifications/voice-script";

const incident: SpokenIncident = {
  number: 1042,
  serviceName: "checkout-api",
  urgency: "high",
  priority: "P1",
  title: "Checkout 5xx above 4 %",
  detailsWithheld: false,
};

describe("a call", () => {
  it("says service, urgency, title and number, then the keys", () => {
    expect(menuOf([incident])).toEqual({
      says: [
        "checkout-api. High urgency, P1. Checkout 5xx above 4 %. Incident 1 0 4 2.",
        "Press 4 to acknowledge. 6 to resolve. 8 to escalate. 0 to hear it again.",
      ],
      waitsForKey: true,
    });
  });

  it("counts several, and reads the first three", () => {
    const several = [1, 2, 3, 4, 5].map((number) => ({ ...incident, number }));
    const { says } = menuOf(several);
    expect(says[0]).toBe("You have 5 incidents.");
    expect(says).toHaveLength(6);
    expect(says[4]).toBe("And 2 more.");
    expect(says[5]).toContain("Press 4 to acknowledge all.");
  });

  it("reads a title of at most 200 characters without markup or addresses", () => {
    const title = `<b>Down</b>: *checkout* [runbook](https://wiki.example.com/x) ${"y".repeat(300)}`;
    const [said = ""] = menuOf([{ ...incident, title }]).says;
    expect(said).not.toMatch(/[<>*[\]]|https/);
    expect(said).toContain("Down : checkout runbook ( a link");
    expect(said.length).toBeLessThan(280);
  });

  it("leaves a mailbox no details, and no title of a service that withholds them", () => {
    expect(voicemailOf([incident]).says.join(" ")).not.toContain("5xx");
    expect(menuOf([{ ...incident, detailsWithheld: true }]).says[0]).toContain("Details are withheld.");
  });

  it("reads a notice, and says what a key did", () => {
    expect(noticeTurn({ title: "Your code is 1 2 3", lines: [], path: "/" }).says[1]).toBe(
      "Your code is 1 2 3",
    );
    expect(actedTurn("acknowledge", [{ number: 1042, refused: null }]).says[0]).toBe(
      "Acknowledged incident 1 0 4 2.",
    );
    expect(
      actedTurn("resolve", [
        { number: 1, refused: null },
        { number: 2, refused: null },
        { number: 3, refused: "It is already resolved." },
      ]).says,
    ).toEqual(["Resolved 2 incidents.", "Incident 3: It is already resolved.", "Good bye."]);
  });

  it("speaks no control characters", () => {
    expect(plainSpeech("a\u0007b\u202Ec\nd", 100)).toBe("a bc d");
  });
});
