import type { z } from "zod";
import { AppError } from "#lib/errors";
import type { FieldError } from "#lib/errors";
import { missingSetting, PROVIDER_CONFIG } from "#lib/notifications/channels/provider-config";
import type { ProviderKind } from "#lib/notifications/provider";
import type { Channel } from "#lib/notifications/vocabulary";

type Given = { settings: Record<string, unknown>; secret: Record<string, unknown> };

/** The settings and secrets of a provider as they are stored. Throws `invalid`, naming every field that is wrong. */
export function checkProvider(kind: ProviderKind, channels: readonly Channel[], given: Given): Given {
  const config: { settings: z.ZodType; secret: z.ZodType } = PROVIDER_CONFIG[kind];
  const settings = config.settings.safeParse(given.settings);
  const secret = config.secret.safeParse(given.secret);
  const fields = [...faultsOf("settings", settings.error), ...faultsOf("secret", secret.error)];
  if (!settings.success || !secret.success) throw refusal(fields);
  const stored = { settings: Object(settings.data), secret: Object(secret.data) };
  const missing = channels.flatMap(
    (channel) => missingSetting(kind, channel, stored.settings, stored.secret) ?? [],
  );
  if (missing.length > 0) throw refusal(missing);
  return stored;
}

function faultsOf(part: string, error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).map(({ path, message }) => ({
    field: [part, path[0] ?? ""].join("."),
    message,
  }));
}

function refusal(fields: FieldError[]): AppError {
  const [first] = fields;
  return new AppError("invalid", first ? `${first.field} ${first.message}` : "The input is not valid.", {
    fields,
  });
}
