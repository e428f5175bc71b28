"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { PersonChoice } from "#components/schedules/override-dialog";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";
import { cn } from "#components/ui/class-name";

interface PersonAdderProps {
  label: string;
  placeholder: string;
  people: readonly PersonChoice[];
  isSmall?: boolean;
  onAdd: (userId: string) => void;
}

/** Chooses a person, then adds them: a list that acted on every choice could not be walked through by keyboard. */
export function PersonAdder({ label, placeholder, people, isSmall = false, onAdd }: PersonAdderProps) {
  const [userId, setUserId] = useState("");
  const chosen = people.find(({ id }) => id === userId);
  const add = () => {
    if (chosen === undefined) return;
    onAdd(chosen.id);
    setUserId("");
  };
  return (
    <span className="flex items-center gap-1.5">
      <Select
        aria-label={label}
        value={chosen?.id ?? ""}
        className={
          isSmall
            ? "max-w-44 [&_select]:h-7 [&_select]:border-transparent [&_select]:pl-0 [&_select]:text-meta [&_select]:text-text-3"
            : "min-w-0 flex-1"
        }
        onChange={(event) => setUserId(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || chosen === undefined) return;
          event.preventDefault();
          add();
        }}
      >
        <option value="">{placeholder}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button
        size="small"
        icon={<Plus aria-hidden />}
        className={cn(isSmall && chosen === undefined && "hidden")}
        aria-label={chosen === undefined ? label : `Add ${chosen.name}`}
        disabled={chosen === undefined}
        onClick={add}
      >
        Add
      </Button>
    </span>
  );
}
