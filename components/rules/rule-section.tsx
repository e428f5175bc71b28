"use client";

import { Plus } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useAnnounce } from "#components/layout/announcer";
import type { RuleChoices } from "#components/rules/action-fields";
import { RuleCard } from "#components/rules/rule-card";
import { RulePager } from "#components/rules/rule-pager";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { SearchField } from "#components/ui/search-field";
import { moved } from "#lib/on-call/editor-draft";
import type { RuleSetInForce, Trial } from "#lib/rules/client";
import { newRule } from "#lib/rules/draft";
import { findRules } from "#lib/rules/find-rules";
import type { Rule, Section } from "#lib/rules/rule";
import type { RulePlace } from "#lib/rules/schemas";

interface RuleSectionProps {
  kind: RulePlace["kind"];
  section: Section;
  later: readonly Section[];
  choices: RuleChoices;
  hits: RuleSetInForce["hits"];
  trial: Trial | undefined;
  canEdit: boolean;
  isOnly: boolean;
  /** The rule whose form is shown at first. */
  initiallyOpen: string | null;
  onChange: (section: Section) => void;
  onRemove: (() => void) | null;
}

/** Rules on the page at once: a set may have a thousand. */
const PAGE = 50;

/** The rules of a section in their order, a page of them at a time, and found by their words. */
export function RuleSection(props: RuleSectionProps) {
  const { section, choices, canEdit, isOnly, initiallyOpen, onChange, onRemove } = props;
  const announce = useAnnounce();
  const [opened, setOpened] = useState(initiallyOpen);
  const { rules } = section;
  const names = choiceNames(choices);
  const pages = useRulePages(rules, names);
  const put = (changed: readonly Rule[]) => onChange({ ...section, rules: changed });
  const add = () => {
    const id = crypto.randomUUID();
    setOpened(id);
    pages.showPlace(rules.length);
    put([...rules, newRule(id)]);
    announce(`Rule ${rules.length + 1} added`);
  };
  return (
    <Card
      title={isOnly ? "Rules" : section.name}
      subtitle="The first that matches wins"
      flush
      actions={
        onRemove !== null && canEdit ? (
          <Button size="small" variant="ghost" onClick={onRemove}>
            Remove section
          </Button>
        ) : undefined
      }
      footer={
        canEdit ? (
          <Button size="small" icon={<Plus aria-hidden />} onClick={add}>
            Add rule
          </Button>
        ) : undefined
      }
    >
      {rules.length <= PAGE ? null : (
        <div className="border-b px-4 py-3">
          <SearchField
            label={`Find in ${rules.length} rules`}
            placeholder="Words of a rule"
            value={pages.words}
            onChange={pages.find}
          />
        </div>
      )}
      <RuleList {...props} names={names} pages={pages} opened={opened} onOpen={setOpened} onPut={put} />
      {rules.length <= PAGE ? null : <RulePager {...pages} pageSize={PAGE} />}
    </Card>
  );
}

interface RuleListProps extends Pick<
  RuleSectionProps,
  "kind" | "section" | "later" | "choices" | "hits" | "trial" | "canEdit"
> {
  names: ReadonlyMap<string, string>;
  pages: ReturnType<typeof useRulePages>;
  opened: string | null;
  onOpen: (ruleId: string | null) => void;
  onPut: (rules: readonly Rule[]) => void;
}

function RuleList(props: RuleListProps) {
  const { kind, section, later, choices, names, hits, trial, canEdit, pages, opened, onOpen, onPut } = props;
  const announce = useAnnounce();
  const { rules } = section;
  if (rules.length === 0) {
    return (
      <p className="p-4 text-table text-text-2">
        No rule here: events go on as they are. A new rule is only watched until you let it act.
      </p>
    );
  }
  return (
    <ol aria-label={section.name}>
      {pages.shown.map(({ rule, index }) => (
        <RuleCard
          key={rule.id}
          kind={kind}
          rule={rule}
          position={index + 1}
          total={rules.length}
          later={later}
          choices={choices}
          names={names}
          hits={hits[rule.id]}
          trial={trial}
          canEdit={canEdit}
          isOpen={rule.id === opened}
          onToggle={() => onOpen(rule.id === opened ? null : rule.id)}
          onChange={(changed) => onPut(rules.map((other) => (other.id === changed.id ? changed : other)))}
          onMove={(step) => {
            onPut(moved(rules, index, step));
            if (pages.words === "") pages.showPlace(index + step);
            announce(`${rule.label} is now rule ${index + 1 + step}`);
          }}
          onRemove={() => onPut(rules.filter(({ id }) => id !== rule.id))}
        />
      ))}
    </ol>
  );
}

/** Which rules are on the page: those with the words that are looked for, a page at a time. */
function useRulePages(rules: readonly Rule[], names: ReadonlyMap<string, string>) {
  const [words, setWords] = useState("");
  const [chosen, setOffset] = useState<number | null>(null);
  const hash = useSyncExternalStore(onHashChange, readHash, () => "");
  const linked = hash === "" ? -1 : rules.findIndex(({ id }) => hash === `#rule-${id}`);
  const asked = chosen ?? pageOf(Math.max(0, linked));
  const found = rules.length <= PAGE ? findRules(rules, "", names) : findRules(rules, words, names);
  // What was removed may have been the last of its page.
  const offset = Math.min(asked, Math.max(0, pageOf(found.length - 1)));
  const showPlace = (index: number) => {
    setWords("");
    setOffset(pageOf(index));
  };
  // What was not on the first page was not there when the browser looked for it.
  const isElsewhere = linked >= PAGE;
  useEffect(() => {
    if (isElsewhere) document.getElementById(hash.slice(1))?.scrollIntoView({ block: "center" });
  }, [isElsewhere, hash]);
  return {
    words,
    find: (text: string) => {
      setWords(text);
      setOffset(0);
    },
    shown: found.slice(offset, offset + PAGE),
    total: found.length,
    offset,
    onPage: setOffset,
    showPlace,
  };
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE) * PAGE;
}

function readHash(): string {
  return window.location.hash;
}

function onHashChange(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

/** What the ids that rules name are called. */
export function choiceNames({
  services,
  policies,
  priorities,
  webhooks,
}: RuleChoices): ReadonlyMap<string, string> {
  return new Map([...services, ...policies, ...priorities, ...webhooks].map(({ id, name }) => [id, name]));
}
