import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'

let loaded: Rulebook | undefined

/** The rulebook that the project ships, drafts with it, loaded once for each test file. */
export function shippedRulebook(): Rulebook {
  loaded ??= loadRulebook({ layers: [{ rules: 'rules', seeds: 'seeds' }], drafts: true })
  return loaded
}

/** The moment at which tests ask: after the first release, before anything else is published. */
export const NOW = new Date('2026-11-22T00:00:00Z')
