export default {
  config: {
    // The page would ask another site for news of releases.
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap() {},
};
