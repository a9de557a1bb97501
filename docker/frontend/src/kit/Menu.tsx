import { Button } from "react-aria-components/Button";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Icon } from "./Icon";

export interface MenuAction {
  id: string;
  label: string;
  danger?: boolean;
  onAction(): void;
}

/** What else can be done with an entry, behind three dots; `label` says with which. */
export function ActionMenu({ label, actions }: { label: string; actions: readonly MenuAction[] }) {
  return (
    <MenuTrigger>
      <Button className="button button-quiet button-icon" aria-label={label}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="options" items={actions}>
          {(action) => (
            <MenuItem
              className={action.danger ? "option option-danger" : "option"}
              textValue={action.label}
              onAction={action.onAction}
            >
              {action.label}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
