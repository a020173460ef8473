// The source of a page that holds the whole graph: nothing is ever fetched, and there is nothing that it lacks.

export const WHOLE = {
  isWhole: true,
  reach: () => true,
  reached: () => null,
  isGoing: () => false,
  bring: async (ids) => ids.map(() => false),
  find: null,
  isBusy: () => false,
  trouble: () => null,
  subscribe: () => {},
};
