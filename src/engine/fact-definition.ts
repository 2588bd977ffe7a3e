import { dayOf } from '../model/civil-date.js'
import { type Entity, type Fact, type FactType, factName, isMoney, scaleOf } from '../model/fact.js'
import type { ExpressionNode } from './expression-node.js'

/** A fact as the engine reads it; `scorecard.points` of a rule version is one too. */
export interface FactDefinition {
  readonly id: string
  readonly name: string
  readonly entity: Entity
  readonly type: FactType
  readonly unit: string | null
  readonly money: boolean
  /** Steps per unit: values are held as integers of this scale (fen, thousandths, days). */
  readonly scale: number
  /** Least and greatest value, in steps. */
  readonly min: number
  readonly max: number
  /** The closed list of codes, or null for an open one. */
  readonly codes: readonly string[] | null
  readonly unknownValues: readonly string[]
  readonly clauses: readonly string[]
  readonly interpretations: readonly string[]
  /** Position in the dictionary: the order of questions that settle equally much. */
  readonly order: number
  readonly fact: Fact
  /** Set once when the dictionary is typed; absent for base facts. */
  derive?: ExpressionNode
}

/** The dictionary by fact id. */
export type Dictionary = ReadonlyMap<string, FactDefinition>

/** The fact that says how many members a household has, where the dictionary has one. */
export function memberCount(dictionary: Dictionary): FactDefinition | undefined {
  for (const fact of dictionary.values()) if (fact.fact.role === 'member-count') return fact
  return undefined
}

/** The engine's reading of one dictionary entry, its derivation still untyped. */
export function defineFact(fact: Fact, order: number): FactDefinition {
  const scale = scaleOf(fact)
  const known = new Set(fact.unknownValues)
  return {
    id: fact.id,
    name: factName(fact.id),
    entity: fact.entity,
    type: fact.type,
    unit: fact.unit,
    money: isMoney(fact),
    scale,
    min: steps(fact.min, scale),
    max: steps(fact.max, scale),
    codes:
      fact.values === undefined
        ? null
        : Object.keys(fact.values).filter((code) => !known.has(code)),
    unknownValues: fact.unknownValues ?? [],
    clauses: fact.clauses ?? [],
    interpretations: fact.interpretations ?? [],
    order,
    fact,
  }
}

/** A number or date of the edge as an integer in the fact's steps; NaN when it is none. */
export function steps(value: number | string | undefined, scale: number): number {
  if (typeof value === 'string') return dayOf(value)
  return value === undefined ? Number.NaN : Math.round(value * scale)
}

/** A derived number other than an integer: held as numerator and denominator. */
export function isRatio(fact: FactDefinition): boolean {
  return fact.derive !== undefined && fact.type === 'decimal'
}
