"use client";

import { useState } from "react";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import { connectChatApp } from "#lib/notifications/client";

export type ChatAppKind = "slack" | "telegram" | "pushover";

const FIELDS = {
  slack: [
    {
      name: "botToken",
      label: "Bot user OAuth token",
      hint: "Under OAuth & Permissions; begins with xoxb-.",
    },
    { name: "signingSecret", label: "Signing secret", hint: "Under Basic Information, App Credentials." },
  ],
  telegram: [{ name: "token", label: "Bot token", hint: "What BotFather answers, like 110201543:AAH…" }],
  pushover: [{ name: "token", label: "API token of the application", hint: "30 letters and digits." }],
} as const satisfies Record<ChatAppKind, readonly { name: string; label: string; hint: string }[]>;

type Values = Record<string, string>;

/** Asks for the tokens of an app, and has them checked with the provider before they are kept. */
export function ChatAppForm({ kind, isConnected }: { kind: ChatAppKind; isConnected: boolean }) {
  const [values, setValues] = useState<Values>({});
  const connect = useChange({
    change: () => connectChatApp(inputOf(kind, values)),
    done: "Connected: send yourself a test next",
    onDone: () => setValues({}),
  });
  const fields: readonly { name: string; label: string; hint: string }[] = FIELDS[kind];
  const atField = [...fields.map(({ name }) => name), "baseUrl"].some(
    (name) => fieldErrors(connect.error, name).length > 0,
  );
  const set = (name: string, value: string) => setValues((before) => ({ ...before, [name]: value }));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate();
      }}
    >
      {fields.map(({ name, label, hint }) => (
        <Field key={name} label={label} hint={hint} errors={fieldErrors(connect.error, name)}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              required
              value={values[name] ?? ""}
              onChange={(event) => set(name, event.target.value)}
            />
          )}
        </Field>
      ))}
      <Disclosure summary="A compatible server instead">
        <Field
          label="Address of its API"
          optional
          hint="Left empty, the provider’s own."
          errors={fieldErrors(connect.error, "baseUrl")}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              value={values.baseUrl ?? ""}
              onChange={(event) => set("baseUrl", event.target.value)}
            />
          )}
        </Field>
      </Disclosure>
      {connect.error && !atField ? (
        <Callout tone="danger" title={`Not connected: ${connect.error.message}`} />
      ) : null}
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        pending={connect.isPending}
        pendingLabel="Checking…"
      >
        {isConnected ? "Check and replace" : "Check and connect"}
      </Button>
    </form>
  );
}

function inputOf(kind: ChatAppKind, values: Values): Parameters<typeof connectChatApp>[0] {
  const { botToken = "", signingSecret = "", token = "", baseUrl = "" } = values;
  return kind === "slack" ? { kind, botToken, signingSecret, baseUrl } : { kind, token, baseUrl };
}
