import { expect, test } from "vitest";
import { phoneBook } from "#lib/notifications/phone-book";

test("the numbers are one contact, with what would break it escaped and long lines folded", () => {
  const card = phoneBook({
    name: "Touchline; ops,\nnight",
    url: `https://ops.example.com/${"x".repeat(80)}`,
    numbers: ["+15005550006", "+4930123456"],
  });
  const lines = card.split("\r\n");
  expect(lines.slice(0, 4)).toEqual([
    "BEGIN:VCARD",
    "VERSION:3.0",
    "N:Touchline\\; ops\\, night;;;;",
    "FN:Touchline\\; ops\\, night",
  ]);
  expect(lines.filter((line) => line.startsWith("TEL"))).toEqual([
    "TEL;TYPE=WORK,VOICE,MSG:+15005550006",
    "TEL;TYPE=WORK,VOICE,MSG:+4930123456",
  ]);
  expect(lines.every((line) => line.length <= 76)).toBe(true);
  expect(card.endsWith("END:VCARD\r\n")).toBe(true);
});
