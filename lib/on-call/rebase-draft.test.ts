import { describe, expect, test } from "vitest";
import type { EditorDraft, EditorLayer } from "#lib/on-call/editor-draft";
import { changesBetween } from "#lib/on-call/editor-draft";
import { rebaseDraft } from "#lib/on-call/rebase-draft";
import { weekly } from "#lib/on-call/templates";

function layer(id: string, people: string): EditorLayer {
  const turns = people.split("").map((userId, index) => ({ key: `${id} ${index}`, userIds: [userId] }));
  return { ...weekly(id, "2026-03-02T09:00", [], id), id, turns };
}
function draft(rest: Partial<EditorDraft> = {}): EditorDraft {
  const layers = [layer("L1", "AB"), layer("L2", "CD")];
  return {
    name: "Primary",
    description: "",
    timeZone: "Etc/UTC",
    teamId: null,
    offDuty: [],
    layers,
    ...rest,
  };
}
const base = draft();

describe("a draft put on what was published meanwhile", () => {
  test("keeps what each side alone changed", () => {
    const mine = draft({ name: "First", layers: [layer("L1", "ABE"), layer("L2", "CD")] });
    const theirs = draft({ timeZone: "Europe/Berlin", layers: [layer("L1", "AB"), layer("L2", "CDF")] });
    const rebased = rebaseDraft(base, mine, theirs);
    expect(rebased.conflicts).toEqual([]);
    expect(changesBetween(theirs, rebased.draft)).toEqual(["Name", "Layer L1: people"]);
    expect(changesBetween(mine, rebased.draft)).toEqual(["Time zone", "Layer L2: people"]);
  });

  test("names what both changed, and keeps its own", () => {
    const mine = draft({ layers: [layer("L1", "ABE"), layer("L2", "CD")] });
    const theirs = draft({ layers: [layer("L1", "ABF"), layer("L2", "CD")] });
    const { draft: rebased, conflicts } = rebaseDraft(base, mine, theirs);
    expect(conflicts).toEqual(["Layer L1: people"]);
    expect(rebased.layers[0]?.turns.flatMap(({ userIds }) => userIds)).toEqual(["A", "B", "E"]);
  });

  test("has the layers that either side added, and not those that either ended", () => {
    const mine = draft({ layers: [layer("L1", "AB"), layer("L2", "CD"), { ...layer("N", "E"), id: null }] });
    const theirs = draft({ layers: [layer("L2", "CD"), layer("L3", "G")] });
    const rebased = rebaseDraft(base, mine, theirs);
    expect(rebased.conflicts).toEqual([]);
    expect(rebased.draft.layers.map(({ key }) => key)).toEqual(["L2", "L3", "N"]);
  });

  test("never loses a layer that was changed here and ended there", () => {
    const mine = draft({ layers: [layer("L1", "ABE"), layer("L2", "CD")] });
    const theirs = draft({ layers: [layer("L2", "CD")] });
    const { draft: rebased, conflicts } = rebaseDraft(base, mine, theirs);
    expect(rebased.layers).toMatchObject([
      { key: "L2", id: "L2" },
      { key: "L1", id: null },
    ]);
    expect(conflicts).toEqual(["Layer L1: ended by them, kept as a new one"]);
  });

  test("keeps its own order of layers", () => {
    const mine = draft({ layers: base.layers.toReversed() });
    const theirs = draft({ name: "First" });
    expect(rebaseDraft(base, mine, theirs).draft.layers.map(({ key }) => key)).toEqual(["L2", "L1"]);
    expect(rebaseDraft(base, base, theirs).draft).toEqual(theirs);
  });
});
