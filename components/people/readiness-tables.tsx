import { ReadinessBadge } from "#components/people/readiness-badge";
import { Badge } from "#components/ui/badge";
import type { Hue } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "#components/ui/table";
import type { Matrix } from "#lib/people/client";

type Column = keyof Matrix["people"][number]["cells"];
type State = Matrix["people"][number]["cells"][Column];

const COLUMNS: readonly (readonly [column: Column, label: string])[] = [
  ["push", "Push"],
  ["sms", "SMS"],
  ["phone", "Call"],
  ["email", "E-mail"],
  ["chat", "Chat"],
];

const LOOKS: Record<State, { label: string; hue: Hue }> = {
  tested: { label: "Tested", hue: "green" },
  untested: { label: "Untested", hue: "amber" },
  failing: { label: "Failing", hue: "red" },
  off: { label: "Off", hue: "slate" },
  none: { label: "–", hue: "slate" },
};

/** Every policy with its weakest level, worst first. */
export function PolicyReadinessTable({ policies }: Pick<Matrix, "policies">) {
  return (
    <Card flush title="Policies" subtitle="As good as their weakest level, with who is on call now">
      <Table caption="Readiness of escalation policies">
        <TableHead>
          <HeaderCell>Policy</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell className="max-md:hidden">Weakest level</HeaderCell>
        </TableHead>
        <tbody>
          {policies.map(({ id, name, slug, readiness: { state, weakest } }) => (
            <TableRow key={id}>
              <Cell className="max-md:py-2 max-md:whitespace-normal md:whitespace-nowrap">
                <TextLink tone="quiet" href={`/escalation/${slug}`}>
                  {name}
                </TextLink>
                {weakest === null ? null : (
                  <span className="block text-meta text-text-3 md:hidden">{weakestWords(weakest)}</span>
                )}
              </Cell>
              <Cell className="whitespace-nowrap">
                <ReadinessBadge state={state} />
              </Cell>
              <Cell grow className="max-md:hidden">
                {weakest === null ? "None: every level is ready" : weakestWords(weakest)}
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function weakestWords({ level, because }: NonNullable<Matrix["policies"][number]["readiness"]["weakest"]>) {
  return `${level === null ? "" : `Level ${level}: `}${because}`;
}

/** People and ways to reach them: what was proved within 30 days, and whether rules cover both urgencies. */
export function ReadinessTable({ people }: Pick<Matrix, "people">) {
  return (
    <Card flush title="People" subtitle="Tested: something reached them that way within 30 days">
      <Table caption="Readiness of people" stickyFirstColumn>
        <TableHead>
          <HeaderCell>Person</HeaderCell>
          <HeaderCell>State</HeaderCell>
          {COLUMNS.map(([column, label]) => (
            <HeaderCell key={column} className="max-md:hidden">
              {label}
            </HeaderCell>
          ))}
          <HeaderCell className="max-md:hidden">Rules for</HeaderCell>
        </TableHead>
        <tbody>
          {people.map(({ id, name, readiness, cells, rules, untested }) => (
            <TableRow key={id}>
              <Cell>
                <TextLink tone="quiet" href={`/people/${id}`}>
                  {name}
                </TextLink>
              </Cell>
              <Cell>
                <ReadinessBadge state={readiness.state} />
                <span className="block text-meta text-text-3">
                  {readiness.reasons[0] ?? (untested ? "Not tested for 30 days" : "")}
                </span>
              </Cell>
              {COLUMNS.map(([column]) => (
                <Cell key={column} className="max-md:hidden">
                  <Badge hue={LOOKS[cells[column]].hue} form="plain">
                    {LOOKS[cells[column]].label}
                  </Badge>
                </Cell>
              ))}
              <Cell className="whitespace-nowrap max-md:hidden">{coverWords(rules)}</Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function coverWords({ high, low }: Matrix["people"][number]["rules"]): string {
  if (high && low) return "both urgencies";
  if (high) return "high alone";
  return low ? "low alone" : "neither: default ladder";
}
