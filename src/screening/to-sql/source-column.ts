import type { FactDefinition } from '../../engine/fact-definition.js'
import type { Compilation } from './compilation.js'
import { integerType, type Sql, type SqlType } from './sql.js'

/** The source's column of a fact, NULL where it is not stated; undefined where there is none. */
export function statedColumn(fact: FactDefinition, compilation: Compilation): Sql | undefined {
  // The points of a table belong to a rule version: nobody states them.
  if (fact.id === fact.name || !compilation.has(fact)) return undefined
  return compilation.columns.source(fact.entity, fact.id, shapeOf(fact))
}

/** The type of a fact's source column: numbers in steps, dates in days, codes as text. */
export function shapeOf(fact: FactDefinition): { type: SqlType; most: bigint } {
  switch (fact.type) {
    case 'boolean':
      return { type: 'boolean', most: 0n }
    case 'code':
    case 'string':
      return { type: 'text', most: 0n }
    case 'code-set':
      return { type: 'list', most: 0n }
    default: {
      const most = BigInt(Math.max(Math.abs(fact.min), Math.abs(fact.max)))
      return { type: integerType(most), most }
    }
  }
}
