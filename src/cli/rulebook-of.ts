import { defaultLayers, type RulebookPlaces } from '../rulebook/default-layers.js'
import { loadRulebook } from '../rulebook/load-rulebook.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { Io } from './io.js'

/** Where the rulebook of this run stands. */
export function placesOf({ env, project, cwd }: Io): RulebookPlaces {
  return defaultLayers(env, project, cwd)
}

/** The rulebook of this run. Throws `RulebookDefects`. */
export function rulebookOf(io: Io, options: { readonly drafts?: boolean } = {}): Rulebook {
  return loadRulebook({ ...placesOf(io), ...options })
}
