import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { MAIL_FIELDS } from "#lib/mail-in/mail-rules";
import type { MailExtractor } from "#lib/mail-in/mail-rules";
import { extractorOf } from "#lib/mail-in/rule-form";

const KINDS: Record<MailExtractor["kind"], string> = {
  entire: "all of",
  regex: "what a pattern finds in",
  between: "what stands between in",
};

interface ExtractorFieldsProps {
  label: string;
  hideLabel?: boolean;
  hint?: string;
  extractor: MailExtractor;
  onChange: (extractor: MailExtractor) => void;
}

/** Which part of a mail is taken. */
export function ExtractorFields({
  label,
  hideLabel = false,
  hint,
  extractor,
  onChange,
}: ExtractorFieldsProps) {
  return (
    <fieldset className="flex min-w-0 flex-1 flex-col gap-1">
      <legend className={hideLabel ? "sr-only" : "mb-1 text-table font-medium"}>{label}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label={`${label}: how`}
          className="w-52"
          value={extractor.kind}
          onChange={({ target }) => {
            const kind = (Object.keys(KINDS) as MailExtractor["kind"][]).find(
              (known) => known === target.value,
            );
            if (kind) onChange(extractorOf(kind, extractor));
          }}
        >
          {Object.entries(KINDS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </Select>
        <Select
          aria-label={`${label}: part`}
          className="w-28"
          value={extractor.field}
          onChange={({ target }) =>
            onChange({
              ...extractor,
              field: MAIL_FIELDS.find((field) => field === target.value) ?? extractor.field,
            })
          }
        >
          {MAIL_FIELDS.map((field) => (
            <option key={field}>{field}</option>
          ))}
        </Select>
        <Texts label={label} extractor={extractor} onChange={onChange} />
      </div>
      {hint === undefined ? null : <p className="text-meta text-text-3">{hint}</p>}
    </fieldset>
  );
}

function Texts({
  label,
  extractor,
  onChange,
}: Pick<ExtractorFieldsProps, "label" | "extractor" | "onChange">) {
  if (extractor.kind === "entire") return null;
  if (extractor.kind === "regex") {
    return (
      <Input
        aria-label={`${label}: pattern`}
        required
        spellCheck={false}
        className="min-w-36 flex-1 font-mono text-table"
        placeholder="job (\d+)"
        value={extractor.regex}
        onChange={({ target }) => onChange({ ...extractor, regex: target.value })}
      />
    );
  }
  return (
    <>
      <Input
        aria-label={`${label}: after`}
        required
        className="w-32"
        placeholder="after"
        value={extractor.startsAfter}
        onChange={({ target }) => onChange({ ...extractor, startsAfter: target.value })}
      />
      <Input
        aria-label={`${label}: before`}
        className="w-32"
        placeholder="end of line"
        value={extractor.endsBefore}
        onChange={({ target }) => onChange({ ...extractor, endsBefore: target.value })}
      />
    </>
  );
}
