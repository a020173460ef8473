// The source of a page that holds the whole graph: nothing is ever fetched, and there is nothing that it lacks.

export const WHOLE = {
  isWhole: true,
  reach: () => true,
  reached: () => null,
  isGoing: () => false,
  bring: () => true,
  find: null,
  isBusy: () => false,
  trouble: () => null,
  subscribe: () => {},
};
