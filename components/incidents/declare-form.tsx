"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { DeclareFields } from "#components/incidents/declare-fields";
import { useCommands } from "#components/layout/commands";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { callApi } from "#lib/browser/api";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

interface DeclareFormProps {
  choices: FilterChoicesDto;
  serviceId: string | null;
}

/** Three fields matter; Ctrl or ⌘ Enter sends them. Whoever noticed first decides how reports count it. */
export function DeclareForm({ choices, serviceId }: DeclareFormProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState({
    title: "",
    service: serviceId ?? "",
    priority: "",
    source: "internal_person",
    details: "",
  });
  const [formToken] = useState(newToken);
  const declare = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi<{ number: number }>("POST", "/api/ui/incidents", {
        title: draft.title,
        serviceId: draft.service,
        priorityId: draft.priority === "" ? null : draft.priority,
        detectionSource: draft.source,
        customerImpact: draft.source === "customer_report" ? true : null,
        body: draft.details.trim() === "" ? null : draft.details,
        formToken,
      }),
    onSuccess: ({ number }) => router.push(`/incidents/${number}`),
  });
  useCommands([
    {
      id: "declare.send",
      title: "Declare and page",
      section: "Declare",
      keys: "mod+enter",
      perform: () => form.current?.requestSubmit(),
    },
  ]);
  return (
    <form
      ref={form}
      className="flex max-w-180 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!declare.isPending) declare.mutate();
      }}
    >
      {declare.error ? (
        <Callout tone="danger" title={`Not declared: ${declare.error.message}`}>
          What you typed is still here.
        </Callout>
      ) : null}
      <DeclareFields
        draft={draft}
        choices={choices}
        error={declare.error}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={declare.isPending} pendingLabel="Declaring…">
          Declare and page
        </Button>
        <span className="text-meta text-text-3">Ctrl Enter</span>
      </div>
    </form>
  );
}

/** The form's name: sent twice, by a second click or because an answer was lost, it declares once. */
function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
