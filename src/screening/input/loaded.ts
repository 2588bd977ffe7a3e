import type { FactDefinition } from '../../engine/fact-definition.js'

/** What a source gave: its checked facts stand in the fact tables, its faults in `rejects`. */
export interface Loaded {
  /** The facts that have a column. */
  readonly facts: ReadonlySet<FactDefinition>
}
