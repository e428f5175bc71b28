"use client";

import { useState } from "react";
import { CadenceFields } from "#components/reports/saved/cadence-fields";
import { ReportField } from "#components/reports/saved/report-field";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import type { Cadence } from "#lib/reports/cadence";
import { scheduleReport } from "#lib/reports/client";
import type { DocumentReport } from "#lib/reports/sharing";

interface ScheduleDialogProps {
  report: DocumentReport;
  query: string;
  /** The reader's own. */
  email: string;
  timeZone: string;
}

export function ScheduleDialog(props: ScheduleDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Send a report by mail"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size="small">Send a report…</Button>}
    >
      <ScheduleForm {...props} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function ScheduleForm({
  report,
  query,
  email,
  timeZone,
  onDone,
}: ScheduleDialogProps & { onDone: () => void }) {
  const [draft, setDraft] = useState({ name: "", report, recipients: email });
  const [cadence, setCadence] = useState<Cadence>({ every: "week", on: 1, minute: 540, timeZone });
  const save = useChange({
    change: () =>
      scheduleReport({
        ...draft,
        query: draft.report === report ? query : "",
        recipients: draft.recipients.split(/[\s,;]+/).filter((one) => one !== ""),
        cadence,
      }),
    done: `${draft.name} scheduled`,
    onDone,
  });
  return (
    <ChangeForm change={save} label="Schedule it" pendingLabel="Saving…" refused="Not scheduled">
      <Field label="Name" errors={fieldErrors(save.error, "name")}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={100}
            placeholder="Monday review"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <ReportField value={draft.report} onChange={(chosen) => setDraft({ ...draft, report: chosen })} />
      <Field
        label="To"
        hint="E-mail addresses. Only managers can send to other people."
        errors={fieldErrors(save.error, "recipients")}
      >
        {(control) => (
          <Textarea
            {...control}
            required
            rows={2}
            value={draft.recipients}
            onChange={(event) => setDraft({ ...draft, recipients: event.target.value })}
          />
        )}
      </Field>
      <CadenceFields value={cadence} error={save.error} onChange={setCadence} />
    </ChangeForm>
  );
}
