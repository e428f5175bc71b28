import { PanelRight } from "lucide-react";
import { IconButton } from "#components/ui/icon-button";

/** Opens the look into a row; Space presses it. On a phone there is no room beside a list. */
export function PeekButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <span className="max-md:hidden">
      <IconButton
        size="small"
        name={name}
        keys="Space"
        icon={<PanelRight aria-hidden />}
        data-row-peek
        onClick={onClick}
      />
    </span>
  );
}
