import { useState } from "react";
import { PageHeader } from "../../app/PageHeader";
import { chooseTheme, chosenTheme, type Theme } from "../../app/theme";
import { useUser } from "../../app/user";
import { RadioField } from "../../kit/RadioField";
import type { Option } from "../../kit/Select";
import { ApiTokens } from "./ApiTokens";
import { PasswordForm } from "./PasswordForm";

export function Component() {
  return (
    <>
      <PageHeader title="Settings" />
      <div className="settings">
        <Profile />
        <Appearance />
        <PasswordForm />
        <ApiTokens />
      </div>
    </>
  );
}

function Profile() {
  const { name, email, role } = useUser();
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <dl className="facts">
        <div>
          <dt>Name</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>E-mail address</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>Role</dt>
          <dd>
            {role === "administrator"
              ? "Administrator: sees everybody's runs and sets up MCP servers"
              : "User: sees their own runs, tasks and chats"}
          </dd>
        </div>
      </dl>
      <p className="hint">Administrators change these in Strapi's admin page, under Content Manager, User.</p>
    </section>
  );
}

const THEMES: Option<Theme>[] = [
  { id: "system", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

function Appearance() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <section aria-labelledby="appearance">
      <h2 id="appearance">Appearance</h2>
      <RadioField
        label="Colors"
        description="Kept in this browser."
        options={THEMES}
        value={theme}
        onChange={(next) => {
          setTheme(next);
          chooseTheme(next);
        }}
      />
    </section>
  );
}
