import type { Ledger } from '../ledger/open-ledger.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { Authenticate } from './access/caller.js'
import type { Metrics } from './plugins/metrics.js'
import type { Screenings } from './screenings/open-screenings.js'
import type { Settings } from './settings.js'

/** What a service is built from. */
export interface AppParts {
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly settings: Pick<Settings, 'RATE_LIMIT' | 'LOG_LEVEL'> &
    Partial<Pick<Settings, 'REQUIRE_AUTH' | 'OIDC_ISSUER' | 'OIDC_AUDIENCE' | 'OIDC_CLIENT_ID'>>
  /** Where decisions are kept; without it every route that needs it is unavailable. */
  readonly ledger?: Ledger
  /** Where registers are screened; without it every route that needs it is unavailable. */
  readonly screenings?: Screenings
  /** Finds the caller of a token; without it there is nobody. */
  readonly authenticate?: Authenticate
  /** The folder of the built pages; none are served when left out. */
  readonly pages?: string
  /** Where log lines go; standard output when left out. */
  readonly logTo?: { write(line: string): void }
}

/** What the routes are given. */
export interface RouteParts {
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly settings: AppParts['settings']
  readonly metrics: Metrics
  readonly ledger?: Ledger
  readonly screenings?: Screenings
}
