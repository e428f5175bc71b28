"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { callApi, fieldErrors } from "#lib/browser/api";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

interface DeclareFormProps {
  choices: FilterChoicesDto;
  serviceId: string | null;
}

/** Three fields; Ctrl or ⌘ Enter sends them. Whoever noticed first decides how reports count it. */
export function DeclareForm({ choices, serviceId }: DeclareFormProps) {
  const router = useRouter();
  const [title, setTitle] = useState("");
  const [service, setService] = useState(serviceId ?? "");
  const [priority, setPriority] = useState("");
  const [source, setSource] = useState("internal_person");
  const [details, setDetails] = useState("");
  const declare = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi<{ number: number }>("POST", "/api/ui/incidents", {
        title,
        serviceId: service,
        priorityId: priority === "" ? null : priority,
        detectionSource: source,
        customerImpact: source === "customer_report" ? true : null,
        body: details.trim() === "" ? null : details,
      }),
    onSuccess: ({ number }) => router.push(`/incidents/${number}`),
  });
  return (
    <form
      className="flex max-w-180 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        declare.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      {declare.error ? (
        <Callout tone="danger" title={`Not declared: ${declare.error.message}`}>
          What you typed is still here.
        </Callout>
      ) : null}
      <Field label="What is wrong?" errors={fieldErrors(declare.error, "title")}>
        {(control) => (
          <Input
            {...control}
            required
            data-initial-focus
            maxLength={1024}
            value={title}
            placeholder="Checkout answers 5xx for card payments"
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Service"
        hint="Its escalation policy decides who is paged."
        errors={fieldErrors(declare.error, "serviceId")}
      >
        {(control) => (
          <Select {...control} required value={service} onChange={(event) => setService(event.target.value)}>
            <option value="">Choose a service</option>
            {choices.services.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Priority"
        hint={
          choices.priorities.find((entry) => entry.id === priority)?.description ??
          "Not sure? Choose the higher one: it can be lowered later."
        }
        errors={fieldErrors(declare.error, "priorityId")}
      >
        {(control) => (
          <Select {...control} value={priority} onChange={(event) => setPriority(event.target.value)}>
            <option value="">Not known yet</option>
            {choices.priorities.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.name}: {entry.description}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <RadioGroup
        legend="Who noticed first?"
        name="source"
        value={source}
        onValueChange={setSource}
        options={[
          { value: "internal_person", label: "One of us" },
          { value: "customer_report", label: "A customer" },
          { value: "partner", label: "A partner" },
          { value: "social", label: "Social media" },
        ]}
      />
      <Field label="Details" optional errors={fieldErrors(declare.error, "body")}>
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            value={details}
            onChange={(event) => setDetails(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={declare.isPending} pendingLabel="Declaring…">
          Declare and page
        </Button>
        <span className="text-meta text-text-3">Ctrl Enter</span>
      </div>
    </form>
  );
}
