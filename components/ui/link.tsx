import type { ComponentProps, ReactNode } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "#components/ui/button";
import { cn } from "#components/ui/class-name";
import { NearLink } from "#components/ui/near-link";

interface LinkProps extends Omit<ComponentProps<"a">, "href"> {
  href: string;
  replace?: boolean;
  scroll?: boolean;
  prefetch?: boolean | null;
}

interface TextLinkProps extends LinkProps {
  /** "text" in running text, "quiet" for names in tables and chips, where colour would shout. */
  tone?: "text" | "quiet";
}

export function TextLink({ tone = "text", className, ...rest }: TextLinkProps) {
  return (
    <NearLink
      {...rest}
      className={cn(
        "rounded-mark underline-offset-3",
        tone === "text"
          ? "text-accent underline decoration-accent/40 hover:decoration-accent"
          : "text-text decoration-text-3 hover:underline",
        className,
      )}
    />
  );
}

interface ButtonLinkProps extends LinkProps {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
}

export function ButtonLink(props: ButtonLinkProps) {
  const { variant, size, icon, className, children, ...rest } = props;
  return (
    <NearLink {...rest} className={buttonClass({ variant, size, className })}>
      {icon}
      {children}
    </NearLink>
  );
}
