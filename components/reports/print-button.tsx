"use client";

import { Printer } from "lucide-react";
import { Button } from "#components/ui/button";

/** Opens the browser's printing, which also makes a PDF. */
export function PrintButton() {
  return (
    <Button data-screen icon={<Printer aria-hidden />} onClick={() => window.print()}>
      Print or PDF
    </Button>
  );
}
