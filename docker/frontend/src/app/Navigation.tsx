import { useState } from "react";
import { NavLink } from "react-router";
import { toProblem } from "../api/problem";
import { signOut } from "../api/session";
import { Button } from "../kit/Button";
import { Icon, type IconName } from "../kit/Icon";
import { toasts } from "../kit/toasts";
import { useUser } from "./user";

interface Place {
  to: string;
  label: string;
  icon: IconName;
}

const WORK: Place[] = [
  { to: "/agents", label: "Agents", icon: "agents" },
  { to: "/chats", label: "Chats", icon: "chats" },
  { to: "/tasks", label: "Tasks", icon: "tasks" },
  { to: "/runs", label: "Runs", icon: "runs" },
];

const WORKSHOP: Place[] = [
  { to: "/skills", label: "Skills", icon: "skills" },
  { to: "/mcp-servers", label: "MCP servers", icon: "servers" },
  { to: "/usage", label: "Usage", icon: "usage" },
  { to: "/settings", label: "Settings", icon: "settings" },
];

export function Navigation({ version }: { version?: string }) {
  return (
    <>
      <nav className="navigation" aria-label="Main">
        <Places places={WORK} />
        <Places places={WORKSHOP} />
      </nav>
      <div className="sidebar-foot">
        <SignedInAs />
        {version && <p className="version">Version {version}</p>}
      </div>
    </>
  );
}

function Places({ places }: { places: Place[] }) {
  return (
    <ul>
      {places.map(({ to, label, icon }) => (
        <li key={to}>
          <NavLink to={to}>
            <Icon name={icon} />
            {label}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function SignedInAs() {
  const user = useUser();
  const [busy, setBusy] = useState(false);

  function leave() {
    setBusy(true);
    signOut().then(
      // A page made anew: nothing of what was seen stays for the next one at this screen.
      () => window.location.assign("/"),
      (error: unknown) => {
        setBusy(false);
        toasts.show(`You are still signed in. ${toProblem(error).detail ?? toProblem(error).title}`, {
          tone: "problem",
        });
      },
    );
  }

  return (
    <p className="user">
      <span>{user.name}</span>
      <Button tone="quiet" busy={busy} onPress={leave}>
        Sign out
      </Button>
    </p>
  );
}
