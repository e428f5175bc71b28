"use client";

import { useState } from "react";
import { Callout } from "#components/ui/callout";
import { FilterChip } from "#components/ui/chip";
import { FilterChoice } from "#components/ui/filter-choice";
import { SearchField } from "#components/ui/search-field";

type Choice = {
  label: string;
  options: readonly { id: string; name: string }[];
  onChoose: (id: string) => void;
};

interface FilterBarProps {
  /** The words to look for; leave out where there are none to look for. */
  search?: {
    label: string;
    placeholder: string;
    words: string | null;
    onSearch: (words: string | null) => void;
  };
  choices: readonly Choice[];
  /** What is in force, in words, with the address that is left without it. */
  conditions: readonly { label: string; removeHref: string }[];
  /** Parameters of the address that mean nothing. */
  ignored: readonly string[];
}

/** Filters of a list, which live in the address: each that is chosen stands as a chip and can be taken off again. */
export function FilterBar({ search, choices, conditions, ignored }: FilterBarProps) {
  return (
    <div data-screen className="flex flex-col gap-2">
      <search className="flex flex-wrap gap-2">
        {search === undefined ? null : <WordsForm {...search} />}
        <div className="flex max-w-full gap-2 max-md:overflow-x-auto">
          {choices.map((choice) => (
            <FilterChoice key={choice.label} {...choice} />
          ))}
        </div>
      </search>
      {conditions.length === 0 ? null : (
        <div className="flex flex-wrap gap-1.5">
          {conditions.map((condition) => (
            <FilterChip key={condition.label} {...condition} />
          ))}
        </div>
      )}
      {ignored.length === 0 ? null : (
        <Callout tone="warning" title={`Left out, since it means nothing here: ${ignored.join(", ")}`} />
      )}
    </div>
  );
}

function WordsForm({ label, placeholder, words, onSearch }: NonNullable<FilterBarProps["search"]>) {
  const [typed, setTyped] = useState(words ?? "");
  return (
    <form
      className="flex min-w-48 flex-1 max-md:basis-full sm:max-w-72"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim() === "" ? null : typed.trim());
      }}
    >
      <SearchField label={label} placeholder={placeholder} value={typed} onChange={setTyped} />
    </form>
  );
}
