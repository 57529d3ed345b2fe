// Where the buckets of histograms end: as fine as dashboards and alerts ask, and no finer.

/** In seconds: from one file to a project at the limit of `analysis.timeoutSeconds`. */
export const ANALYSIS_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] as const
/** In seconds: from an answer out of the cache to an engine at its limit. */
export const SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30,
] as const
export const ROWS = [1, 2, 4, 8, 16, 32, 64, 128] as const
