"use client";

import { Trash2 } from "lucide-react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { fieldErrors } from "#lib/browser/api";
import { FILTER_MODES, MAIL_FIELDS } from "#lib/mail-in/mail-rules";
import type { MailFilter, MailSettings } from "#lib/mail-in/mail-rules";

const MODES: Record<(typeof FILTER_MODES)[number], string> = {
  "all-email": "All mail",
  "or-rules-email": "Mail that passes one filter",
  "and-rules-email": "Mail that passes every filter",
};

interface MailFiltersProps {
  settings: MailSettings;
  error: Error | null;
  onChange: (change: Partial<MailSettings>) => void;
}

/** Which mail counts at all; what does not pass is discarded. */
export function MailFilters({ settings: { filterMode, filters }, error, onChange }: MailFiltersProps) {
  const change = (index: number, changed: Partial<MailFilter>) =>
    onChange({ filters: filters.map((filter, at) => (at === index ? { ...filter, ...changed } : filter)) });
  return (
    <fieldset className="flex flex-col gap-3">
      <Field label="Takes">
        {(control) => (
          <Select
            {...control}
            value={filterMode}
            onChange={(event) => {
              const mode = FILTER_MODES.find((known) => known === event.target.value);
              if (mode) onChange({ filterMode: mode });
            }}
          >
            {FILTER_MODES.map((mode) => (
              <option key={mode} value={mode}>
                {MODES[mode]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {filterMode === "all-email" ? null : (
        <>
          {filters.map((filter, index) => (
            <FilterRow
              // Filters have no name of their own; their place is it.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              place={index + 1}
              filter={filter}
              errors={fieldErrors(error, `settings.filters.${index}.pattern`)}
              onChange={(changed) => change(index, changed)}
              onRemove={() => onChange({ filters: filters.filter((_, at) => at !== index) })}
            />
          ))}
          <Button
            size="small"
            className="self-start"
            onClick={() =>
              onChange({ filters: [...filters, { field: "subject", mode: "match", pattern: "" }] })
            }
          >
            Add filter
          </Button>
        </>
      )}
    </fieldset>
  );
}

interface FilterRowProps {
  /** From 1. */
  place: number;
  filter: MailFilter;
  errors: readonly string[];
  onChange: (change: Partial<MailFilter>) => void;
  onRemove: () => void;
}

function FilterRow({ place, filter, errors, onChange, onRemove }: FilterRowProps) {
  return (
    <div className="grid grid-cols-[auto_auto_1fr_auto] items-start gap-2">
      <Select
        aria-label={`Part of filter ${place}`}
        value={filter.field}
        onChange={(event) => {
          const field = MAIL_FIELDS.find((known) => known === event.target.value);
          if (field) onChange({ field });
        }}
      >
        {MAIL_FIELDS.map((field) => (
          <option key={field}>{field}</option>
        ))}
      </Select>
      <Select
        aria-label={`Way of filter ${place}`}
        value={filter.mode}
        onChange={(event) => onChange({ mode: event.target.value === "match" ? "match" : "no-match" })}
      >
        <option value="match">matches</option>
        <option value="no-match">does not match</option>
      </Select>
      <Field label={`Pattern of filter ${place}`} hideLabel errors={errors}>
        {(control) => (
          <Input
            {...control}
            required
            spellCheck={false}
            className="font-mono"
            placeholder="Regular expression"
            value={filter.pattern}
            onChange={(event) => onChange({ pattern: event.target.value })}
          />
        )}
      </Field>
      <IconButton name={`Remove filter ${place}`} icon={<Trash2 aria-hidden />} onClick={onRemove} />
    </div>
  );
}
