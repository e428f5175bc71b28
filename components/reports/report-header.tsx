import type { ReactNode } from "react";
import { PageHeader } from "#components/layout/page-header";
import { LinkTabs } from "#components/ui/tabs";

/** Every report, in the order of how often it is read. */
const REPORTS = [
  { href: "/reports/response", label: "Response" },
  { href: "/reports/trends", label: "Trends" },
  { href: "/reports/detection", label: "Detection" },
  { href: "/reports/sla", label: "Service levels" },
  { href: "/reports/noise", label: "Noise" },
  { href: "/reports/on-call-health", label: "On-call health" },
  { href: "/reports/executive", label: "Executive summary" },
  { href: "/reports/reviews", label: "Reviews" },
] as const;

interface ReportHeaderProps {
  title: string;
  description: string;
  actions?: ReactNode;
  /** The report's filters. */
  children?: ReactNode;
}

/** Title, ways to the other reports, and the filters. */
export function ReportHeader({ title, description, actions, children }: ReportHeaderProps) {
  return (
    <PageHeader title={title} description={description} actions={actions}>
      <div data-screen>
        <LinkTabs label="Reports" tabs={REPORTS} />
      </div>
      {children}
    </PageHeader>
  );
}
