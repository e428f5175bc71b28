import { Suspense, type ReactNode } from "react";
import { PrintButton } from "#components/reports/print-button";
import { ReportHeader } from "#components/reports/report-header";
import { SaveLink } from "#components/reports/save-link";
import { CardSkeleton } from "#components/ui/skeleton";

interface ReportPageProps {
  title: string;
  description: string;
  /** The report's address with its filters: what is saved, and what tells one answer from another. */
  href: string;
  filters?: ReactNode;
  /** The answer, which may come later than the frame. */
  children: ReactNode;
}

/** The frame of every report: what it is, its filters, and a place for the answer that holds until it is there. */
export function ReportPage({ title, description, href, filters, children }: ReportPageProps) {
  return (
    <>
      <ReportHeader
        title={title}
        description={description}
        actions={
          <>
            <PrintButton />
            <SaveLink href={href} />
          </>
        }
      >
        {filters}
      </ReportHeader>
      <Suspense key={href} fallback={<CardSkeleton lines={12} />}>
        {children}
      </Suspense>
    </>
  );
}
