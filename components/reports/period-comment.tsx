"use client";

import { useState } from "react";
import { ChangeForm } from "#components/settings/change-form";
import { useChange } from "#components/settings/use-change";
import { Time } from "#components/time/time";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/textarea";
import { fieldErrors } from "#lib/browser/api";
import { writeComment } from "#lib/reports/client";
import type { PeriodComment as Comment } from "#lib/reports/period-comment";
import type { CommentInput } from "#lib/reports/schemas";

interface PeriodCommentProps {
  comment: Comment;
  /** Names what is commented on. */
  about: Pick<CommentInput, "report" | "query"> & { label: string };
  canWrite: boolean;
}

/** What somebody says about the period, marked as theirs: the rest of the page is computed. */
export function PeriodComment({ comment, about, canWrite }: PeriodCommentProps) {
  const words = "words" in comment ? comment.words : null;
  if (words === null) {
    return canWrite ? (
      <div data-screen>
        <CommentDialog about={about} words="" version={comment.version} />
      </div>
    ) : null;
  }
  return (
    <section aria-label="Comment" className="max-w-prose border-l-2 pl-3 print:max-w-none print:text-meta">
      <p className="text-reading [overflow-wrap:anywhere] whitespace-pre-line">{words}</p>
      {"at" in comment ? (
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-meta text-text-3">
          <span>
            <bdi>{comment.by}</bdi>, <Time at={comment.at} format="date-time" />
          </span>
          {canWrite ? (
            <span data-screen>
              <CommentDialog about={about} words={words} version={comment.version} />
            </span>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

interface CommentDialogProps extends Pick<PeriodCommentProps, "about"> {
  words: string;
  version: number;
}

function CommentDialog({ about, words, version }: CommentDialogProps) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(words);
  const save = useChange({
    change: () =>
      writeComment({ report: about.report, query: about.query, words: draft, expectedVersion: version }),
    done: draft.trim() === "" ? "Comment removed" : "Comment saved",
    onDone: () => setOpen(false),
  });
  const isNew = words === "";
  return (
    <Dialog
      title={`Comment on ${about.label}`}
      open={open}
      dirty={draft !== words}
      onOpenChange={(next) => {
        setOpen(next);
        setDraft(words);
        save.reset();
      }}
      trigger={
        <Button size="small" variant={isNew ? "secondary" : "ghost"}>
          {isNew ? "Add a comment" : "Edit"}
        </Button>
      }
    >
      <ChangeForm change={save} label="Save comment" pendingLabel="Saving…" refused="Not saved">
        <Field
          label="Comment"
          hint={`What happened, what is being done, what you need decided. It appears with your name at the top, on paper, and in mails and snapshots made from now on.${isNew ? "" : " Empty it to remove it."}`}
          errors={fieldErrors(save.error, "words")}
        >
          {(control) => (
            <Textarea
              {...control}
              className="min-h-36"
              maxLength={4000}
              value={draft}
              onChange={({ target }) => setDraft(target.value)}
            />
          )}
        </Field>
      </ChangeForm>
    </Dialog>
  );
}
