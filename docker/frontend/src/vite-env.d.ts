interface ImportMetaEnv {
  readonly VITE_EXPRESS_URL?: string;
  readonly VITE_STRAPI_URL?: string;
}
