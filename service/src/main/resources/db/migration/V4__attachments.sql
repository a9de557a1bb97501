-- The files that a run's agent is given with the input. They lie in Strapi's uploads; here is what names them there.

ALTER TABLE run ADD COLUMN attachments jsonb NOT NULL DEFAULT '[]';
