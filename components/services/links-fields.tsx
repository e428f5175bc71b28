"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { Input } from "#components/ui/input";
import { fieldErrors } from "#lib/browser/api";
import type { ServiceLink } from "#lib/services/service";

const MOST = 20;

interface LinksFieldsProps {
  runbookUrl: string | null;
  links: readonly ServiceLink[];
  error: unknown;
  onChange: (change: { runbookUrl?: string | null; links?: ServiceLink[] }) => void;
}

export function LinksFields({ runbookUrl, links, error, onChange }: LinksFieldsProps) {
  const change = (index: number, link: Partial<ServiceLink>) =>
    onChange({ links: links.map((old, at) => (at === index ? { ...old, ...link } : old)) });
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Runbook"
        optional
        hint="Where to begin when this service fails."
        errors={fieldErrors(error, "runbookUrl")}
      >
        {(control) => (
          <Input
            {...control}
            type="url"
            value={runbookUrl ?? ""}
            placeholder="https://wiki.example.com/checkout-runbook"
            onChange={(event) => onChange({ runbookUrl: event.target.value || null })}
          />
        )}
      </Field>
      {links.map((link, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other identity while they are edited
          key={index}
          className="grid grid-cols-[1fr_auto] items-end gap-2 sm:grid-cols-[1fr_2fr_auto]"
        >
          <Field
            label={`Link ${index + 1}: name`}
            className="max-sm:col-span-2"
            errors={fieldErrors(error, `links.${index}.label`)}
          >
            {(control) => (
              <Input
                {...control}
                required
                maxLength={100}
                value={link.label}
                placeholder="Dashboard"
                onChange={(event) => change(index, { label: event.target.value })}
              />
            )}
          </Field>
          <Field label={`Link ${index + 1}: address`} errors={fieldErrors(error, `links.${index}.url`)}>
            {(control) => (
              <Input
                {...control}
                type="url"
                required
                value={link.url}
                onChange={(event) => change(index, { url: event.target.value })}
              />
            )}
          </Field>
          <IconButton
            name={`Remove link ${index + 1}`}
            icon={<Trash2 aria-hidden />}
            onClick={() => onChange({ links: links.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {links.length < MOST ? (
        <Button
          size="small"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange({ links: [...links, { label: "", url: "" }] })}
        >
          Add a link
        </Button>
      ) : null}
    </div>
  );
}
