import type { ReactNode } from "react";
import { RangeLinks } from "#components/reports/range-links";
import { Button } from "#components/ui/button";
import { CheckboxField } from "#components/ui/checkbox";
import { Disclosure } from "#components/ui/disclosure";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { TextLink } from "#components/ui/link";
import { Select } from "#components/ui/select";
import { NO_FILTER, reportHref } from "#lib/reports/report-filter";
import type { ReportFilter } from "#lib/reports/report-filter";

type Choice = { id: string; name: string };

export type FilterChoices = {
  services: Choice[];
  teams: Choice[];
  priorities: { name: string }[];
  features: string[];
};

interface ReportFiltersProps {
  filter: ReportFilter;
  choices: FilterChoices;
  /** The report's address without its query, where the form goes. */
  path: string;
  /** What this report alone knows: goes along with every filter. */
  own?: Readonly<Record<string, string | null>>;
  /** Merged incidents and those that a machine resolved count anyway. */
  countsAll?: boolean;
  /** Choices that only this report has, beside the range. */
  children?: ReactNode;
}

/** A report's filters: links and a plain form, so that they work without script and every state has an address. */
export function ReportFilters(props: ReportFiltersProps) {
  const { filter, choices, path, own = {}, countsAll = false, children } = props;
  return (
    <div data-screen className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <RangeLinks
          current={filter.to === null ? filter.range : null}
          hrefOf={(range) => reportHref(path, { ...filter, range, from: null, to: null }, own)}
        />
        {children}
      </div>
      <Disclosure summary={summaryOf(filter)}>
        <FilterForm filter={filter} choices={choices} path={path} own={own} countsAll={countsAll} />
      </Disclosure>
    </div>
  );
}

function summaryOf(filter: ReportFilter): string {
  const { team, service, priority, urgency, feature, impact, gameDay } = filter.incidents;
  const parts = [
    [filter.from !== null || filter.to !== null, "own dates"],
    [team.length > 0, "team"],
    [service.length > 0, "service"],
    [priority.length > 0, "priority"],
    [urgency.length > 0, "urgency"],
    [feature.length > 0, "feature"],
    [impact !== null, impact === true ? "customers noticed" : "customers did not notice"],
    [gameDay !== null, gameDay === true ? "game days" : "without game days"],
    [filter.includeMerged, "merged too"],
    [filter.includeAuto, "machine-resolved too"],
    [!filter.includeImported, "without imported"],
    [!filter.includeDemo, "without demo"],
  ] as const;
  const active = parts.filter(([isActive]) => isActive).map(([, name]) => name);
  return active.length === 0 ? "Filters" : `Filters: ${active.join(", ")}`;
}

function FilterForm({
  filter,
  choices,
  path,
  own = {},
  countsAll = false,
}: Omit<ReportFiltersProps, "children">) {
  const { team, service, priority, urgency, feature, impact, gameDay } = filter.incidents;
  return (
    <form action={path} className="flex max-w-4xl flex-col gap-3 py-2">
      {Object.entries({ range: filter.range, ...own }).map(([name, value]) =>
        value === null ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
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
        <ChoiceField
          label="Feature"
          name="feature"
          value={feature}
          options={withNone(
            choices.features.map((name) => ({ id: name, name })),
            "No feature",
          )}
        />
        <ChoiceField label="Customers" name="impact" value={yesNo(impact)} options={NOTICED} />
        <ChoiceField label="Game days" name="game_day" value={yesNo(gameDay)} options={GAME_DAYS} />
        <DateField label="From" name="from" value={filter.from} />
        <DateField label="To (included)" name="to" value={filter.to} />
      </div>
      <Toggles filter={filter} countsAll={countsAll} />
      <div className="flex items-center gap-4">
        <Button type="submit" variant="primary">
          Apply filters
        </Button>
        <TextLink href={reportHref(path, NO_FILTER, own)}>Clear</TextLink>
      </div>
    </form>
  );
}

function Toggles({ filter, countsAll }: { filter: ReportFilter; countsAll: boolean }) {
  return (
    <fieldset className="grid grid-cols-1 sm:grid-cols-2">
      <legend className="sr-only">What counts</legend>
      {countsAll ? null : (
        <>
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
        </>
      )}
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

const NOTICED: readonly Choice[] = [
  { id: "yes", name: "Noticed" },
  { id: "no", name: "Did not notice" },
];

const GAME_DAYS: readonly Choice[] = [
  { id: "yes", name: "On game days" },
  { id: "no", name: "Not on game days" },
];

function yesNo(flag: boolean | null): string[] {
  return flag === null ? [] : [flag ? "yes" : "no"];
}

function withNone(options: readonly Choice[], name: string): Choice[] {
  return [...options, { id: "none", name }];
}
