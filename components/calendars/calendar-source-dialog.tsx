"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio-group";
import { toast } from "#components/ui/toaster";
import { fieldErrors } from "#lib/browser/api";
import type { CalendarSource } from "#lib/calendars/client";

interface CalendarSourceDialogProps {
  title: string;
  description: string;
  /** What the button that opens it says. */
  action: string;
  confirmLabel: string;
  /** What it is called already. */
  name?: string;
  onSave: (source: CalendarSource) => Promise<{ warnings: string[] }>;
}

const FORM = "calendar-source";

/** Asks for a name and an address or a file; what is wrong with the calendar is said in here. */
export function CalendarSourceDialog(props: CalendarSourceDialogProps) {
  const { title, description, action, confirmLabel, name = "", onSave } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [dirty, setDirty] = useState(false);
  const save = useMutation({
    networkMode: "always",
    mutationFn: onSave,
    onSuccess: ({ warnings }) => {
      setOpen(false);
      if (warnings.length === 0) toast.success("The calendar is read.");
      else toast.warning("The calendar is read, with warnings.", { description: warnings[0] });
      router.refresh();
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    setDirty(false);
    save.reset();
  };
  return (
    <Dialog
      title={title}
      description={description}
      open={open}
      onOpenChange={change}
      dirty={dirty && !save.isPending}
      trigger={<Button size="small">{action}</Button>}
      footer={
        <Button
          variant="primary"
          type="submit"
          form={FORM}
          pending={save.isPending}
          pendingLabel="Reading the calendar…"
        >
          {confirmLabel}
        </Button>
      }
    >
      <SourceForm
        name={name}
        error={save.error}
        onDirty={() => setDirty(true)}
        onSubmit={(it) => save.mutate(it)}
      />
    </Dialog>
  );
}

interface SourceFormProps {
  name: string;
  error: Error | null;
  onDirty: () => void;
  onSubmit: (source: CalendarSource) => void;
}

function SourceForm({ name: given, error, onDirty, onSubmit }: SourceFormProps) {
  const [name, setName] = useState(given);
  const [kind, setKind] = useState<"url" | "file">("url");
  const [url, setUrl] = useState("");
  const [content, setContent] = useState("");
  const isNamed = ["name", "url", "content"].some((field) => fieldErrors(error, field).length > 0);
  return (
    <form
      id={FORM}
      className="flex flex-col gap-4"
      onChange={onDirty}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(kind === "url" ? { name, url } : { name, content });
      }}
    >
      <Field label="Name" hint="The layer gets the same name." errors={fieldErrors(error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <RadioGroup
        legend="Where it is"
        name="kind"
        value={kind}
        onValueChange={setKind}
        options={[
          { value: "url", label: "At an address", hint: "It is read again every 15 minutes." },
          { value: "file", label: "In a file", hint: "An .ics file, read once." },
        ]}
      />
      {kind === "url" ? (
        <Field
          label="Address"
          hint="iCalendar: https or webcal, such as the secret address of a Google or Outlook calendar. It is kept encrypted and not shown again."
          errors={fieldErrors(error, "url")}
        >
          {(control) => (
            <Input
              {...control}
              required
              inputMode="url"
              autoComplete="off"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <Field label="File" errors={fieldErrors(error, "content")}>
          {(control) => (
            <Input
              {...control}
              required
              type="file"
              accept=".ics,text/calendar"
              className="h-auto py-1.5"
              onChange={(event) => {
                event.target.files?.[0]?.text().then(setContent, () => setContent(""));
              }}
            />
          )}
        </Field>
      )}
      <p className="text-meta text-text-3">
        On call is whom an event names: in its title (“Ann Lee”, “[L2] ben@example.com”; the higher number
        wins), else its attendees, else its organiser. Whom nobody here is known as leaves a visible gap.
      </p>
      {error && !isNamed ? <Callout tone="danger" title={`Not saved: ${error.message}`} /> : null}
    </form>
  );
}
