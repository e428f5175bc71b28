import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { SegmentedLinks } from "#components/ui/tabs";
import { CLOCKS, EVERY_INCIDENT } from "#lib/incidents/filter";
import { CLOCK_WORDS } from "#lib/reports/clock-words";
import { RANGES } from "#lib/reports/period";
import type { RangeName } from "#lib/reports/period";
import { responseHref } from "#lib/reports/response-filter";
import type { ResponseFilter } from "#lib/reports/response-filter";

type Choice = { id: string; name: string };

export type FilterChoices = { services: Choice[]; teams: Choice[]; priorities: { name: string }[] };

const RANGE_NAMES: Record<RangeName, string> = {
  "4w": "4 weeks",
  "13w": "13 weeks",
  "26w": "26 weeks",
  "52w": "52 weeks",
};

/** The report's filters: links and a plain form, so that they work without script and every state has an address. */
export function ResponseFilters({ filter, choices }: { filter: ResponseFilter; choices: FilterChoices }) {
  return (
    <div data-screen className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <SegmentedLinks
          label="Range"
          options={RANGES.map((range) => ({
            href: responseHref({ ...filter, range, from: null, to: null }),
            label: RANGE_NAMES[range],
            current: filter.range === range && filter.to === null,
          }))}
        />
        <SegmentedLinks
          label="Clock"
          options={CLOCKS.map((clock) => ({
            href: responseHref({ ...filter, clock }),
            label: CLOCK_WORDS[clock].name,
            current: filter.clock === clock,
          }))}
        />
      </div>
      <Disclosure summary={summaryOf(filter)}>
        <FilterForm filter={filter} choices={choices} />
      </Disclosure>
    </div>
  );
}

function summaryOf(filter: ResponseFilter): string {
  const { team, service, priority, urgency } = filter.incidents;
  const parts = [
    [filter.from !== null || filter.to !== null, "own dates"],
    [team.length > 0, "team"],
    [service.length > 0, "service"],
    [priority.length > 0, "priority"],
    [urgency.length > 0, "urgency"],
    [filter.includeMerged, "merged too"],
    [filter.includeAuto, "machine-resolved too"],
    [!filter.includeImported, "without imported"],
    [!filter.includeDemo, "without demo"],
  ] as const;
  const active = parts.filter(([isActive]) => isActive).map(([, name]) => name);
  return active.length === 0 ? "Filters" : `Filters: ${active.join(", ")}`;
}

function FilterForm({ filter, choices }: { filter: ResponseFilter; choices: FilterChoices }) {
  const { team, service, priority, urgency } = filter.incidents;
  const everything: ResponseFilter = {
    ...filter,
    incidents: EVERY_INCIDENT,
    range: "13w",
    from: null,
    to: null,
    includeMerged: false,
    includeAuto: false,
    includeImported: true,
    includeDemo: true,
  };
  return (
    <form action="/reports/response" className="flex max-w-4xl flex-col gap-3 py-2">
      <input type="hidden" name="clock" value={filter.clock} />
      <input type="hidden" name="by" value={filter.by} />
      {filter.range === null ? null : <input type="hidden" name="range" value={filter.range} />}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <ChoiceField label="Team" name="team" value={team} options={withNone(choices.teams, "No team")} />
        <ChoiceField label="Service" name="service" value={service} options={choices.services} />
        <ChoiceField
          label="Priority"
          name="priority"
          value={priority}
          options={withNone(
            choices.priorities.map(({ name }) => ({ id: name, name })),
            "No priority",
          )}
        />
        <ChoiceField
          label="Urgency"
          name="urgency"
          value={urgency}
          options={[
            { id: "high", name: "High" },
            { id: "low", name: "Low" },
          ]}
        />
        <DateField label="From" name="from" value={filter.from} />
        <DateField label="To (included)" name="to" value={filter.to} />
      </div>
      <Toggles filter={filter} />
      <div className="flex items-center gap-4">
        <Button type="submit" variant="primary">
          Apply filters
        </Button>
        <TextLink href={responseHref(everything)}>Clear</TextLink>
      </div>
    </form>
  );
}

function Toggles({ filter }: { filter: ResponseFilter }) {
  return (
    <fieldset className="grid grid-cols-1 sm:grid-cols-2">
      <legend className="sr-only">What counts</legend>
      <CheckboxField
        name="merged"
        value="include"
        defaultChecked={filter.includeMerged}
        label="Count merged incidents"
        hint="They were the same work as another one"
      />
      <CheckboxField
        name="auto"
        value="include"
        defaultChecked={filter.includeAuto}
        label="Count what machines resolved"
        hint="Nobody responded to these"
      />
      <CheckboxField
        name="imported"
        value="exclude"
        defaultChecked={!filter.includeImported}
        label="Leave imported incidents out"
      />
      <CheckboxField
        name="demo"
        value="exclude"
        defaultChecked={!filter.includeDemo}
        label="Leave demo incidents out"
      />
    </fieldset>
  );
}

type ChoiceFieldProps = { label: string; name: string; value: readonly string[]; options: readonly Choice[] };

function ChoiceField({ label, name, value, options }: ChoiceFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} name={name} defaultValue={value.join(",")}>
          <option value="">All</option>
          {value.length > 1 ? <option value={value.join(",")}>{value.length} chosen</option> : null}
          {options.map(({ id, name: text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function DateField({ label, name, value }: { label: string; name: string; value: string | null }) {
  const isDate = value === null || !value.includes("T");
  return (
    <Field label={label} hint={isDate ? undefined : "An exact instant, from a link"}>
      {(control) => (
        <Input {...control} type={isDate ? "date" : "text"} name={name} defaultValue={value ?? ""} />
      )}
    </Field>
  );
}

function withNone(options: readonly Choice[], name: string): Choice[] {
  return [...options, { id: "none", name }];
}
