"use client";

import { useId } from "react";
import type { FieldControl } from "#components/ui/field";
import { Input } from "#components/ui/input";

interface TimeZoneInputProps {
  control: FieldControl;
  value: string;
  onChange: (timeZone: string) => void;
}

/** An IANA zone, found by typing part of its city. */
export function TimeZoneInput({ control, value, onChange }: TimeZoneInputProps) {
  const listId = useId();
  return (
    <>
      <Input
        {...control}
        required
        list={listId}
        value={value}
        autoComplete="off"
        spellCheck={false}
        placeholder="Europe/Berlin"
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={listId} suppressHydrationWarning>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
    </>
  );
}
