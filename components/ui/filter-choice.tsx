"use client";

import { Select } from "#components/ui/select";

interface FilterChoiceProps {
  label: string;
  options: readonly { id: string; name: string }[];
  onChoose: (id: string) => void;
}

/** Adds one more condition to the filters; what is chosen stands as a chip elsewhere. */
export function FilterChoice({ label, options, onChoose }: FilterChoiceProps) {
  return (
    <Select
      aria-label={`Filter by ${label.toLowerCase()}`}
      value=""
      className="w-34 shrink-0"
      onChange={(event) => {
        if (event.target.value !== "") onChoose(event.target.value);
      }}
    >
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </Select>
  );
}
