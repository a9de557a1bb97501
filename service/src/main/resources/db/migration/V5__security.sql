-- Who may come in: browsers that signed in, and programs with a token. Of what they show only a hash is kept.

CREATE TABLE session (
    hash       text PRIMARY KEY,
    user_id    text NOT NULL,
    generation text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN session.user_id IS 'document id of the user in Strapi';
COMMENT ON COLUMN session.generation IS 'which of the user''s passwords it was begun with';

CREATE INDEX session_of_user ON session (user_id);

CREATE TABLE api_token (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    hash       text NOT NULL UNIQUE,
    user_id    text NOT NULL,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at    timestamptz,
    expires_at timestamptz
);

CREATE INDEX api_token_of_user ON api_token (user_id, created_at);

-- Whom or where sign-ins failed, by hash; what it takes to slow them down.
CREATE TABLE sign_in_failure (
    subject  text PRIMARY KEY,
    failures integer NOT NULL,
    last_at  timestamptz NOT NULL
);

CREATE INDEX sign_in_failure_oldest ON sign_in_failure (last_at);

-- Whose a run is. Those from before there were users are nobody's, and administrators see them.
ALTER TABLE run ADD COLUMN user_id text, ADD COLUMN user_name text;

CREATE INDEX run_newest_of_user ON run (user_id, created_at DESC, id);
