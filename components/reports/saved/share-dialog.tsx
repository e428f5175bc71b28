"use client";

import { useState } from "react";
import { ReportField } from "#components/reports/saved/report-field";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { shareSnapshot } from "#lib/reports/client";
import type { DocumentReport } from "#lib/reports/sharing";

interface ShareDialogProps {
  report: DocumentReport;
  query: string;
  baseUrl: string;
}

export function ShareDialog({ report, query, baseUrl }: ShareDialogProps) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState({ report, days: 30 });
  const share = useChange({
    change: () => shareSnapshot({ ...draft, query: draft.report === report ? query : "" }),
    done: "Snapshot made",
  });
  const address = share.data === undefined ? null : `${baseUrl}${share.data.path}`;
  return (
    <Dialog
      title="Share a snapshot"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        share.reset();
      }}
      trigger={<Button size="small">Share a snapshot…</Button>}
    >
      {address === null ? (
        <ChangeForm change={share} label="Make the snapshot" pendingLabel="Making…" refused="Not shared">
          <p className="text-body">Whoever has the address can read it, without an account.</p>
          <ReportField value={draft.report} onChange={(chosen) => setDraft({ ...draft, report: chosen })} />
          <Field label="Until">
            {(control) => (
              <Select
                {...control}
                value={draft.days}
                onChange={(event) => setDraft({ ...draft, days: Number(event.target.value) })}
              >
                <option value={7}>7 days from now</option>
                <option value={30}>30 days from now</option>
                <option value={90}>90 days from now</option>
              </Select>
            )}
          </Field>
        </ChangeForm>
      ) : (
        <div className="flex flex-col gap-3">
          <code className="font-mono text-table [overflow-wrap:anywhere]">{address}</code>
          <CopyButton value={address} name="address" labelled />
        </div>
      )}
    </Dialog>
  );
}
