"use client";

import { Search } from "lucide-react";
import { Input } from "#components/ui/input";

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** A page's own search: `/` leads here. */
export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <span className="relative w-full sm:w-80">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-text-3"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        className="pl-8"
        value={value}
        autoComplete="off"
        spellCheck={false}
        data-page-search
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
