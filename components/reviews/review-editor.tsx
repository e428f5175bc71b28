"use client";

import { useState } from "react";
import { PersonSelect } from "#components/problems/problem-form";
import { ReviewTimeline } from "#components/reviews/review-timeline";
import { useChange } from "#components/settings/use-change";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import { updateReview } from "#lib/reviews/client";
import { REVIEW_STATE_LABELS, REVIEW_STATES } from "#lib/reviews/review";
import type { ReviewState } from "#lib/reviews/review";
import { SECTION_LABELS, WRITTEN } from "#lib/reviews/schemas";
import type { ReviewDetailDto, Written } from "#lib/reviews/schemas";

const HINTS: Record<Written, string> = {
  summary: "One or two sentences that somebody who was not there understands.",
  impact: "Who noticed, what they could not do, for how long.",
  contributingFactors: "More than one, and what in the system made each possible. Not who.",
  wentWell: "What made it shorter or smaller.",
  wentPoorly: "What made it longer or larger, in the response too.",
  lucky: "What might have gone worse.",
};

interface ReviewEditorProps {
  review: ReviewDetailDto;
  people: readonly { id: string; name: string }[];
}

type Texts = Record<string, string>;
type Form = { ownerId: string; dueOn: string; state: ReviewState };

/** The parts of a review that people write; what the incident tells is beside it. */
export function ReviewEditor({ review, people }: ReviewEditorProps) {
  const [texts, setTexts] = useState<Texts>(() =>
    Object.fromEntries(WRITTEN.map((section) => [section, review[section] ?? ""])),
  );
  const [form, setForm] = useState<Form>({
    ownerId: review.owner?.id ?? "",
    dueOn: review.dueOn,
    state: review.state,
  });
  const [hidden, setHidden] = useState(() =>
    review.timeline.filter(({ isHidden }) => isHidden).map(({ id }) => id),
  );
  const [version, setVersion] = useState(review.version);
  const save = useChange({
    change: () =>
      updateReview(review.id, {
        expectedVersion: version,
        ...texts,
        ownerId: form.ownerId || null,
        dueOn: form.dueOn,
        state: form.state,
        hiddenEntryIds: hidden,
      }),
    done: "Review saved",
    onDone: (saved) => setVersion(saved.version),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <WrittenSections texts={texts} onChange={setTexts} error={save.error} />
      <ReviewTimeline review={review} hidden={hidden} onHide={setHidden} />
      <Card title="State">
        <Decisions form={form} onChange={setForm} people={people} error={save.error} />
        <div className="mt-4 flex items-center justify-end gap-3">
          {save.error ? (
            <p role="alert" className="text-table text-status-red-fg">
              Not saved: {save.error.message}
            </p>
          ) : null}
          <Button type="submit" variant="primary" pending={save.isPending} pendingLabel="Saving…">
            Save review
          </Button>
        </div>
      </Card>
    </form>
  );
}

interface WrittenSectionsProps {
  texts: Texts;
  onChange: (texts: Texts) => void;
  error: Error | null;
}

function WrittenSections({ texts, onChange, error }: WrittenSectionsProps) {
  return (
    <Card title="Review" subtitle="Written in Markdown; about systems, not about persons.">
      <div className="flex flex-col gap-4">
        {WRITTEN.map((section) => (
          <Field
            key={section}
            label={SECTION_LABELS[section]}
            hint={HINTS[section]}
            errors={fieldErrors(error, section)}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                value={texts[section] ?? ""}
                onChange={(event) => onChange({ ...texts, [section]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </Card>
  );
}

interface DecisionsProps extends Pick<ReviewEditorProps, "people"> {
  form: Form;
  onChange: (form: Form) => void;
  error: Error | null;
}

function Decisions({ form, onChange, people, error }: DecisionsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="State" errors={fieldErrors(error, "state")}>
        {(control) => (
          <Select
            {...control}
            value={form.state}
            onChange={({ target }) =>
              onChange({
                ...form,
                state: REVIEW_STATES.find((known) => known === target.value) ?? form.state,
              })
            }
          >
            {REVIEW_STATES.map((known) => (
              <option key={known} value={known}>
                {REVIEW_STATE_LABELS[known]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Owner" optional errors={fieldErrors(error, "ownerId")}>
        {(control) => (
          <PersonSelect
            {...control}
            people={people}
            value={form.ownerId}
            onPick={(ownerId) => onChange({ ...form, ownerId })}
          />
        )}
      </Field>
      <Field label="Due" errors={fieldErrors(error, "dueOn")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            required
            value={form.dueOn}
            onChange={(event) => onChange({ ...form, dueOn: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
