import parsePhoneNumber from "libphonenumber-js/max";
import { AppError } from "#lib/errors";

export type PhoneNumber = { e164: string; countryCode: number; isLandline: boolean };

/** Reads a number as people write it, with its country (`+49 171 1234567`). Throws `invalid` for what is none. */
export function readPhoneNumber(text: string): PhoneNumber {
  const number = parsePhoneNumber(text.trim());
  if (!number) refuse("must be written with its country, like +49 171 1234567");
  if (!number.isValid()) refuse("is not a number that exists in its country");
  return {
    e164: number.number,
    countryCode: Number(number.countryCallingCode),
    isLandline: number.getType() === "FIXED_LINE",
  };
}

function refuse(message: string): never {
  throw new AppError("invalid", `The number ${message}.`, { fields: [{ field: "address", message }] });
}
