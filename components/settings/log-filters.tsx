"use client";

import { useRouter } from "next/navigation";
import { FilterChip } from "#components/ui/chip";
import { Select } from "#components/ui/select";
import { CHANNEL_NAMES } from "#lib/notifications/capability";
import { logHref } from "#lib/notifications/log-filter";
import type { LogView } from "#lib/notifications/log-filter";
import { CHANNELS, DELIVERY_STATES } from "#lib/notifications/vocabulary";

interface LogFiltersProps {
  view: LogView;
  people: readonly { id: string; name: string }[];
  /** The incident that the view is narrowed to, as it is called. */
  incident: string | null;
}

export function LogFilters({ view, people, incident }: LogFiltersProps) {
  const router = useRouter();
  const go = (change: Partial<LogView>) => router.replace(logHref({ ...view, ...change }), { scroll: false });
  return (
    <div className="flex flex-col gap-2">
      <search className="flex max-w-full gap-2 overflow-x-auto p-0.5">
        <Select
          aria-label="Person"
          className="w-44 shrink-0"
          value={view.person ?? ""}
          onChange={(event) => go({ person: event.target.value || null })}
        >
          <option value="">Anybody</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Way"
          className="w-32 shrink-0"
          value={view.channel ?? ""}
          onChange={(event) =>
            go({ channel: CHANNELS.find((channel) => channel === event.target.value) ?? null })
          }
        >
          <option value="">Any way</option>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {CHANNEL_NAMES[channel]}
            </option>
          ))}
        </Select>
        <Select
          aria-label="State"
          className="w-32 shrink-0"
          value={view.state ?? ""}
          onChange={(event) =>
            go({ state: DELIVERY_STATES.find((state) => state === event.target.value) ?? null })
          }
        >
          <option value="">Any state</option>
          {DELIVERY_STATES.map((state) => (
            <option key={state} value={state}>
              {state}
            </option>
          ))}
        </Select>
      </search>
      {incident === null ? null : (
        <div>
          <FilterChip label={`Incident ${incident}`} removeHref={logHref({ ...view, incident: null })} />
        </div>
      )}
    </div>
  );
}
