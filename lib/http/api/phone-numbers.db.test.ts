import { expect, it } from "vitest";
import { publicApi } from "#lib/testing/api";
import { useDatabase } from "#lib/testing/database";
import { makeUser } from "#lib/testing/factories";
import { makeTwilio } from "#lib/testing/make-provider";

const { db } = await useDatabase();
const { call } = await publicApi(db);

it("phone numbers stand apart from their country, and need a provider", async () => {
  const person = await makeUser(db);
  const methods = `/users/${person.id}/contact_methods`;
  const number = { label: "Mobile", address: "171 1234567", country_code: 49 };
  const phone = { contact_method: { type: "phone_contact_method", ...number } };
  expect((await call("POST", methods, { body: phone })).status).toBe(400);
  await makeTwilio(db, { channel: "phone", baseUrl: "https://api.twilio.com" });
  const added = await call("POST", methods, { body: phone });
  expect(added.status).toBe(201);
  expect(added.at("contact_method")).toMatchObject({
    type: "phone_contact_method",
    address: "1711234567",
    country_code: 49,
    enabled: true,
    blacklisted: false,
  });
  const again = { contact_method: { ...phone.contact_method, address: "1711234567", label: "Night" } };
  const path = `${methods}/${added.text("contact_method.id")}`;
  expect((await call("PUT", path, { body: again })).at("contact_method.label")).toBe("Night");
  expect((await call("POST", methods, { body: phone })).at("error.errors.0")).toContain("unique");
});
