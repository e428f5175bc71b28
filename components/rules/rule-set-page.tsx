import { LiveRefresh } from "#components/live/live-refresh";
import type { RuleChoices } from "#components/rules/action-fields";
import { RuleSetEditor } from "#components/rules/rule-set-editor";
import { OlderVersion, VersionList } from "#components/rules/version-list";
import type { RuleSetInForce } from "#lib/rules/client";
import { compactPath } from "#lib/rules/rule";
import type { Rule, RulePath } from "#lib/rules/rule";
import type { RulePlace } from "#lib/rules/schemas";

interface RuleSetPageProps {
  href: string;
  place: RulePlace;
  set: RuleSetInForce;
  chosen: { version: number; path: RulePath } | null;
  /** A rule to begin with, beside those in force; null: none. */
  suggested: Rule | null;
  choices: RuleChoices;
  canEdit: boolean;
}

/** The rules of one place: in force or older, their test, and their versions. */
export function RuleSetPage({ href, place, set, chosen, suggested, choices, canEdit }: RuleSetPageProps) {
  return (
    <>
      <LiveRefresh entities={["rule_set"]} />
      <OlderVersion href={href} set={set} chosen={chosen} />
      <RuleSetEditor
        key={`${chosen?.version ?? "in force"} ${suggested?.id ?? ""}`}
        place={place}
        set={{ id: set.id, version: set.version, hits: set.hits, path: compactPath(set.path) }}
        start={chosen === null ? null : { version: chosen.version, path: compactPath(chosen.path) }}
        suggested={suggested}
        choices={choices}
        canEdit={canEdit}
      />
      <VersionList href={href} set={set} chosen={chosen} />
    </>
  );
}
