"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";

interface CopyButtonProps {
  value: string;
  /** What is copied, for example "incident link". */
  name: string;
  /** Shows the name beside the icon. */
  labelled?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

export function CopyButton({
  value,
  name,
  labelled = false,
  variant = "ghost",
  size = "small",
}: CopyButtonProps) {
  const [copied, setCopied] = useState<"yes" | "no" | "failed">("no");
  useEffect(() => {
    if (copied === "no") return undefined;
    const timer = setTimeout(() => setCopied("no"), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  };
  const icon = copied === "yes" ? <Check aria-hidden /> : <Copy aria-hidden />;
  return (
    <>
      {labelled ? (
        <Button variant={variant} size={size} icon={icon} onClick={copy}>
          Copy {name}
        </Button>
      ) : (
        <IconButton name={`Copy ${name}`} variant={variant} size={size} icon={icon} onClick={copy} />
      )}
      <output className="sr-only">
        {copied === "yes" ? `Copied ${name}` : copied === "failed" ? `Could not copy ${name}` : ""}
      </output>
    </>
  );
}
