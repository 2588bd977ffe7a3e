import type { Rulebook } from '../rulebook/rulebook.js'
import type { Metrics } from './plugins/metrics.js'
import type { Settings } from './settings.js'

/** What a service is built from. */
export interface AppParts {
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly settings: Pick<Settings, 'RATE_LIMIT' | 'LOG_LEVEL'>
  /** The folder of the built pages; none are served when left out. */
  readonly pages?: string
  /** Where log lines go; standard output when left out. */
  readonly logTo?: { write(line: string): void }
}

/** What the routes are given. */
export interface RouteParts {
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly metrics: Metrics
}
