import type { z } from "zod";
import type { Context } from "#lib/context";
import { TAKEN } from "#lib/database-errors";
import { AppError } from "#lib/errors";
import { apiRoute } from "#lib/http/api-route";
import { findUser } from "#lib/http/api/users";
import { readChannel, wireContactMethod } from "#lib/http/wire/user";
import { contactMethodBody } from "#lib/http/wire/user-schemas";
import { addContactMethod } from "#lib/notifications/commands/add-contact-method";
import { addPhoneNumber } from "#lib/notifications/commands/add-phone-number";
import { removeContactMethod } from "#lib/notifications/commands/remove-contact-method";
import { updateContactMethod } from "#lib/notifications/commands/update-contact-method";
import { listContacts } from "#lib/people/queries/contacts";
import type { Contacts } from "#lib/people/queries/contacts";

const tag = "Users";

/** How an active person is reached. Throws `not_found`. */
export async function contactsOf(ctx: Context, userId: string): Promise<Contacts & { userId: string }> {
  const { id } = await findUser(ctx, userId);
  const contacts = (await listContacts(ctx, [id])).get(id) ?? { methods: [], rules: [], handoffRules: [] };
  return { ...contacts, userId: id };
}

async function findMethod(ctx: Context, userId: string, methodId: string) {
  const { methods, userId: id } = await contactsOf(ctx, userId);
  const method = methods.find((item) => item.id === methodId);
  if (!method) throw new AppError("not_found", "There is no such contact method.");
  return { method, userId: id };
}

export const listContactMethods = apiRoute(
  { method: "get", path: "/users/{id}/contact_methods", summary: "List the ways to reach a person", tag },
  async ({ ctx, wire, param }) => {
    const { methods, userId } = await contactsOf(ctx, param("id"));
    return { contact_methods: methods.map((method) => wireContactMethod(wire, userId, method)) };
  },
);

export const getContactMethod = apiRoute(
  {
    method: "get",
    path: "/users/{id}/contact_methods/{method_id}",
    summary: "Get a way to reach a person",
    tag,
  },
  async ({ ctx, wire, param }) => {
    const { method, userId } = await findMethod(ctx, param("id"), param("method_id"));
    return { contact_method: wireContactMethod(wire, userId, method) };
  },
);

/** Clients write a number without its country, which stands beside it (1 unless given). */
async function addNumber(
  ctx: Context,
  userId: string,
  channel: "sms" | "phone",
  { address, country_code: country, label }: z.output<typeof contactMethodBody>,
): Promise<string> {
  const number = `+${country ?? 1}${(address ?? "").replace(/\D/g, "")}`;
  try {
    const { ids } = await addPhoneNumber(ctx, {
      userId,
      channels: [channel],
      label: label || "Default",
      number,
    });
    return ids[0] ?? "";
  } catch (error) {
    const isTaken = error instanceof AppError && error.fields.some(({ message }) => message === TAKEN);
    throw isTaken ? notUnique() : error;
  }
}

/** Clients compare with this sentence. */
function notUnique(): AppError {
  return new AppError("invalid", "User Contact method must be unique", { wireCode: 2001 });
}

export const createContactMethod = apiRoute(
  {
    method: "post",
    path: "/users/{id}/contact_methods",
    summary: "Add a way to reach a person: e-mail, phone, SMS, Slack or a webhook",
    tag,
    root: "contact_method",
    body: contactMethodBody,
    status: 201,
  },
  async ({ ctx, wire, param, body }) => {
    const { methods, userId } = await contactsOf(ctx, param("id"));
    const channel = readChannel(body.type ?? "");
    if (channel === "sms" || channel === "phone") {
      const id = await addNumber(ctx, userId, channel, body);
      const { method } = await findMethod(ctx, userId, id);
      return { contact_method: wireContactMethod(wire, userId, method) };
    }
    if (channel !== "email" && channel !== "slack" && channel !== "webhook") {
      throw new AppError("invalid", `Type ${body.type ?? ""} is not supported`, { wireCode: 2001 });
    }
    const address = body.address ?? "";
    if (methods.some((method) => method.channel === channel && method.address === address)) {
      throw notUnique();
    }
    const { id } = await addContactMethod(ctx, { userId, channel, label: body.label || "Default", address });
    const { method } = await findMethod(ctx, userId, id);
    return { contact_method: wireContactMethod(wire, userId, method) };
  },
);

export const updateWireContactMethod = apiRoute(
  {
    method: "put",
    path: "/users/{id}/contact_methods/{method_id}",
    summary: "Rename a way to reach a person",
    tag,
    root: "contact_method",
    body: contactMethodBody,
  },
  async ({ ctx, wire, param, body }) => {
    const { method, userId } = await findMethod(ctx, param("id"), param("method_id"));
    const { address } = wireContactMethod(wire, userId, method);
    if (body.address && body.address !== address) {
      throw new AppError(
        "invalid",
        "Address can't be changed: it would not be verified. Add another contact method.",
        {
          wireCode: 2015,
        },
      );
    }
    await updateContactMethod(ctx, { contactMethodId: method.id, label: body.label ?? undefined });
    const changed = await findMethod(ctx, userId, method.id);
    return { contact_method: wireContactMethod(wire, userId, changed.method) };
  },
);

export const deleteContactMethod = apiRoute(
  {
    method: "delete",
    path: "/users/{id}/contact_methods/{method_id}",
    summary: "Remove a way to reach a person, with the rules that use it",
    tag,
    status: 204,
  },
  async ({ ctx, param }) => {
    const { method } = await findMethod(ctx, param("id"), param("method_id"));
    await removeContactMethod(ctx, { contactMethodId: method.id });
  },
);
