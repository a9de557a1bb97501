import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toProblem } from "../../api/problem";
import { createToken, type FreshToken, revokeToken, TOKENS, type Token, tokensQuery } from "../../api/tokens";
import { Button } from "../../kit/Button";
import { Dialog, DialogActions } from "../../kit/Dialog";
import { formatDay, formatTime } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { type Option, Select } from "../../kit/Select";
import { TextField } from "../../kit/TextField";
import { toasts } from "../../kit/toasts";
import { FreshTokenDialog } from "./FreshTokenDialog";

/** The tokens by which programs act for whoever is signed in. */
export function ApiTokens() {
  const tokens = useQuery(tokensQuery);
  const [fresh, setFresh] = useState<FreshToken>();
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p className="hint">
        A program that sends one may do what you may, but make, list or revoke no tokens. The{" "}
        <a href="/docs.html">API's description</a> tells how.
      </p>
      <TokenForm onCreated={setFresh} />
      {tokens.isPending && <Skeleton label="Loading the tokens…" rows={2} />}
      {tokens.isError && <ProblemNotice problem={toProblem(tokens.error)} />}
      {tokens.data &&
        (tokens.data.data.length === 0 ? (
          <p className="muted">You have none yet. Name the program that is to have one, and create it.</p>
        ) : (
          <ul className="rows" aria-label="API tokens">
            {tokens.data.data.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        ))}
      <FreshTokenDialog token={fresh} onClose={() => setFresh(undefined)} />
    </section>
  );
}

type Lifetime = "30" | "90" | "365" | "never";

const LIFETIMES: Option<Lifetime>[] = [
  { id: "30", label: "30 days" },
  { id: "90", label: "90 days" },
  { id: "365", label: "1 year" },
  { id: "never", label: "Until it is revoked" },
];

function TokenForm({ onCreated }: { onCreated(token: FreshToken): void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const create = useMutation({
    mutationFn: () => createToken(name.trim(), lifetime === "never" ? undefined : Number(lifetime)),
    onSuccess: async (token) => {
      setName("");
      onCreated(token);
      await client.invalidateQueries({ queryKey: TOKENS });
    },
  });
  const problem = create.isError ? toProblem(create.error) : undefined;
  const fault = problem?.errors?.find(({ field }) => field === "name")?.detail;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== "" && !create.isPending) create.mutate();
  }

  return (
    <form className="token-form" onSubmit={submit}>
      <TextField
        label="Name"
        placeholder="The program's name"
        value={name}
        onChange={(text) => {
          setName(text);
          create.reset();
        }}
        error={fault}
        maxLength={100}
        autoComplete="off"
      />
      <Select<Lifetime> label="Valid for" options={LIFETIMES} value={lifetime} onChange={setLifetime} />
      <Button type="submit" busy={create.isPending} disabled={name.trim() === ""}>
        Create a token
      </Button>
      {problem && !fault && <ProblemNotice problem={problem} />}
    </form>
  );
}

function TokenRow({ token }: { token: Token }) {
  const { id, name, createdAt, usedAt, expiresAt } = token;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => revokeToken(id),
    onSuccess: () => toasts.show(`“${name}” lets nobody in any longer`),
    onError: (error) =>
      toasts.show(`“${name}” was not revoked. ${toProblem(error).detail ?? ""}`, { tone: "problem" }),
    onSettled: () => client.invalidateQueries({ queryKey: TOKENS }),
  });
  return (
    <li className="row">
      <div className="row-main">
        <p className="row-title">{name}</p>
        <p className="row-meta">
          Made {formatDay(createdAt)} ·{" "}
          {expiresAt ? `valid until ${formatDay(expiresAt)}` : "valid until it is revoked"} ·{" "}
          {usedAt ? `last used ${formatTime(usedAt)}` : "never used"}
        </p>
      </div>
      <Button tone="danger" busy={revoke.isPending} onPress={() => setAsking(true)} label={`Revoke ${name}`}>
        Revoke
      </Button>
      <Dialog title={`Revoke “${name}”?`} open={asking} onClose={() => setAsking(false)} decision>
        <p>Programs that use it are locked out at once, and their open streams end. That can't be undone.</p>
        <DialogActions>
          <Button tone="quiet" onPress={() => setAsking(false)} autoFocus>
            Keep it
          </Button>
          <Button
            tone="danger"
            onPress={() => {
              setAsking(false);
              revoke.mutate();
            }}
          >
            Revoke it
          </Button>
        </DialogActions>
      </Dialog>
    </li>
  );
}
