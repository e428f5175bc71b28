import { Field } from "#components/ui/field";
import { Select } from "#components/ui/select";
import { DOCUMENT_REPORTS, REPORT_NAMES } from "#lib/reports/sharing";
import type { DocumentReport } from "#lib/reports/sharing";

interface ReportFieldProps {
  value: DocumentReport;
  onChange: (report: DocumentReport) => void;
}

export function ReportField({ value, onChange }: ReportFieldProps) {
  return (
    <Field label="Report">
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) =>
            onChange(DOCUMENT_REPORTS.find((report) => report === event.target.value) ?? value)
          }
        >
          {DOCUMENT_REPORTS.map((report) => (
            <option key={report} value={report}>
              {REPORT_NAMES[report]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
