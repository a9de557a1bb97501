-- The files that Strapi's rows name: path below the uploads folder, size in kilobytes as Strapi rounds it, SHA-256 where it is recorded. Tabs between.
SELECT substr(f.url, 10), f.size, coalesce(f.provider_metadata ->> 'sha256', '')
  FROM public.files f
 WHERE f.provider = :'provider' AND f.url LIKE '/uploads/%'
UNION ALL
SELECT substr(v.value ->> 'url', 10), (v.value ->> 'size')::numeric, coalesce(v.value -> 'provider_metadata' ->> 'sha256', '')
  FROM public.files f, jsonb_each(f.formats) v
 WHERE f.provider = :'provider' AND f.formats IS NOT NULL AND jsonb_typeof(f.formats) = 'object' AND v.value ->> 'url' LIKE '/uploads/%';
