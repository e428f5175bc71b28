"use client";

import { useRouter } from "next/navigation";
import { Select } from "#components/ui/select";
import type { FilterChoicesDto } from "#lib/incidents/schemas";

interface ScopeFilterProps {
  team: string;
  service: string;
  choices: FilterChoicesDto;
}

/** Whose incidents and services the page is about; the address holds it. */
export function ScopeFilter({ team, service, choices }: ScopeFilterProps) {
  const router = useRouter();
  const go = (change: { team?: string; service?: string }) => {
    const wanted = { team, service, ...change };
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== "")).toString();
    router.push(query === "" ? "/reports/sla" : `/reports/sla?${query}`);
  };
  return (
    <div className="flex flex-wrap gap-2" data-screen>
      <Select aria-label="Team" value={team} onChange={(event) => go({ team: event.target.value })}>
        <option value="">All teams</option>
        {choices.teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select aria-label="Service" value={service} onChange={(event) => go({ service: event.target.value })}>
        <option value="">All services</option>
        {choices.services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}
